using System.Net;
using System.Net.Sockets;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Carries packets to a server and back.</summary>
internal interface ITnfsLink : IDisposable
{
    /// <summary>Sends a packet.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancel);

    /// <summary>Waits for the next packet.</summary>
    /// <returns>Its length; 0 when the server closed the connection.</returns>
    ValueTask<int> ReceiveAsync(Memory<byte> packet, CancellationToken cancel);
}

/// <summary>Packets as datagrams.</summary>
internal sealed class UdpTnfsLink(Socket socket) : ITnfsLink
{
    /// <summary>Opens a link; no packet is sent yet.</summary>
    public static async ValueTask<ITnfsLink> OpenAsync(EndPoint server, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await TnfsLinks.ConnectAsync(socket, server, cancel);
        return new UdpTnfsLink(socket);
    }

    /// <inheritdoc />
    public async ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancel) => await socket.SendAsync(packet, cancel);

    /// <inheritdoc />
    public ValueTask<int> ReceiveAsync(Memory<byte> packet, CancellationToken cancel) => socket.ReceiveAsync(packet, cancel);

    /// <inheritdoc />
    public void Dispose() => socket.Dispose();
}

/// <summary>Packets back to back in a stream.</summary>
internal sealed class TcpTnfsLink(Socket socket) : ITnfsLink
{
    private readonly byte[] _stream = new byte[TnfsProtocol.MaxPacket * 2];
    private int _filled;

    /// <summary>Connects.</summary>
    public static async ValueTask<ITnfsLink> OpenAsync(EndPoint server, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await TnfsLinks.ConnectAsync(socket, server, cancel);
        return new TcpTnfsLink(socket);
    }

    /// <inheritdoc />
    public async ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancel)
    {
        while (packet.Length > 0)
        {
            packet = packet[await socket.SendAsync(packet, cancel)..];
        }
    }

    /// <inheritdoc />
    public async ValueTask<int> ReceiveAsync(Memory<byte> packet, CancellationToken cancel)
    {
        int length;
        while ((length = TnfsFraming.ReplyLength(_stream.AsSpan(0, _filled))) == TnfsFraming.Incomplete)
        {
            int read = _filled < _stream.Length ? await socket.ReceiveAsync(_stream.AsMemory(_filled), cancel) : 0;
            if (read == 0)
            {
                return 0;
            }

            _filled += read;
        }

        int taken = Math.Min(length, packet.Length);
        _stream.AsSpan(0, taken).CopyTo(packet.Span);
        _stream.AsSpan(length, _filled - length).CopyTo(_stream);
        _filled -= length;
        return taken;
    }

    /// <inheritdoc />
    public void Dispose() => socket.Dispose();
}

/// <summary>What both kinds of links do.</summary>
internal static class TnfsLinks
{
    /// <summary>Connects a socket, or gives it back.</summary>
    public static async ValueTask ConnectAsync(Socket socket, EndPoint server, CancellationToken cancel)
    {
        try
        {
            await socket.ConnectAsync(server, cancel);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
