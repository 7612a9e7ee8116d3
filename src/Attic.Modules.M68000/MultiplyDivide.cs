using System.Numerics;

namespace Attic.Modules.M68000;

/// <summary>
/// Results and durations of MUL and DIV. The durations follow the steps of the chip's microcoded loops: one per bit,
/// longer or shorter with the bits met.
/// </summary>
internal static class MultiplyDivide
{
    /// <summary>Idle cycles of MULU after its prefetch: two more for each one in the source.</summary>
    public static int UnsignedMultiplyCycles(uint source) => 34 + (2 * BitOperations.PopCount(source & 0xFFFF));

    /// <summary>Idle cycles of MULS after its prefetch: two more for each change between neighbouring bits of the source.</summary>
    public static int SignedMultiplyCycles(uint source)
    {
        source &= 0xFFFF;
        return 34 + (2 * BitOperations.PopCount((source ^ (source << 1)) & 0xFFFF));
    }

    /// <summary>Idle cycles of a DIVU that does not overflow, before its prefetch.</summary>
    /// <remarks>
    /// Each of the upper 15 quotient bits takes four cycles more when it is 0 and two when it is 1; none when the
    /// remainder's carry decides before the comparison.
    /// </remarks>
    public static int UnsignedDivideCycles(uint dividend, uint divisor)
    {
        uint quotient = dividend / divisor;
        int saved = BitOperations.PopCount((quotient >> 1) & 0x7FFF);
        if (divisor > 0x8000)
        {
            saved += EarlyCarries(dividend, divisor);
        }

        return 132 - (2 * saved);
    }

    // A remainder stays below its divisor, so only large divisors let its top bit out.
    private static int EarlyCarries(uint dividend, uint divisor)
    {
        uint aligned = divisor << 16;
        uint carries = 0;
        for (int bit = 0; bit < 15; bit++)
        {
            uint carry = dividend >> 31;
            dividend <<= 1;
            uint fits = carry | (dividend >= aligned ? 1u : 0);
            dividend -= aligned & (0 - fits);
            carries += carry;
        }

        return (int)carries;
    }

    /// <summary>Idle cycles of a DIVS before its prefetch.</summary>
    /// <param name="dividend">The 32-bit dividend.</param>
    /// <param name="divisor">The 16-bit divisor, not zero.</param>
    /// <param name="overflow">Whether the magnitudes overflow 16 bits, which ends the division early.</param>
    public static int SignedDivideCycles(int dividend, short divisor, out bool overflow)
    {
        uint magnitude = (uint)Math.Abs((long)dividend);
        uint divisorMagnitude = (uint)Math.Abs((int)divisor);
        int cycles = dividend < 0 ? 14 : 12;
        overflow = (magnitude >> 16) >= divisorMagnitude;
        if (overflow)
        {
            return cycles;
        }

        cycles += 106;
        if (divisor >= 0)
        {
            cycles += dividend >= 0 ? -2 : 2;
        }

        // A zero among the upper 15 quotient bits costs one step more.
        uint quotient = magnitude / divisorMagnitude;
        return cycles + (2 * (15 - BitOperations.PopCount((quotient >> 1) & 0x7FFF)));
    }
}
