namespace Attic.Abi.Machines;

/// <summary>
/// A step without what lies above half the sample rate: its differences, for 512 places of the step within a sample.
/// Added to a row of differences and summed up, they give a square wave that does not alias.
/// </summary>
/// <remarks>
/// A sinc cut off at 0.45 of the sample rate under a Blackman window. Computed with additions, multiplications and divisions
/// alone, which IEEE 754 defines to the last bit: every host gets the same table.
/// </remarks>
public static class StepKernel
{
    /// <summary>Samples that a step is spread over.</summary>
    public const int Taps = 16;

    /// <summary>Places within a sample, as a power of two.</summary>
    public const int PhaseBits = 9;

    /// <summary>Bits of a step's height: the taps of one place add up to 1 &lt;&lt; 14 exactly.</summary>
    public const int UnitBits = 14;

    private const int Phases = 1 << PhaseBits;
    private const double Pi = 3.14159265358979323846;
    private const double Cutoff = 0.45;

    /// <summary>The taps, <see cref="Taps"/> for each place.</summary>
    public static int[] Table { get; } = Build();

    private static int[] Build()
    {
        int[] table = new int[Phases * Taps];
        for (int phase = 0; phase < Phases; phase++)
        {
            Fill(table.AsSpan(phase * Taps, Taps), (phase + 0.5) / Phases);
        }

        return table;
    }

    private static void Fill(Span<int> taps, double offset)
    {
        Span<double> exact = stackalloc double[Taps];
        double sum = 0;
        for (int tap = 0; tap < Taps; tap++)
        {
            double distance = tap - (Taps / 2) + 1 - offset;
            exact[tap] = Sinc(2 * Cutoff * distance) * Window(distance / (Taps / 2));
            sum += exact[tap];
        }

        // Rounding the running sum rather than each tap keeps the total exact, so that no step leaves an offset behind.
        double running = 0;
        int before = 0;
        for (int tap = 0; tap < Taps; tap++)
        {
            running += exact[tap];
            int now = (int)Math.Floor((running / sum * (1 << UnitBits)) + 0.5);
            taps[tap] = now - before;
            before = now;
        }

        taps[Taps - 1] += (1 << UnitBits) - before;
    }

    private static double Sinc(double x) => x is > -1e-9 and < 1e-9 ? 1 : Sine(Pi * x) / (Pi * x);

    private static double Window(double x) => 0.42 + (0.5 * Cosine(Pi * x)) + (0.08 * Cosine(2 * Pi * x));

    private static double Cosine(double x) => Sine(x + (Pi / 2));

    private static double Sine(double x)
    {
        x -= 2 * Pi * Math.Floor((x / (2 * Pi)) + 0.5);
        double term = x;
        double sum = x;
        for (int n = 2; n < 30; n += 2)
        {
            term *= -x * x / (n * (n + 1));
            sum += term;
        }

        return sum;
    }
}
