using System.Net;
using System.Net.Sockets;

namespace Attic.FujiNet.NetSio;

/// <summary>Datagrams to and from one peer.</summary>
public interface IDatagramLink : IDisposable
{
    /// <summary>Who it is, for people.</summary>
    string Name { get; }

    /// <summary>Whether nothing will ever come again.</summary>
    bool IsClosed => false;

    /// <summary>Takes the next datagram.</summary>
    /// <param name="buffer">Receives it; what does not fit is lost.</param>
    /// <param name="limit">How long to wait for one.</param>
    /// <returns>Its length; 0 when none came.</returns>
    int Receive(Span<byte> buffer, TimeSpan limit);

    /// <summary>Sends a datagram; one that cannot be sent is lost, as any may be.</summary>
    void Send(ReadOnlySpan<byte> datagram);
}

/// <summary>Datagrams over UDP, by one socket: an emulator answers whoever spoke last.</summary>
public sealed class UdpDatagramLink : IDatagramLink
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <summary>Opens a link.</summary>
    /// <param name="host">Name or address of the peer; IPv4, as emulators bind it.</param>
    /// <param name="port">Its port.</param>
    /// <exception cref="SocketException">The name is unknown.</exception>
    public UdpDatagramLink(string host, int port)
    {
        Name = $"netsio {host}:{port}";
        try
        {
            _socket.Connect(host, port);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public int Receive(Span<byte> buffer, TimeSpan limit)
    {
        try
        {
            return _socket.Poll(limit, SelectMode.SelectRead) ? _socket.Receive(buffer) : 0;
        }
        catch (SocketException)
        {
            // Nobody listens there yet (ICMP port unreachable): the next datagram may find someone.
            Thread.Sleep(limit);
            return 0;
        }
    }

    /// <inheritdoc />
    public void Send(ReadOnlySpan<byte> datagram)
    {
        try
        {
            _socket.Send(datagram);
        }
        catch (SocketException)
        {
            // As above: lost, and asked for again by the protocol.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}

/// <summary>Datagrams over UDP for the side that listens: the peer is whoever greeted last.</summary>
public sealed class UdpDatagramHost : IDatagramLink
{
    private readonly Socket _socket;
    private readonly SocketAddress _from;
    private readonly SocketAddress _peer;
    private bool _hasPeer;

    /// <summary>Listens.</summary>
    /// <param name="endPoint">Address and port; port 0 takes a free one.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public UdpDatagramHost(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        _socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        (_from, _peer) = (new SocketAddress(endPoint.AddressFamily), new SocketAddress(endPoint.AddressFamily));
        try
        {
            _socket.Bind(endPoint);
            EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <inheritdoc />
    public string Name => $"netsio {EndPoint}";

    /// <inheritdoc />
    public int Receive(Span<byte> buffer, TimeSpan limit)
    {
        try
        {
            if (!_socket.Poll(limit, SelectMode.SelectRead))
            {
                return 0;
            }

            int length = _socket.ReceiveFrom(buffer, SocketFlags.None, _from);
            bool greets = length > 0 && (NetSioMessage)buffer[0] is NetSioMessage.PingRequest or NetSioMessage.DeviceConnected or NetSioMessage.AliveRequest;
            if (greets)
            {
                _from.Buffer.CopyTo(_peer.Buffer);
                _hasPeer = true;
            }

            return greets || (_hasPeer && _from.Equals(_peer)) ? length : 0;
        }
        catch (SocketException)
        {
            // An answer could not be delivered, or a datagram is longer than any of NetSIO: as lost.
            return 0;
        }
    }

    /// <inheritdoc />
    public void Send(ReadOnlySpan<byte> datagram)
    {
        try
        {
            if (_hasPeer)
            {
                _socket.SendTo(datagram, SocketFlags.None, _peer);
            }
        }
        catch (SocketException)
        {
            // Lost, as any may be.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}
