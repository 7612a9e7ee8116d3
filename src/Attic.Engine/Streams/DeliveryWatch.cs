using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Attic.Engine.Sessions;

namespace Attic.Engine.Streams;

/// <summary>
/// Tells engine-stream connections how well streams are delivered: their own delivery when it degrades or recovers, and
/// the figures of the other streams when they change, at most ten times a second. Pump thread.
/// </summary>
internal sealed class DeliveryWatch(string sessionId)
{
    private const long SecondUs = 1_000_000;
    private const long TelemetryIntervalUs = 100_000;

    private static readonly StreamKind[] Reported =
        [StreamKind.Video, StreamKind.Audio, StreamKind.Registers, StreamKind.Bus, StreamKind.Memory, StreamKind.Input];

    private readonly Dictionary<StreamKind, StreamHealth> _reported = [];
    private readonly ConditionalWeakTable<StreamConnection, OwnDelivery> _own = [];
    private long _secondAtUs;
    private long _lookedAtUs;

    /// <summary>Whether a second has passed since it last said so.</summary>
    public bool SecondPassed()
    {
        long now = RuntimeClock.NowUs;
        if (now - _secondAtUs < SecondUs)
        {
            return false;
        }

        _secondAtUs = now;
        return true;
    }

    /// <summary>Looks at all connections and reports what changed.</summary>
    public void Look(ImmutableArray<StreamConnection> connections)
    {
        long now = RuntimeClock.NowUs;
        if (now - _lookedAtUs < TelemetryIntervalUs)
        {
            return;
        }

        _lookedAtUs = now;
        foreach (var connection in connections)
        {
            if (connection.Kind == StreamKind.Engine)
            {
                ReportOwn(connection, now);
            }
        }

        foreach (var kind in Reported)
        {
            ReportStream(kind, connections, now);
        }
    }

    private void ReportStream(StreamKind kind, ImmutableArray<StreamConnection> connections, long now)
    {
        var health = StreamHealth.Combine(kind.Capacity(), connections.Where(c => c.Kind == kind).Select(c => c.PeekHealth()), now);
        _reported.TryGetValue(kind, out var before);
        bool changed = before is null
            ? health.DroppedEvents > 0 || health.ThrottleTransitionsTotal > 0
            : health.DroppedEvents > before.DroppedEvents || health.ThrottleTransitionsTotal != before.ThrottleTransitionsTotal;
        if (!changed)
        {
            return;
        }

        _reported[kind] = health;
        byte[] metrics = EngineJson.Bytes(health with { DroppedEventsSinceLast = health.DroppedEvents - (before?.DroppedEvents ?? 0) });
        var unit = new EventUnit("stream_backpressure_telemetry", now, ("stream", EngineJson.Bytes(kind.ApiName())), ("metrics", metrics));
        foreach (var connection in connections)
        {
            if (connection.Kind == StreamKind.Engine && connection.Wants(now))
            {
                connection.Offer(unit);
            }
        }
    }

    private void ReportOwn(StreamConnection connection, long now)
    {
        var own = _own.GetOrCreateValue(connection);
        var health = connection.PeekHealth();
        bool degraded = health.ThrottleActive || health.DroppedEvents > own.Dropped;
        bool edge = degraded != own.Degraded;
        if (!edge && !(degraded && now - own.ReportedAtUs >= SecondUs))
        {
            return;
        }

        long dropped = health.DroppedEvents - own.Dropped;
        (own.Degraded, own.ReportedAtUs, own.Dropped) = (degraded, now, health.DroppedEvents);
        var metrics = new
        {
            health.QueueDepth,
            health.QueueCapacity,
            DroppedEventsSinceLast = dropped,
            CoalescedUpdates = 0,
            health.HighWatermarkDepth,
            health.HighWatermarkRatio,
            health.OverflowEventsTotal,
            health.ThrottleTransitionsTotal,
        };
        connection.Offer(new EventUnit(
            "engine_stream_delivery",
            now,
            ("state", EngineJson.Bytes(degraded ? "degraded" : "recovering")),
            ("severity", EngineJson.Bytes(degraded ? "warning" : "info")),
            ("error_code", EngineJson.Bytes(degraded ? "STREAM_BACKPRESSURE_ACTIVE" : null)),
            ("message", EngineJson.Bytes(degraded
                ? $"A reader of the engine stream of {sessionId} does not keep up; events were dropped."
                : "The reader keeps up again.")),
            ("metrics", EngineJson.Bytes(metrics))));
    }

    private sealed class OwnDelivery
    {
        public bool Degraded { get; set; }

        public long Dropped { get; set; }

        public long ReportedAtUs { get; set; }
    }
}
