using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>Listens on a TCP port and serves one client at a time; the next waits until it has gone.</summary>
public sealed class TcpServerChannel : IChannel
{
    /// <summary>The port by default.</summary>
    public const int DefaultPort = 65504;

    private readonly Socket _listener;
    private SocketPeer? _peer;

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
    public string Name => $"tcp {EndPoint}";

    /// <inheritdoc/>
    public int Connection { get; private set; }

    /// <inheritdoc/>
    public bool HasUnsent => _peer?.HasUnsent ?? false;

    /// <inheritdoc/>
    public bool IsClosed { get; private set; }

    /// <summary>Whether a client is connected.</summary>
    public bool HasClient => _peer is not null;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        int count = _peer?.Read(buffer) ?? 0;
        if (count == 0)
        {
            DropDeadPeer();
        }

        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _peer?.Write(bytes);
        DropDeadPeer();
    }

    /// <inheritdoc/>
    public void Poll()
    {
        _peer?.Flush();
        DropDeadPeer();
        if (_peer is not null || IsClosed || !_listener.Poll(0, SelectMode.SelectRead))
        {
            return;
        }

        try
        {
            _peer = new SocketPeer(_listener.Accept());
            Connection++;
        }
        catch (SocketException)
        {
            // The client went before it was accepted; the next is taken at the next poll.
            _peer = null;
        }
    }

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantBytes)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (_peer is not null)
        {
            _peer.Interest(set, wantBytes);
        }
        else
        {
            set.Add((int)_listener.Handle, read: true, write: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _peer?.Dispose();
        _listener.Dispose();
    }

    private void DropDeadPeer()
    {
        if (_peer is { IsOver: true })
        {
            _peer.Dispose();
            _peer = null;
        }
    }
}
