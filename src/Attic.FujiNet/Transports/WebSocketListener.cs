using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Transports;

/// <summary>
/// FujiBus packets in WebSocket messages. Each client is a transport of its own. Pages of other sites cannot connect: a
/// browser's request must come from a page of this computer.
/// </summary>
public sealed class WebSocketListener : ITransport
{
    private const int MostClients = 32;
    private const int MostHeaderBytes = 8192;
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static readonly TimeSpan s_handshakeLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<WebSocketChannel> _ready = new();
    private readonly Socket _listener;
    private readonly Action<ITransport> _add;
    private readonly IWakeup? _wakeup;
    private readonly IPacketTap? _tap;
    private int _clients;

    /// <summary>Starts to listen.</summary>
    /// <param name="endPoint">Address and port; port 0 takes a free one.</param>
    /// <param name="add">Adds the transport of a new client to the core.</param>
    /// <param name="wakeup">Woken when a client connects or sends.</param>
    /// <param name="tap">Sees the packets; null for nobody.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public WebSocketListener(IPEndPoint endPoint, Action<ITransport> add, IWakeup? wakeup = null, IPacketTap? tap = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        (_add, _wakeup, _tap) = (add, wakeup, tap);
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            _listener.Bind(endPoint);
            _listener.Listen();
            EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <inheritdoc/>
    public string Name => $"ws {EndPoint}";

    /// <inheritdoc/>
    public bool IsClosed { get; private set; }

    /// <inheritdoc/>
    public void Poll()
    {
        while (_ready.TryDequeue(out var channel))
        {
            _add(new FujiBusMessageTransport(channel, _tap));
        }
    }

    /// <inheritdoc/>
    public bool Receive(IORequest request) => false;

    /// <inheritdoc/>
    public void Send(in IOResponse response) => throw new NotSupportedException("Its clients answer.");

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantRequests)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (!_ready.IsEmpty)
        {
            set.SetReady();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _listener.Dispose();
    }

    private static bool IsLocalPage(string origin) =>
        origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback);

    private async Task AcceptAsync()
    {
        try
        {
            while (!IsClosed)
            {
                var client = await _listener.AcceptAsync().ConfigureAwait(false);
                if (Interlocked.Increment(ref _clients) > MostClients)
                {
                    Interlocked.Decrement(ref _clients);
                    client.Dispose();
                    continue;
                }

                _ = ServeAsync(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The listener is closed.
            IsClosed = true;
        }
    }

    private async Task ServeAsync(Socket client)
    {
        string name = $"ws from {client.RemoteEndPoint}";
        await using var stream = new NetworkStream(client, ownsSocket: true);
        try
        {
            using var limit = new CancellationTokenSource(s_handshakeLimit);
            if (!await ShakeHandsAsync(stream, limit.Token).ConfigureAwait(false))
            {
                return;
            }

            var socket = WebSocket.CreateFromStream(stream, isServer: true, subProtocol: null, keepAliveInterval: TimeSpan.FromSeconds(30));
            var channel = new WebSocketChannel(socket, name, _wakeup);
            _ready.Enqueue(channel);
            _wakeup?.Wake();
            await channel.RunAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
            // The client went during the handshake.
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    private static async Task<bool> ShakeHandsAsync(Stream stream, CancellationToken stop)
    {
        var headers = await ReadHeadersAsync(stream, stop).ConfigureAwait(false);
        string key = headers.GetValueOrDefault("sec-websocket-key", string.Empty);
        bool isUpgrade = headers.GetValueOrDefault("upgrade", string.Empty).Equals("websocket", StringComparison.OrdinalIgnoreCase) && key.Length > 0;
        bool isLocal = IsLocalPage(headers.GetValueOrDefault("origin", string.Empty));
        if (!isUpgrade || !isLocal)
        {
            string refusal = isUpgrade ? "403 Forbidden" : "400 Bad Request";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {refusal}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), stop).ConfigureAwait(false);
            return false;
        }

        // RFC 6455, 4.2.2 demands SHA-1 here; nothing depends on its strength.
#pragma warning disable CA5350
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
        string answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop).ConfigureAwait(false);
        return true;
    }

    // Byte by byte, so that nothing of the first message is taken along.
    private static async Task<Dictionary<string, string>> ReadHeadersAsync(Stream stream, CancellationToken stop)
    {
        byte[] one = new byte[1];
        var text = new StringBuilder();
        while (text.Length < MostHeaderBytes && !(text.Length >= 4 && text[^1] == '\n' && text[^2] == '\r' && text[^3] == '\n'))
        {
            await stream.ReadExactlyAsync(one, stop).ConfigureAwait(false);
            text.Append((char)one[0]);
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in text.ToString().Split("\r\n").Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        return headers;
    }
}
