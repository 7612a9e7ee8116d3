using System.Numerics;

namespace Attic.Cli.Bench.FloatingPoint;

/// <summary>
/// A decimal number of any length: <paramref name="Digits"/> times ten to the power <paramref name="Exponent"/>. Sums and
/// products are exact; quotients and the transcendental functions have at least <see cref="Precision"/> right digits.
/// </summary>
/// <param name="Digits">All digits, with the sign.</param>
/// <param name="Exponent">Power of ten of the last digit.</param>
internal readonly record struct ExactDecimal(BigInteger Digits, int Exponent)
{
    /// <summary>Right digits of a quotient.</summary>
    public const int Precision = 40;

    // Decimals of the fixed-point numbers in which series are summed: room for arguments as small as 1E-10.
    private const int Decimals = 50;

    private static readonly BigInteger One = BigInteger.Pow(10, Decimals);
    private static readonly BigInteger Ln10 = LogarithmOf(new BigInteger(10) * One);

    /// <summary>Minus, zero or plus one.</summary>
    public int Sign => Digits.Sign;

    public static ExactDecimal operator +(ExactDecimal left, ExactDecimal right)
    {
        int exponent = Math.Min(left.Exponent, right.Exponent);
        return new(left.At(exponent) + right.At(exponent), exponent);
    }

    public static ExactDecimal operator -(ExactDecimal left, ExactDecimal right) => left + new ExactDecimal(-right.Digits, right.Exponent);

    public static ExactDecimal operator *(ExactDecimal left, ExactDecimal right) => new(left.Digits * right.Digits, left.Exponent + right.Exponent);

    public static ExactDecimal operator /(ExactDecimal left, ExactDecimal right)
    {
        int shift = Precision + right.Length() - left.Length() + 1;
        return shift >= 0
            ? new(left.Digits * BigInteger.Pow(10, shift) / right.Digits, left.Exponent - right.Exponent - shift)
            : new(left.Digits / right.Digits, left.Exponent - right.Exponent);
    }

    /// <summary>e to the power of this.</summary>
    public ExactDecimal Exp()
    {
        var scaled = At(-Decimals);
        var tens = BigInteger.Divide(scaled, Ln10);
        var rest = scaled - (tens * Ln10);
        return new(ExponentialOf(rest), (int)tens - Decimals);
    }

    /// <summary>Ten to the power of this.</summary>
    public ExactDecimal Exp10()
    {
        var scaled = At(-Decimals);
        var tens = BigInteger.Divide(scaled, One);
        var rest = (scaled - (tens * One)) * Ln10 / One;
        return new(ExponentialOf(rest), (int)tens - Decimals);
    }

    /// <summary>The natural logarithm, of a number above zero.</summary>
    public ExactDecimal Log()
    {
        // Between 0.1 and 1, or just above 1, where a power of ten taken off would cancel what is sought.
        int power = Length() + Exponent;
        power = power == 1 && Digits < 2 * BigInteger.Pow(10, -Exponent) ? 0 : power;
        var mantissa = new ExactDecimal(Digits, Exponent - power).At(-Decimals);
        return new(LogarithmOf(mantissa) + (power * Ln10), -Decimals);
    }

    /// <summary>The decimal logarithm, of a number above zero.</summary>
    public ExactDecimal Log10() => Log() / new ExactDecimal(Ln10, -Decimals);

    /// <summary>By how many units of the last digit that a number in six bytes could have here another number is off.</summary>
    public double ErrorOf(ExactDecimal other)
    {
        // Five bytes of two digits: the first holds the hundreds' power of the number.
        int hundreds = (int)Math.Floor((Length() + Exponent - 1) / 2.0);
        var difference = this - other;
        var units = new ExactDecimal(difference.Digits, difference.Exponent - (2 * hundreds) + 8);
        return (double)BigInteger.Abs(units.At(-9)) / 1e9;
    }

    private static BigInteger ExponentialOf(BigInteger argument)
    {
        var sum = One;
        var term = One;
        for (int n = 1; !term.IsZero; n++)
        {
            term = term * argument / One / n;
            sum += term;
        }

        return sum;
    }

    // ln(x) = 2 artanh((x - 1) / (x + 1)), after roots have brought x close to 1.
    private static BigInteger LogarithmOf(BigInteger argument)
    {
        int doublings = 1;
        while (argument > One * 3 / 2 || argument < One * 2 / 3)
        {
            argument = Root(argument * One);
            doublings++;
        }

        var ratio = (argument - One) * One / (argument + One);
        var square = ratio * ratio / One;
        var sum = BigInteger.Zero;
        for (int n = 1; !ratio.IsZero; n += 2)
        {
            sum += ratio / n;
            ratio = ratio * square / One;
        }

        return sum << doublings;
    }

    private static BigInteger Root(BigInteger square)
    {
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        for (; ;)
        {
            var next = (root + (square / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    private int Length() => Digits.IsZero ? 1 : (int)Math.Floor(BigInteger.Log10(BigInteger.Abs(Digits)) + 1e-12) + 1;

    // The digits with another last place; what lies beyond it is cut off.
    private BigInteger At(int exponent) =>
        exponent <= Exponent ? Digits * BigInteger.Pow(10, Exponent - exponent) : Digits / BigInteger.Pow(10, exponent - Exponent);
}
