using System.Numerics;

namespace Attic.Cli.Bench.FloatingPoint;

/// <summary>
/// A number of the 8-bit Ataris: sign and exponent of 100 (excess 64) in the first byte, ten decimal digits in five more, the
/// point behind the first two. Source: Atari OS manual, chapter 8.
/// </summary>
internal static class PackedNumber
{
    /// <summary>Bytes of a number.</summary>
    public const int Bytes = 6;

    private const int Excess = 64;

    /// <summary>Its value; the digits are taken as they are, normalised or not.</summary>
    public static ExactDecimal Decode(ReadOnlySpan<byte> number)
    {
        BigInteger digits = 0;
        foreach (byte two in number[1..Bytes])
        {
            digits = (digits * 100) + ((two >> 4) * 10) + (two & 15);
        }

        return new((number[0] & 0x80) != 0 ? -digits : digits, (2 * ((number[0] & 0x7F) - Excess)) - 8);
    }

    /// <summary>A number of at most ten digits, of which the first two are <paramref name="digits"/>'s first one or two.</summary>
    /// <param name="number">Six bytes.</param>
    /// <param name="digits">The ten digits, 0 to 9,999,999,999, from 100,000,000 on normalised.</param>
    /// <param name="exponent">Exponent of 100.</param>
    /// <param name="negative">The sign.</param>
    public static void Encode(Span<byte> number, long digits, int exponent, bool negative)
    {
        number[0] = (byte)((exponent + Excess) | (negative ? 0x80 : 0));
        for (int place = Bytes - 1; place > 0; place--)
        {
            int two = (int)(digits % 100);
            number[place] = (byte)(((two / 10) << 4) | (two % 10));
            digits /= 100;
        }
    }

    /// <summary>Whether all digits are decimal and the first byte of them is not zero, or the number is zero.</summary>
    public static bool IsNormal(ReadOnlySpan<byte> number)
    {
        foreach (byte two in number[1..Bytes])
        {
            if ((two & 15) > 9 || two >> 4 > 9)
            {
                return false;
            }
        }

        return number[1] != 0 ? number[0] != 0 : number[..Bytes].IndexOfAnyExcept((byte)0) < 0;
    }
}
