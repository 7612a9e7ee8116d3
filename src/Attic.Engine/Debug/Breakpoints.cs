namespace Attic.Engine.Debug;

/// <summary>A breakpoint that stopped the machine.</summary>
/// <param name="Address">The address of the instruction that is about to run.</param>
/// <param name="TickCounter">Ticks so far.</param>
/// <param name="CycleCounter">Cycles so far.</param>
public sealed record BreakpointHit(uint Address, long TickCounter, long CycleCounter);

/// <summary>The addresses at which a session stops before it runs the instruction there. Machine thread.</summary>
public sealed class Breakpoints
{
    /// <summary>How many there may be.</summary>
    public const int Most = 64;

    private uint[] _addresses = [];

    /// <summary>The addresses, ascending.</summary>
    public IReadOnlyList<uint> Addresses => _addresses;

    /// <summary>Whether there are any: a machine that has none to look for runs by whole pictures.</summary>
    public bool Any => _addresses.Length > 0;

    /// <summary>The last one that stopped the machine, or null.</summary>
    public BreakpointHit? LastHit { get; internal set; }

    /// <summary>Replaces all of them.</summary>
    /// <param name="addresses">At most <see cref="Most"/>.</param>
    public void Set(IEnumerable<uint> addresses)
    {
        _addresses = [.. addresses.Distinct().Order()];
        LastHit = null;
    }

    /// <summary>Whether the machine stops at an address.</summary>
    public bool StopsAt(uint address) => Array.BinarySearch(_addresses, address) >= 0;
}
