using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>Listens on a TCP port and serves one client at a time; the next waits until it has gone.</summary>
public sealed class TcpServerChannel : SocketPeerChannel
{
    /// <summary>The port by default.</summary>
    public const int DefaultPort = 65504;

    private readonly Socket _listener;

    /// <summary>Starts to listen.</summary>
    /// <param name="endPoint">Address and port; port 0 takes a free one.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public TcpServerChannel(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            _listener.Bind(endPoint);
            _listener.Listen(1);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <inheritdoc/>
    public override string Name => $"tcp {EndPoint}";

    /// <summary>Whether a client is connected.</summary>
    public bool HasClient => HasPeer;

    private protected override SocketPeer? TryFindPeer()
    {
        if (!_listener.Poll(0, SelectMode.SelectRead))
        {
            return null;
        }

        try
        {
            return new SocketPeer(_listener.Accept());
        }
        catch (SocketException)
        {
            // The client went before it was accepted; the next is taken at the next poll.
            return null;
        }
    }

    private protected override void InterestInPeer(ReadinessSet set) => set.Add((int)_listener.Handle, read: true, write: false);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _listener.Dispose();
    }
}
