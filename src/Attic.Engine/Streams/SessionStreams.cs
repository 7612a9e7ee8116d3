using System.Collections.Concurrent;
using System.Collections.Immutable;
using Attic.Abi.Machines;
using Attic.Engine.Inspect;
using Attic.Engine.Sessions;

namespace Attic.Engine.Streams;

/// <summary>
/// A session's streams. The machine's thread hands over copies of what it made, and only of what somebody watches; the
/// pump, a thread of its own, converts them once per format and queues them for each connection. Neither waits for a
/// reader.
/// </summary>
public sealed class SessionStreams : IDisposable
{
    private const int EventLimit = 1024;

    private readonly HandoverRing<FrameCopy> _frames = new(2, () => new FrameCopy());
    private readonly HandoverRing<AudioBlock> _audio = new(16, () => new AudioBlock());
    private readonly HandoverRing<AccessBlock> _accesses = new(16, () => new AccessBlock());
    private readonly HandoverRing<RegisterFrame> _registers = new(8, () => new RegisterFrame());
    private readonly ConcurrentQueue<(StreamKind Kind, EventUnit Unit)> _events = new();
    private readonly ManualResetEventSlim _wake = new(false, spinCount: 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly StreamDefaults _defaults;
    private readonly Thread _pump;
    private ImmutableArray<StreamConnection> _connections = [];
    private volatile int _videoWatchers;
    private volatile int _audioWatchers;
    private volatile int _registerWatchers;
    private volatile AccessFilter[] _accessFilters = [];
    private volatile bool _stopping;

    /// <summary>The streams of a session that is being built.</summary>
    /// <param name="sessionId">Its id.</param>
    /// <param name="defaults">Which streams are on from the start.</param>
    public SessionStreams(string sessionId, StreamDefaults defaults)
    {
        (SessionId, _defaults) = (sessionId, defaults);
        _pump = new Thread(Pump) { Name = "attic-streams", IsBackground = true };
        _pump.Start();
    }

    /// <summary>The session's id.</summary>
    public string SessionId { get; }

    /// <summary>Cancelled when the session is over.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Called on the pump about once a second while someone reads the engine stream: publish status and health.</summary>
    public Action? OnSecond { get; set; }

    /// <summary>Called on any thread when the inspection filters changed: the machine's thread should take them over.</summary>
    public Action? OnFiltersChanged { get; set; }

    /// <summary>Called on any thread when a browser session's last connection closed (R65).</summary>
    public Action<string>? OnBrowserGone { get; set; }

    /// <summary>Pictures that were never handed to a connection, summed over the connections there are.</summary>
    public IReadOnlyList<StreamConnection> Connections => _connections;

    /// <summary>Whether someone watches pictures. Machine thread.</summary>
    internal bool VideoWatched => _videoWatchers > 0;

    /// <summary>Whether someone listens. Machine thread.</summary>
    internal bool AudioWatched => _audioWatchers > 0;

    /// <summary>Whether someone watches registers. Machine thread.</summary>
    internal bool RegistersWatched => _registerWatchers > 0;

    /// <summary>The union of what bus and memory connections want; empty when nobody watches. Machine thread.</summary>
    internal AccessFilter[] AccessFilters => _accessFilters;

    /// <summary>Where traced bus cycles go. Machine thread.</summary>
    internal HandoverRing<AccessBlock> Accesses => _accesses;

    /// <summary>Opens a connection.</summary>
    /// <param name="kind">Which stream.</param>
    /// <param name="settings">See <see cref="StreamConnection.Settings"/>.</param>
    public StreamConnection Connect(StreamKind kind, object? settings)
    {
        var connection = new StreamConnection(this, kind, settings, paused: !IsOn(kind));
        ImmutableInterlocked.Update(ref _connections, list => list.Add(connection));
        ConnectionsChanged();
        return connection;
    }

    /// <summary>The combined figures of a stream (R75).</summary>
    public StreamHealth HealthOf(StreamKind kind) =>
        StreamHealth.Combine(kind.Capacity(), _connections.Where(c => c.Kind == kind).Select(c => c.PeekHealth()), RuntimeClock.NowUs);

    /// <summary>How many connections a stream has.</summary>
    public int ConnectionsOf(StreamKind kind) => _connections.Count(connection => connection.Kind == kind);

    /// <summary>Whether an event of this kind has a reader.</summary>
    public bool IsWatched(StreamKind kind) => _connections.Any(connection => connection.Kind == kind);

    /// <summary>Hands a picture over. Machine thread.</summary>
    internal void PublishFrame(VideoFrame frame, long stampUs, long cycle, long frameCycles)
    {
        _frames.Next.Take(frame, stampUs, cycle, frameCycles);
        _frames.Publish();
        _wake.Set();
    }

    /// <summary>Hands sound over. Machine thread.</summary>
    internal void PublishAudio(AudioBuffer audio, long endUs, bool muted)
    {
        _audio.Next.Take(audio.Samples, audio.SampleRate, endUs, muted);
        _audio.Publish();
        _wake.Set();
    }

    /// <summary>Hands all registers over. Machine thread.</summary>
    internal void PublishRegisters(MachineRegisters registers, long tick, long cycle, long stampUs)
    {
        var frame = _registers.Next;
        frame.Values.Clear();
        registers.AddTo(frame.Values);
        (frame.Tick, frame.Cycle, frame.StampUs) = (tick, cycle, stampUs);
        _registers.Publish();
        _wake.Set();
    }

    /// <summary>Tells the pump that traced cycles were handed over. Machine thread.</summary>
    internal void AccessesPublished() => _wake.Set();

    /// <summary>Sends an event to the connections of a stream. Any thread.</summary>
    internal void Post(StreamKind kind, EventUnit unit)
    {
        if (_events.Count < EventLimit)
        {
            _events.Enqueue((kind, unit));
            _wake.Set();
        }
    }

    internal void Remove(StreamConnection connection)
    {
        ImmutableInterlocked.Update(ref _connections, list => list.Remove(connection));
        ConnectionsChanged();
        if (BrowserOf(connection) is { } browser && !_connections.Any(other => string.Equals(BrowserOf(other), browser, StringComparison.Ordinal)))
        {
            OnBrowserGone?.Invoke(browser);
        }
    }

    internal void ConnectionsChanged()
    {
        var list = _connections;
        _videoWatchers = list.Count(c => c.Kind == StreamKind.Video && !c.Paused);
        _audioWatchers = list.Count(c => c.Kind == StreamKind.Audio && !c.Paused);
        _registerWatchers = list.Count(c => c is { Kind: StreamKind.Registers, Paused: false, Settings: not null });
        AccessFilter[] filters = [.. list.Where(c => !c.Paused).Select(c => c.Settings).OfType<AccessFilter>()];
        if (filters.Length > 0 || _accessFilters.Length > 0)
        {
            _accessFilters = filters;
            OnFiltersChanged?.Invoke();
        }
    }

    /// <summary>Ends all streams.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _pump.Join();
        _ended.Cancel();
        foreach (var connection in _connections)
        {
            connection.Wake();
        }
    }

    private static string? BrowserOf(StreamConnection connection) => (connection.Settings as InputSettings)?.BrowserSessionId;

    private bool IsOn(StreamKind kind) => kind switch
    {
        StreamKind.Video => _defaults.Video,
        StreamKind.Audio => _defaults.Audio,
        StreamKind.Input => _defaults.InputStream,
        _ => true,
    };

    private void Pump()
    {
        var video = new VideoPump(_frames);
        var audio = new AudioPump(_audio);
        var inspect = new InspectPump(_accesses, _registers);
        var watch = new DeliveryWatch(SessionId);
        while (!_stopping)
        {
            bool observed = IsWatched(StreamKind.Engine);
            _wake.Wait(observed ? 100 : Timeout.Infinite);
            _wake.Reset();
            var connections = _connections;
            video.Deliver(connections);
            audio.Deliver(connections);
            inspect.Deliver(connections);
            DeliverEvents(connections);
            if (observed)
            {
                watch.Look(connections);
                if (watch.SecondPassed())
                {
                    OnSecond?.Invoke();
                }
            }
        }

        DeliverEvents(_connections);
    }

    private void DeliverEvents(ImmutableArray<StreamConnection> connections)
    {
        while (_events.TryDequeue(out var posted))
        {
            foreach (var connection in connections)
            {
                if (connection.Kind == posted.Kind && InputUnits.Passes(connection, posted.Unit) && connection.Wants(RuntimeClock.NowUs))
                {
                    connection.Offer(posted.Unit);
                }
            }
        }
    }
}
