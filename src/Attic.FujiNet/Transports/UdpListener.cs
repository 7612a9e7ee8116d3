using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Transports;

/// <summary>
/// FujiBus packets in UDP datagrams. Each peer, by its address and port, is a transport of its own, so that none sees
/// another's sessions; the one that was silent longest makes room for a new one.
/// </summary>
public sealed class UdpListener : ITransport
{
    private const int MostPeers = 16;
    private const int MostBytes = 65_536;
    private const int DatagramsPerPoll = 64;

    private readonly Socket _socket;
    private readonly Action<ITransport> _add;
    private readonly IPacketTap? _tap;
    private readonly Dictionary<EndPoint, UdpPeerChannel> _peers = [];
    private readonly byte[] _buffer = new byte[MostBytes];
    private long _clock;

    /// <summary>Starts to listen.</summary>
    /// <param name="endPoint">Address and port; port 0 takes a free one.</param>
    /// <param name="add">Adds the transport of a new peer to the core.</param>
    /// <param name="tap">Sees the packets; null for nobody.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public UdpListener(IPEndPoint endPoint, Action<ITransport> add, IPacketTap? tap = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        _add = add;
        _tap = tap;
        _socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            _socket.Bind(endPoint);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <inheritdoc/>
    public string Name => $"udp {EndPoint}";

    /// <inheritdoc/>
    public bool IsClosed { get; private set; }

    /// <inheritdoc/>
    public void Poll()
    {
        for (int left = DatagramsPerPoll; left > 0 && _socket.Available > 0; left--)
        {
            EndPoint from = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
            int count;
            try
            {
                count = _socket.ReceiveFrom(_buffer, SocketFlags.None, ref from);
            }
            catch (SocketException)
            {
                // An answer could not be delivered; whoever asked is gone.
                continue;
            }

            PeerAt(from).Deliver(_buffer.AsSpan(0, count), ++_clock);
        }
    }

    /// <inheritdoc/>
    public bool Receive(IORequest request) => false;

    /// <inheritdoc/>
    public void Send(in IOResponse response) => throw new NotSupportedException("Its peers answer.");

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantRequests)
    {
        ArgumentNullException.ThrowIfNull(set);
        set.Add((int)_socket.Handle, read: true, write: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _socket.Dispose();
    }

    private UdpPeerChannel PeerAt(EndPoint from)
    {
        if (_peers.TryGetValue(from, out var known))
        {
            return known;
        }

        if (_peers.Count == MostPeers)
        {
            var oldest = _peers.MinBy(peer => peer.Value.LastUse);
            oldest.Value.Dispose();
            _peers.Remove(oldest.Key);
        }

        var added = new UdpPeerChannel(_socket, from);
        _peers.Add(from, added);
        _add(new FujiBusMessageTransport(added, _tap));
        return added;
    }
}
