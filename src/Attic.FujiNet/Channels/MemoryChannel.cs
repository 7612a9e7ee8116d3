using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>
/// One end of a pipe in memory: what is written to one end is read from the other. For emulators, programs that embed the
/// core, and tests. The two ends may be on two threads.
/// </summary>
public sealed class MemoryChannel : IChannel
{
    private const int QueueBytes = 1 << 20;

    private readonly Lock _lock;
    private readonly ByteQueue _incoming;
    private readonly ByteQueue _outgoing;
    private IWakeup? _wakesPeer;
    private IWakeup? _wakesSelf;
    private MemoryChannel? _peer;
    private bool _closed;

    private MemoryChannel(string name, Lock shared, ByteQueue incoming, ByteQueue outgoing)
    {
        Name = name;
        _lock = shared;
        _incoming = incoming;
        _outgoing = outgoing;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Connection { get; private set; }

    /// <inheritdoc/>
    /// <remarks>A reader that is behind holds the other side up before bytes would be lost.</remarks>
    public bool HasUnsent
    {
        get
        {
            lock (_lock)
            {
                return _outgoing.Count > QueueBytes / 2;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Bytes that can be read now.</summary>
    public int Available
    {
        get
        {
            lock (_lock)
            {
                return _incoming.Count;
            }
        }
    }

    /// <summary>Bytes that can be written now without loss.</summary>
    public int Room
    {
        get
        {
            lock (_lock)
            {
                return _outgoing.Free;
            }
        }
    }

    /// <summary>Makes a pipe.</summary>
    /// <param name="name">Its name for people.</param>
    /// <param name="deviceWakeup">Woken when there is something for the first end.</param>
    /// <param name="hostWakeup">Woken when there is something for the second end.</param>
    /// <returns>The end for the FujiNet and the end for the host program.</returns>
    public static (MemoryChannel Device, MemoryChannel Host) CreatePair(string name, IWakeup? deviceWakeup = null, IWakeup? hostWakeup = null)
    {
        var gate = new Lock();
        var toDevice = new ByteQueue(QueueBytes);
        var toHost = new ByteQueue(QueueBytes);
        var device = new MemoryChannel(name, gate, toDevice, toHost) { _wakesPeer = hostWakeup, _wakesSelf = deviceWakeup };
        var host = new MemoryChannel(name, gate, toHost, toDevice) { _wakesPeer = deviceWakeup, _wakesSelf = hostWakeup };
        (device._peer, host._peer) = (host, device);
        return (device, host);
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        lock (_lock)
        {
            return _incoming.Read(buffer);
        }
    }

    /// <inheritdoc/>
    /// <remarks>What does not fit into 1 MiB is lost, as on a line.</remarks>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _outgoing.Write(bytes);
        }

        _wakesPeer?.Wake();
    }

    /// <inheritdoc/>
    public void Poll()
    {
        // Bytes move when they are written.
    }

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantBytes)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (wantBytes && Available > 0)
        {
            set.SetReady();
        }
    }

    /// <summary>Starts anew, as if another peer had connected: both directions are empty.</summary>
    public void Reconnect()
    {
        lock (_lock)
        {
            _incoming.Clear();
            _outgoing.Clear();
            Connection++;
            _peer!.Connection++;
        }

        _wakesPeer?.Wake();
        _wakesSelf?.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _closed, value: true);
        Volatile.Write(ref _peer!._closed, value: true);
        _wakesPeer?.Wake();
    }
}
