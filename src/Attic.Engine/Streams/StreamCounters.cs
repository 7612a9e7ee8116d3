namespace Attic.Engine.Streams;

/// <summary>How well a connection keeps up (§14, stream health; BP-CTR-01 to 04). Guarded by its owner's lock.</summary>
internal sealed class StreamCounters(int capacity)
{
    private long _droppedAtLastSample;
    private int _depth;

    public int Capacity => capacity;

    public long Dropped { get; private set; }

    public bool Throttled { get; private set; }

    public int Watermark { get; private set; }

    public long Overflows { get; private set; }

    public long ThrottleTransitions { get; private set; }

    /// <summary>The queue is now <paramref name="depth"/> long; throttling ends when it is half empty.</summary>
    public void DepthIs(int depth)
    {
        _depth = depth;
        Watermark = Math.Max(Watermark, depth);
        if (Throttled && depth <= capacity / 2)
        {
            Throttled = false;
            ThrottleTransitions++;
        }
    }

    /// <summary>Something came while the queue was full.</summary>
    public void Overflowed()
    {
        Overflows++;
        Lost(1);
        if (!Throttled)
        {
            Throttled = true;
            ThrottleTransitions++;
        }
    }

    /// <summary>Units were lost before they reached the queue.</summary>
    public void Lost(long units) => Dropped += units;

    /// <summary>The figures; the drops since the last sample begin anew.</summary>
    public StreamHealth Sample(long nowUs)
    {
        var health = Peek(nowUs);
        _droppedAtLastSample = Dropped;
        return health;
    }

    /// <summary>The figures.</summary>
    public StreamHealth Peek(long nowUs) => new(
        _depth, capacity, Dropped, Dropped - _droppedAtLastSample, Throttled, Watermark, (double)Watermark / capacity,
        Overflows, ThrottleTransitions, nowUs);
}

/// <summary>A stream's backpressure figures as §14 lists them.</summary>
/// <param name="QueueDepth">Units waiting.</param>
/// <param name="QueueCapacity">Units that may wait.</param>
/// <param name="DroppedEvents">Units lost so far.</param>
/// <param name="DroppedEventsSinceLast">Units lost since the sample before.</param>
/// <param name="ThrottleActive">Whether the queue overflowed and has not been half empty since.</param>
/// <param name="HighWatermarkDepth">The longest that the queue was.</param>
/// <param name="HighWatermarkRatio">That over the capacity.</param>
/// <param name="OverflowEventsTotal">How often a unit came to a full queue.</param>
/// <param name="ThrottleTransitionsTotal">How often throttling began or ended.</param>
/// <param name="SampleTimestampUs">When, R-clock.</param>
public sealed record StreamHealth(
    int QueueDepth,
    int QueueCapacity,
    long DroppedEvents,
    long DroppedEventsSinceLast,
    bool ThrottleActive,
    int HighWatermarkDepth,
    double HighWatermarkRatio,
    long OverflowEventsTotal,
    long ThrottleTransitionsTotal,
    long SampleTimestampUs)
{
    /// <summary>Counters summed and the worst queue taken (R75); zeros without a connection.</summary>
    public static StreamHealth Combine(int capacity, IEnumerable<StreamHealth> connections, long nowUs)
    {
        var total = new StreamHealth(0, capacity, 0, 0, false, 0, 0, 0, 0, nowUs);
        foreach (var one in connections)
        {
            total = total with
            {
                QueueDepth = Math.Max(total.QueueDepth, one.QueueDepth),
                DroppedEvents = total.DroppedEvents + one.DroppedEvents,
                DroppedEventsSinceLast = total.DroppedEventsSinceLast + one.DroppedEventsSinceLast,
                ThrottleActive = total.ThrottleActive || one.ThrottleActive,
                HighWatermarkDepth = Math.Max(total.HighWatermarkDepth, one.HighWatermarkDepth),
                HighWatermarkRatio = Math.Max(total.HighWatermarkRatio, one.HighWatermarkRatio),
                OverflowEventsTotal = total.OverflowEventsTotal + one.OverflowEventsTotal,
                ThrottleTransitionsTotal = total.ThrottleTransitionsTotal + one.ThrottleTransitionsTotal,
            };
        }

        return total;
    }
}
