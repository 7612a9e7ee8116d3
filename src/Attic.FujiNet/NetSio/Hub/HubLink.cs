using System.Collections.Concurrent;

namespace Attic.FujiNet.NetSio.Hub;

/// <summary>The device's end of a hub in the same process: datagrams that go from hand to hand.</summary>
internal sealed class HubLink(string name, Action<ReadOnlyMemory<byte>> toEmulator) : IDatagramLink
{
    private readonly BlockingCollection<byte[]> _toDevice = [];
    private int _closed;

    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>The emulator's end sends.</summary>
    public void SendToDevice(ReadOnlySpan<byte> datagram)
    {
        if (!IsClosed)
        {
            _toDevice.Add(datagram.ToArray());
        }
    }

    /// <summary>The emulator is gone. The device's end notices at once.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            // An empty datagram ends a wait.
            _toDevice.Add([]);
        }
    }

    /// <inheritdoc />
    public int Receive(Span<byte> buffer, TimeSpan limit)
    {
        if (!_toDevice.TryTake(out byte[]? datagram, limit))
        {
            return 0;
        }

        datagram.CopyTo(buffer);
        return datagram.Length;
    }

    /// <inheritdoc />
    public void Send(ReadOnlySpan<byte> datagram)
    {
        if (!IsClosed)
        {
            toEmulator(datagram.ToArray());
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // Whoever still sends finds it closed; a queue in memory needs nothing else.
        Volatile.Write(ref _closed, 1);
    }
}
