using System.Threading.Channels;
using Attic.Engine.Sessions;

namespace Attic.Engine.Streams;

/// <summary>
/// One reader of one stream: a bounded queue that drops its oldest unit and counts. The session's pump offers, the
/// reader takes; a lock guards a few assignments on each side and the machine's thread never comes here.
/// </summary>
public sealed class StreamConnection : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<StreamUnit> _queue;
    private readonly StreamCounters _counters;
    private readonly Channel<bool> _arrived = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly SessionStreams _owner;
    private volatile object? _settings;
    private volatile bool _paused;
    private RateLimit? _limit;
    private double _allowance;
    private long _allowanceAtUs;
    private long _offered;
    private long _sequence;
    private long _lastStamp;

    internal StreamConnection(SessionStreams owner, StreamKind kind, object? settings, bool paused)
    {
        (_owner, Kind, _settings, _paused) = (owner, kind, settings, paused);
        _queue = new Queue<StreamUnit>(Math.Min(kind.Capacity(), 256));
        _counters = new StreamCounters(kind.Capacity());
    }

    /// <summary>Which stream.</summary>
    public StreamKind Kind { get; }

    /// <summary>Which session.</summary>
    public string SessionId => _owner.SessionId;

    /// <summary>
    /// What the reader wants: <see cref="VideoSettings"/>, <see cref="AudioSettings"/>, <see cref="InputSettings"/> or an
    /// inspection filter; null for an inspection stream before it subscribed (R74).
    /// </summary>
    public object? Settings => _settings;

    /// <summary>Whether units are discarded (R70).</summary>
    public bool Paused => _paused;

    /// <summary>Completes when the session is over: nothing more will come.</summary>
    public CancellationToken Ended => _owner.Ended;

    /// <summary>Changes what the reader wants, from the next unit on.</summary>
    public void Configure(object settings)
    {
        _settings = settings;
        _owner.ConnectionsChanged();
    }

    /// <summary>Stops or goes on; while paused nothing is counted and no number is used up.</summary>
    public void SetPaused(bool paused)
    {
        _paused = paused;
        if (paused)
        {
            lock (_gate)
            {
                Empty();
            }
        }

        _owner.ConnectionsChanged();
    }

    /// <summary>Sets or lifts the ceiling.</summary>
    public void SetLimit(RateLimit? limit)
    {
        lock (_gate)
        {
            (_limit, _allowance, _allowanceAtUs) = (limit, limit?.Burst ?? 0, RuntimeClock.NowUs);
        }
    }

    /// <summary>Takes the next unit; the caller releases its payload.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StreamUnit? unit)
    {
        lock (_gate)
        {
            bool taken = _queue.TryDequeue(out unit);
            _counters.DepthIs(_queue.Count);
            return taken;
        }
    }

    /// <summary>Waits until a unit may be there.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        await _arrived.Reader.WaitToReadAsync(cancel);
        _arrived.Reader.TryRead(out _);
    }

    /// <summary>Makes a <see cref="WaitAsync"/> return, as if a unit had come.</summary>
    public void Wake() => _arrived.Writer.TryWrite(true);

    /// <summary>Its figures; the drops since the last call begin anew.</summary>
    public StreamHealth SampleHealth()
    {
        lock (_gate)
        {
            return _counters.Sample(RuntimeClock.NowUs);
        }
    }

    /// <summary>Its figures.</summary>
    public StreamHealth PeekHealth()
    {
        lock (_gate)
        {
            return _counters.Peek(RuntimeClock.NowUs);
        }
    }

    /// <summary>The next <c>event_seq</c>: given out when an event is written, so that it counts emitted events. Reader only.</summary>
    internal long NextSequence() => ++_sequence;

    /// <summary>A stamp that never falls on this connection. Reader only.</summary>
    internal long Stamp(long stampUs) => _lastStamp = Math.Max(_lastStamp, stampUs);

    /// <summary>Whether a unit would be wanted now: not paused and under the ceiling. Uses the ceiling up.</summary>
    internal bool Wants(long nowUs)
    {
        if (_paused || _settings is null)
        {
            return false;
        }

        lock (_gate)
        {
            if (_limit is null)
            {
                return true;
            }

            double earned = (nowUs - _allowanceAtUs) * _limit.PerSecond / 1e6;
            _allowance = Math.Min(_limit.Burst, _allowance + earned);
            _allowanceAtUs = nowUs;

            // Half a microsecond of grace: a 50 Hz machine under a 50 Hz ceiling must not lose every other frame to rounding.
            if (_allowance < 0.999)
            {
                return false;
            }

            _allowance -= 1;
            return true;
        }
    }

    /// <summary>The number of the next unit offered: what a gap in the numbers means is loss.</summary>
    internal long NextNumber() => ++_offered;

    /// <summary>Puts a unit in the queue; a full queue loses its oldest. Pump only.</summary>
    internal void Offer(StreamUnit unit)
    {
        lock (_gate)
        {
            if (_paused)
            {
                unit.Payload?.Release();
                return;
            }

            if (_queue.Count == _counters.Capacity)
            {
                _counters.Overflowed();
                _queue.Dequeue().Payload?.Release();
            }

            _queue.Enqueue(unit);
            _counters.DepthIs(_queue.Count);
        }

        Wake();
    }

    /// <summary>Counts units that were lost on the way to the queue.</summary>
    internal void Lost(long units)
    {
        lock (_gate)
        {
            _counters.Lost(units);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _owner.Remove(this);
        lock (_gate)
        {
            Empty();
        }
    }

    private void Empty()
    {
        while (_queue.TryDequeue(out var unit))
        {
            unit.Payload?.Release();
        }

        _counters.DepthIs(0);
    }
}
