namespace Attic.Abi.Time;

/// <summary>
/// Converts between a machine's master clock and another crystal on the board (the MFP's 2.4576 MHz, say)
/// exactly: tick <c>n</c> of the other clock happens at the first master cycle not before <c>n / rate</c>.
/// </summary>
public readonly struct ClockCrossing
{
    private readonly long _masterPerStep;
    private readonly long _ticksPerStep;

    /// <summary>A crossing from <paramref name="master"/> to <paramref name="other"/>.</summary>
    /// <param name="master">The machine's master clock.</param>
    /// <param name="other">The other oscillator; slower than 2^31 times the master.</param>
    public ClockCrossing(ClockRate master, ClockRate other)
    {
        var ticks = (Int128)other.Numerator * master.Denominator;
        var cycles = (Int128)master.Numerator * other.Denominator;
        var common = GreatestCommonDivisor(ticks, cycles);
        _ticksPerStep = (long)(ticks / common);
        _masterPerStep = (long)(cycles / common);
    }

    /// <summary>Ticks of the other clock completed at <paramref name="at"/>.</summary>
    public long TicksAt(MasterCycles at) => MultiplyDivide(at.Count, _ticksPerStep, _masterPerStep, 0);

    /// <summary>The first master cycle at which <paramref name="tick"/> ticks are complete.</summary>
    public MasterCycles MomentOf(long tick) => new(MultiplyDivide(tick, _masterPerStep, _ticksPerStep, _ticksPerStep - 1));

    // A 128-bit division costs tens of nanoseconds; it is needed only after hours of emulated time.
    private static long MultiplyDivide(long value, long factor, long divisor, long bias)
    {
        long high = Math.BigMul(value, factor, out long low);
        if (high == 0 && low >= 0 && low <= long.MaxValue - bias)
        {
            return (low + bias) / divisor;
        }

        return (long)((((Int128)value * factor) + bias) / divisor);
    }

    private static Int128 GreatestCommonDivisor(Int128 a, Int128 b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
