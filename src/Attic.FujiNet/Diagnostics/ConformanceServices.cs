using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Attic.FujiNet.Diagnostics;

/// <summary>The servers that vectors speak to: an HTTP server that knows nothing but <c>/get</c> and <c>/post</c>, and a TCP echo.</summary>
internal sealed class ConformanceServices : IAsyncDisposable
{
    /// <summary>The HTTP server's port in vectors.</summary>
    public const int HttpPort = 8080;

    /// <summary>The echo server's port in vectors.</summary>
    public const int EchoPort = 7777;

    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _http = new(IPAddress.Loopback, 0);
    private readonly TcpListener _echo = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public ConformanceServices()
    {
        _http.Start();
        _echo.Start();
        _serving = Task.WhenAll(AcceptAsync(_http, AnswerAsync), AcceptAsync(_echo, EchoAsync));
    }

    /// <summary>Ports in vectors and the ports that take their place.</summary>
    public IReadOnlyDictionary<int, int> Ports => new Dictionary<int, int>
    {
        [HttpPort] = ((IPEndPoint)_http.LocalEndpoint).Port,
        [EchoPort] = ((IPEndPoint)_echo.LocalEndpoint).Port,
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _http.Dispose();
        _echo.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, Func<NetworkStream, Task> serve)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, serve);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The run is over.
            return;
        }
    }

    private static async Task ServeAsync(TcpClient client, Func<NetworkStream, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client.GetStream());
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The client went.
                return;
            }
        }
    }

    private async Task EchoAsync(NetworkStream stream)
    {
        byte[] piece = new byte[4096];
        int count;
        while ((count = await stream.ReadAsync(piece, _stop.Token)) > 0)
        {
            await stream.WriteAsync(piece.AsMemory(0, count), _stop.Token);
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string first = await reader.ReadLineAsync(_stop.Token) ?? string.Empty;
        int length = 0;
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } header)
        {
            if (header.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase))
            {
                _ = int.TryParse(header.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out length);
            }
        }

        char[] body = new char[Math.Clamp(length, 0, 1 << 16)];
        int taken = body.Length == 0 ? 0 : await reader.ReadBlockAsync(body, _stop.Token);
        string path = first.Split(' ') is [_, var given, ..] ? given : "/";
        bool known = path is "/get" or "/post";
        string content = known ? $"{{\"data\": \"{new string(body, 0, taken)}\"}}" : string.Empty;
        string answer = $"HTTP/1.1 {(known ? "200 OK" : "404 Not Found")}\r\nContent-Type: application/json\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n{content}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
    }
}
