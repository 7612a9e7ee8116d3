using System.Net.Sockets;
using Attic.FujiNet.Network;

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
    public static async ValueTask<ITnfsLink> OpenAsync(EgressPolicy egress, string host, int port, CancellationToken cancel)
    {
        var addresses = await egress.ResolveAsync(host, cancel);
        var socket = new Socket(addresses[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.ConnectAsync(addresses[0], port, cancel);
            return new UdpTnfsLink(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
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
    public static async ValueTask<ITnfsLink> OpenAsync(EgressPolicy egress, string host, int port, CancellationToken cancel) =>
        new TcpTnfsLink(await egress.ConnectAsync(host, port, cancel));

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
