namespace Attic.Abi.Time;

/// <summary>
/// A moment or a span on the processor's clock (ST: 8 MHz, four master cycles each). The processor
/// counts in these; chips and deadlines count in <see cref="MasterCycles"/>, and only the machine,
/// which knows the divider, converts.
/// </summary>
/// <param name="Count">Processor clock cycles.</param>
public readonly record struct CpuCycles(long Count) : IComparable<CpuCycles>
{
    /// <inheritdoc/>
    public int CompareTo(CpuCycles other) => Count.CompareTo(other.Count);

    /// <summary>This moment on the master clock.</summary>
    /// <param name="divider">Master cycles per processor cycle (ST: 4).</param>
    public MasterCycles ToMaster(int divider) => new(Count * divider);

    /// <summary>The first processor cycle that starts at <paramref name="at"/> or later.</summary>
    /// <param name="at">A moment on the master clock.</param>
    /// <param name="divider">Master cycles per processor cycle.</param>
    public static CpuCycles Ceiling(MasterCycles at, int divider) =>
        at.Count > long.MaxValue - divider ? new(long.MaxValue) : new((at.Count + divider - 1) / divider);

    /// <summary>The later moment, or the sum of two spans.</summary>
    public static CpuCycles operator +(CpuCycles a, CpuCycles b) => new(a.Count + b.Count);

    /// <summary><paramref name="cycles"/> later.</summary>
    public static CpuCycles operator +(CpuCycles a, int cycles) => new(a.Count + cycles);

    /// <summary>The span between two moments.</summary>
    public static CpuCycles operator -(CpuCycles a, CpuCycles b) => new(a.Count - b.Count);

    /// <summary>Whether <paramref name="a"/> comes before <paramref name="b"/>.</summary>
    public static bool operator <(CpuCycles a, CpuCycles b) => a.Count < b.Count;

    /// <summary>Whether <paramref name="a"/> comes after <paramref name="b"/>.</summary>
    public static bool operator >(CpuCycles a, CpuCycles b) => a.Count > b.Count;

    /// <summary>Whether <paramref name="a"/> comes before <paramref name="b"/> or with it.</summary>
    public static bool operator <=(CpuCycles a, CpuCycles b) => a.Count <= b.Count;

    /// <summary>Whether <paramref name="a"/> comes after <paramref name="b"/> or with it.</summary>
    public static bool operator >=(CpuCycles a, CpuCycles b) => a.Count >= b.Count;
}
