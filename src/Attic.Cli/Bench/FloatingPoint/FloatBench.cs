namespace Attic.Cli.Bench.FloatingPoint;

/// <summary>Measures a routine of a floating point package with operands that are the same each time.</summary>
internal static class FloatBench
{
    private const int Seed = 1979;
    private const int OperandsBetweenLooks = 256;

    /// <summary>Calls one routine with many operands and compares each result with the exact one.</summary>
    /// <param name="package">The package.</param>
    /// <param name="operation">The routine.</param>
    /// <param name="operands">How many operands, or pairs of them.</param>
    /// <param name="interrupt">Ends it early.</param>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    /// <exception cref="InvalidDataException">The ROM has no such routine: a call does not return as it should.</exception>
    public static FloatAccuracy Measure(FloatPackage package, FloatOperation operation, int operands, CancellationToken interrupt = default)
    {
        var random = new Random(Seed);
        var accuracy = new FloatAccuracy();
        Span<byte> pair = stackalloc byte[2 * PackedNumber.Bytes];
        for (int count = 0; count < operands; count++)
        {
            if (count % OperandsBetweenLooks == 0)
            {
                interrupt.ThrowIfCancellationRequested();
            }

            operation.Operands(random, pair);
            pair[..PackedNumber.Bytes].CopyTo(package.Memory[FloatPackage.Fr0..]);
            pair[PackedNumber.Bytes..].CopyTo(package.Memory[FloatPackage.Fr1..]);
            bool refused = package.Call(operation.Entry);
            accuracy.Cycles += package.Cycles;
            accuracy.Add(operation, pair, package.Number, refused);
        }

        return accuracy;
    }
}
