using Attic.Abi.Machines;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Engine.Streams;

namespace Attic.Engine.Inspect;

/// <summary>A run of traced bus cycles.</summary>
public sealed class AccessBlock
{
    /// <summary>Cycles that a block holds.</summary>
    public const int Capacity = 512;

    /// <summary>The cycles; the first <see cref="Count"/> are valid.</summary>
    public AccessRecord[] Records { get; } = new AccessRecord[Capacity];

    /// <summary>Cycles in it.</summary>
    public int Count { get; set; }
}

/// <summary>
/// Picks the bus cycles that some connection asked for and hands them over in blocks. Machine thread; allocates nothing.
/// </summary>
internal sealed class AccessTracer(IMachine machine, Func<CpuCycles, long> stamp, HandoverRing<AccessBlock> ring) : ITraceSink
{
    private readonly IMemoryInspector? _memory = machine.Capability<IMemoryInspector>();
    private AccessFilter[] _filters = [];
    private long _tick;

    /// <summary>What to pick: anything that one of these lets through.</summary>
    public void SetFilters(AccessFilter[] filters) => _filters = filters;

    /// <inheritdoc/>
    public void OnInstruction(uint address, ushort opcode, CpuCycles clock) => _tick = machine.Ticks;

    /// <inheritdoc/>
    public void OnException(int vector, uint address, CpuCycles clock)
    {
    }

    /// <inheritdoc/>
    public void OnBus(in BusAccess access)
    {
        var record = new AccessRecord
        {
            Kind = access.Kind,
            Address = access.Address,
            Data = access.Data,
            Size = AccessRecord.SizeOf(access.Lanes),
            WaitStates = access.WaitCycles,
            Tick = _tick,
            Cycle = access.Start.Count,
            Region = _memory?.RegionOf(access.Address) ?? "unmapped",
        };
        foreach (var filter in _filters)
        {
            if (filter.Matches(record))
            {
                Add(record with { StampUs = stamp(access.Start) });
                return;
            }
        }
    }

    /// <summary>Hands over what has gathered; at the end of each slice.</summary>
    public void Flush()
    {
        if (ring.Next.Count > 0)
        {
            ring.Publish();
            ring.Next.Count = 0;
        }
    }

    private void Add(in AccessRecord record)
    {
        var block = ring.Next;
        block.Records[block.Count++] = record;
        if (block.Count == AccessBlock.Capacity)
        {
            Flush();
        }
    }
}
