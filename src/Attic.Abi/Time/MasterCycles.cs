namespace Attic.Abi.Time;

/// <summary>
/// A moment or a span on a machine's one clock: cycles of its master oscillator since power-on.
/// ST: the 32 MHz domain; XL: the hi-res pixel clock. Never negative for a moment; a span may be.
/// </summary>
/// <param name="Count">Master cycles.</param>
public readonly record struct MasterCycles(long Count) : IComparable<MasterCycles>
{
    /// <summary>Power-on.</summary>
    public static MasterCycles Zero => default;

    /// <summary>A moment that never comes; what an idle deadline slot holds.</summary>
    public static MasterCycles Never => new(long.MaxValue);

    /// <inheritdoc/>
    public int CompareTo(MasterCycles other) => Count.CompareTo(other.Count);

    /// <summary>The later moment, or the sum of two spans.</summary>
    public static MasterCycles operator +(MasterCycles a, MasterCycles b) => new(a.Count + b.Count);

    /// <summary>The span between two moments.</summary>
    public static MasterCycles operator -(MasterCycles a, MasterCycles b) => new(a.Count - b.Count);

    /// <summary>Whether <paramref name="a"/> comes before <paramref name="b"/>.</summary>
    public static bool operator <(MasterCycles a, MasterCycles b) => a.Count < b.Count;

    /// <summary>Whether <paramref name="a"/> comes after <paramref name="b"/>.</summary>
    public static bool operator >(MasterCycles a, MasterCycles b) => a.Count > b.Count;

    /// <summary>Whether <paramref name="a"/> comes before <paramref name="b"/> or with it.</summary>
    public static bool operator <=(MasterCycles a, MasterCycles b) => a.Count <= b.Count;

    /// <summary>Whether <paramref name="a"/> comes after <paramref name="b"/> or with it.</summary>
    public static bool operator >=(MasterCycles a, MasterCycles b) => a.Count >= b.Count;
}
