using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>One of the peers of a UDP socket.</summary>
internal sealed class UdpPeerChannel : IMessageChannel
{
    private const int MostWaiting = 16;

    private readonly Queue<byte[]> _received = new();
    private readonly Socket _socket;
    private readonly EndPoint _peer;

    public UdpPeerChannel(Socket socket, EndPoint peer)
    {
        _socket = socket;
        _peer = peer;
    }

    public string Name => $"udp from {_peer}";

    public bool IsClosed { get; private set; }

    public bool HasUnsent => false;

    /// <summary>When it was last heard of.</summary>
    public long LastUse { get; private set; }

    public void Deliver(ReadOnlySpan<byte> datagram, long now)
    {
        LastUse = now;
        if (_received.Count < MostWaiting)
        {
            _received.Enqueue(datagram.ToArray());
        }
    }

    public bool TryReceive(out ReadOnlyMemory<byte> message)
    {
        bool any = _received.TryDequeue(out byte[]? datagram);
        message = datagram;
        return any;
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        try
        {
            _socket.SendTo(message, _peer);
        }
        catch (SocketException)
        {
            // A datagram may be lost; the peer asks again.
            return;
        }
    }

    public void Interest(ReadinessSet set, bool wantMessages)
    {
        if (wantMessages && _received.Count > 0)
        {
            set.SetReady();
        }
    }

    public void Dispose() => IsClosed = true;
}
