namespace Attic.Cli.Bench.FloatingPoint;

/// <summary>A routine of the floating point package with operands for it and what it should give.</summary>
/// <param name="Name">Its name in the Atari OS manual.</param>
/// <param name="Entry">Its published address.</param>
/// <param name="Binary">Whether it takes FR1 too.</param>
/// <param name="Operands">Writes FR0, and FR1 behind it.</param>
/// <param name="Exact">The result for FR0 and FR1.</param>
internal sealed record FloatOperation(
    string Name,
    ushort Entry,
    bool Binary,
    FloatOperation.OperandWriter Operands,
    Func<ExactDecimal, ExactDecimal, ExactDecimal> Exact)
{
    /// <summary>Writes a pair of operands, six bytes each.</summary>
    public delegate void OperandWriter(Random random, Span<byte> operands);

    /// <summary>The arithmetic and the transcendental functions.</summary>
    public static IReadOnlyList<FloatOperation> All { get; } =
    [
        new("FADD", 0xDA66, true, Close, (a, b) => a + b),
        new("FSUB", 0xDA60, true, Close, (a, b) => a - b),
        new("FMUL", 0xDADB, true, Any, (a, b) => a * b),
        new("FDIV", 0xDB28, true, Any, (a, b) => a / b),
        new("LOG10", 0xDED1, false, Positive, (a, _) => a.Log10()),
        new("LOG", 0xDECD, false, Positive, (a, _) => a.Log()),
        new("EXP10", 0xDDCC, false, (random, operands) => Below(random, operands, 97), (a, _) => a.Exp10()),
        new("EXP", 0xDDC0, false, (random, operands) => Below(random, operands, 99), (a, _) => a.Exp()),
    ];

    // Between one and ten digits, so that short and long numbers meet.
    private static long Digits(Random random)
    {
        long digits = random.NextInt64(100_000_000, 10_000_000_000);
        long unit = (long)Math.Pow(10, random.Next(0, 9));
        return Math.Max(100_000_000, digits / unit * unit);
    }

    private static bool Sign(Random random) => random.Next(2) == 1;

    private static void Any(Random random, Span<byte> operands)
    {
        PackedNumber.Encode(operands, Digits(random), random.Next(-20, 20), Sign(random));
        PackedNumber.Encode(operands[PackedNumber.Bytes..], Digits(random), random.Next(-20, 20), Sign(random));
    }

    private static void Close(Random random, Span<byte> operands)
    {
        int exponent = random.Next(-20, 20);
        PackedNumber.Encode(operands, Digits(random), exponent, Sign(random));
        PackedNumber.Encode(operands[PackedNumber.Bytes..], Digits(random), exponent + random.Next(-7, 8), Sign(random));
    }

    // Half of them close to 1, where a logarithm is hardest.
    private static void Positive(Random random, Span<byte> operands)
    {
        if (Sign(random))
        {
            PackedNumber.Encode(operands, Digits(random), random.Next(-48, 49), negative: false);
            return;
        }

        int place = random.Next(1, 9);
        long off = random.NextInt64(1, (long)Math.Pow(10, place));
        if (Sign(random))
        {
            PackedNumber.Encode(operands, 10_000_000_000 - off, -1, negative: false);
        }
        else
        {
            PackedNumber.Encode(operands, 100_000_000 + off, 0, negative: false);
        }
    }

    private static void Below(Random random, Span<byte> operands, int limit)
    {
        long digits = Digits(random);
        int exponent = random.Next(-5, 1);
        PackedNumber.Encode(operands, exponent == 0 && digits >= limit * 100_000_000L ? limit * 100_000_000L : digits, exponent, Sign(random));
    }
}
