using System.Net;
using System.Net.Sockets;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>A TNFS server: a folder behind a UDP and a TCP port.</summary>
public sealed class TnfsServer : IDisposable
{
    private const int MaxConnections = 256;
    private readonly TnfsService _service;
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _connections = new(MaxConnections);

    /// <summary>Binds both ports.</summary>
    /// <param name="service">What answers; it belongs to the server from then on.</param>
    /// <param name="endPoint">Address and port; port 0 for a free one.</param>
    /// <exception cref="SocketException">The port is taken, or the address is not this computer's.</exception>
    public TnfsServer(TnfsService service, IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(endPoint);
        _service = service;
        _tcp = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _udp = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _tcp.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _tcp.Bind(endPoint);
            _tcp.Listen();
            EndPoint = (IPEndPoint)_tcp.LocalEndPoint!;
            _udp.Bind(EndPoint);
        }
        catch (SocketException)
        {
            _tcp.Dispose();
            _udp.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Serves until <see cref="Dispose"/> is called or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stop.Token);
        await Task.WhenAll(ServeUdpAsync(both.Token), ServeTcpAsync(both.Token)).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        _udp.Dispose();
        _tcp.Dispose();
        _service.Dispose();
    }

    private async Task ServeUdpAsync(CancellationToken cancel)
    {
        byte[] buffer = new byte[ushort.MaxValue];
        var any = new IPEndPoint(EndPoint.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var received = await _udp.ReceiveFromAsync(buffer, any, cancel).ConfigureAwait(false);
                var peer = (IPEndPoint)received.RemoteEndPoint;
                byte[] reply = _service.Answer(buffer.AsSpan(0, received.ReceivedBytes), peer.Address);
                if (reply.Length > 0)
                {
                    await _udp.SendToAsync(reply, peer, cancel).ConfigureAwait(false);
                }
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that is gone (ICMP port unreachable) must not end the others' service.
            }
        }
    }

    private async Task ServeTcpAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await _connections.WaitAsync(cancel).ConfigureAwait(false);
                var client = await _tcp.AcceptAsync(cancel).ConfigureAwait(false);
                _ = ServeClientAsync(client, cancel);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client went away while it waited to be accepted.
                _connections.Release();
            }
        }
    }

    private async Task ServeClientAsync(Socket client, CancellationToken cancel)
    {
        byte[] buffer = new byte[TnfsProtocol.MaxPacket * 4];
        int filled = 0;
        try
        {
            using (client)
            {
                client.NoDelay = true;
                var peer = ((IPEndPoint)client.RemoteEndPoint!).Address;
                int read;
                while ((read = await client.ReceiveAsync(buffer.AsMemory(filled), cancel).ConfigureAwait(false)) > 0)
                {
                    filled += read;
                    int length;
                    while ((length = TnfsFraming.RequestLength(buffer.AsSpan(0, filled))) > 0)
                    {
                        await client.SendAsync(_service.Answer(buffer.AsSpan(0, length), peer), cancel).ConfigureAwait(false);
                        buffer.AsSpan(length, filled - length).CopyTo(buffer);
                        filled -= length;
                    }

                    if (length == 0 || filled == buffer.Length)
                    {
                        // No command of TNFS, or a text without an end: the stream cannot be followed any further.
                        return;
                    }
                }
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is over, by either side; its session stays, so that the client can come back to it.
        }
        finally
        {
            _connections.Release();
        }
    }
}
