namespace Attic.Abi.Time;

/// <summary>An oscillator's exact frequency in hertz as a fraction, so that no machine drifts by rounding.</summary>
/// <param name="Numerator">Cycles per <paramref name="Denominator"/> seconds; above 0.</param>
/// <param name="Denominator">Seconds; above 0. 1 for a crystal given in whole hertz.</param>
public readonly record struct ClockRate(long Numerator, long Denominator)
{
    /// <summary>A rate of a whole number of hertz.</summary>
    public static ClockRate Hertz(long hertz) => new(hertz, 1);

    /// <summary>The rate in hertz, rounded to a double; for display, never for time keeping.</summary>
    public double InHertz => (double)Numerator / Denominator;

    /// <summary>Whole microseconds that <paramref name="cycles"/> of this clock last, rounded down.</summary>
    public long MicrosecondsOf(long cycles) => (long)((Int128)cycles * 1_000_000 * Denominator / Numerator);

    /// <summary>Whole nanoseconds that <paramref name="cycles"/> of this clock last, rounded down.</summary>
    public long NanosecondsOf(long cycles) => (long)((Int128)cycles * 1_000_000_000 * Denominator / Numerator);

    /// <summary>Whole cycles of this clock in <paramref name="microseconds"/>, rounded down.</summary>
    public long CyclesIn(long microseconds) => (long)((Int128)microseconds * Numerator / ((Int128)1_000_000 * Denominator));
}
