namespace Attic.Cli.Bench.FloatingPoint;

/// <summary>How far a routine's results were off, in units of the last digit of a result that is right.</summary>
internal sealed class FloatAccuracy
{
    private double _sum;

    /// <summary>Results compared.</summary>
    public int Results { get; private set; }

    /// <summary>The greatest error; 0.5 or less is right rounding.</summary>
    public double Worst { get; private set; }

    /// <summary>Operands of the greatest error, FR0 and FR1 in hexadecimal.</summary>
    public string WorstOperands { get; private set; } = "";

    /// <summary>The mean error; 0.25 is right rounding.</summary>
    public double Mean => Results == 0 ? 0 : _sum / Results;

    /// <summary>Results more than half a unit off.</summary>
    public int NotNearest { get; private set; }

    /// <summary>Results with carry set, or that are no number at all.</summary>
    public int Refused { get; private set; }

    /// <summary>Operands and result of the first of these.</summary>
    public string? FirstRefused { get; private set; }

    /// <summary>Processor cycles of all calls, when the runner counts them.</summary>
    public long Cycles { get; set; }

    /// <summary>Compares a result.</summary>
    /// <param name="operation">The routine.</param>
    /// <param name="operands">FR0 and FR1 before, twelve bytes.</param>
    /// <param name="result">FR0 after it.</param>
    /// <param name="refused">Whether carry was set.</param>
    public void Add(FloatOperation operation, ReadOnlySpan<byte> operands, ReadOnlySpan<byte> result, bool refused)
    {
        Results++;
        if (refused || !PackedNumber.IsNormal(result))
        {
            Refused++;
            FirstRefused ??= Convert.ToHexString(operands) + " gives " + Convert.ToHexString(result);
            return;
        }

        var exact = operation.Exact(PackedNumber.Decode(operands), PackedNumber.Decode(operands[PackedNumber.Bytes..]));
        var value = PackedNumber.Decode(result);
        double error = exact.Sign == 0 ? (value.Sign == 0 ? 0 : double.PositiveInfinity) : exact.ErrorOf(value);
        _sum += error;
        NotNearest += error > 0.5 + 1e-6 ? 1 : 0;
        if (error > Worst)
        {
            Worst = error;
            WorstOperands = Convert.ToHexString(operands[..(operation.Binary ? 2 * PackedNumber.Bytes : PackedNumber.Bytes)]);
        }
    }
}
