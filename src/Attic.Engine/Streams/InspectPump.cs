using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Attic.Abi.Chips;
using Attic.Engine.Inspect;
using Attic.Engine.Sessions;

namespace Attic.Engine.Streams;

/// <summary>Filters traced bus cycles and register changes for each connection. Pump thread.</summary>
internal sealed class InspectPump(HandoverRing<AccessBlock> accesses, HandoverRing<RegisterFrame> registers)
{
    private readonly ConditionalWeakTable<StreamConnection, RegisterMemory> _seen = [];
    private long _lostBlocks;

    /// <summary>Delivers all that waits.</summary>
    public void Deliver(ImmutableArray<StreamConnection> connections)
    {
        CountLost(connections);
        while (accesses.Take() is { } block)
        {
            foreach (var connection in connections)
            {
                if (connection.Settings is AccessFilter filter)
                {
                    Deliver(block, filter, connection);
                }
            }
        }

        while (registers.Take() is { } frame)
        {
            foreach (var connection in connections)
            {
                if (connection.Settings is RegisterFilter filter)
                {
                    Deliver(frame, filter, connection);
                }
            }
        }
    }

    private static void Deliver(AccessBlock block, AccessFilter filter, StreamConnection connection)
    {
        for (int i = 0; i < block.Count; i++)
        {
            ref var record = ref block.Records[i];
            if (filter.Matches(record) && connection.Wants(RuntimeClock.NowUs))
            {
                connection.Offer(connection.Kind == StreamKind.Bus ? new BusUnit(record) : new MemoryUnit(record));
            }
        }
    }

    private void Deliver(RegisterFrame frame, RegisterFilter filter, StreamConnection connection)
    {
        var seen = _seen.GetOrCreateValue(connection);
        if (connection.Paused || (filter.IntervalUs > 0 && frame.StampUs - seen.LookedAtUs < filter.IntervalUs))
        {
            return;
        }

        seen.LookedAtUs = frame.StampUs;
        var moment = new RegisterMoment(frame.Tick, frame.Cycle, frame.StampUs);
        foreach (var value in frame.Values)
        {
            bool known = seen.Values.TryGetValue((value.Component, value.Register), out ulong old);
            seen.Values[(value.Component, value.Register)] = value.Value;

            // The first look only learns what there is: nothing has changed yet.
            bool due = known && (old != value.Value || !filter.ChangedOnly);
            if (due && filter.Matches(value) && connection.Wants(RuntimeClock.NowUs))
            {
                connection.Offer(new RegisterUnit(value, old, moment));
            }
        }
    }

    private void CountLost(ImmutableArray<StreamConnection> connections)
    {
        long lost = accesses.Dropped - _lostBlocks;
        _lostBlocks += lost;
        if (lost == 0)
        {
            return;
        }

        foreach (var connection in connections)
        {
            if (connection is { Settings: AccessFilter, Paused: false })
            {
                connection.Lost(lost * AccessBlock.Capacity);
            }
        }
    }

    private sealed class RegisterMemory
    {
        public Dictionary<(string, string), ulong> Values { get; } = [];

        public long LookedAtUs { get; set; }
    }
}
