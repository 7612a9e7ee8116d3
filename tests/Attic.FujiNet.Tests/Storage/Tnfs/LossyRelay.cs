using System.Net;
using System.Net.Sockets;

namespace Attic.FujiNet.Tests.Storage.Tnfs;

/// <summary>Passes datagrams of one client to a server and its answers back, but for every nth answer.</summary>
internal sealed class LossyRelay : IDisposable
{
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _back = new();
    private readonly int _dropEvery;
    private IPEndPoint? _client;

    public LossyRelay(IPEndPoint server, int dropEvery)
    {
        _dropEvery = dropEvery;
        _back.Connect(server);
        _ = PassRequestsAsync();
        _ = PassAnswersAsync();
    }

    public int Port => ((IPEndPoint)_front.Client.LocalEndPoint!).Port;

    public int Dropped { get; private set; }

    public void Dispose()
    {
        _front.Dispose();
        _back.Dispose();
    }

    private async Task PassRequestsAsync()
    {
        while (await ReceiveAsync(_front) is { } request)
        {
            _client = request.RemoteEndPoint;
            await _back.SendAsync(request.Buffer);
        }
    }

    private async Task PassAnswersAsync()
    {
        for (int answer = 1; await ReceiveAsync(_back) is { } reply; answer++)
        {
            if (answer % _dropEvery == 0)
            {
                Dropped++;
            }
            else
            {
                await _front.SendAsync(reply.Buffer, _client);
            }
        }
    }

    private static async Task<UdpReceiveResult?> ReceiveAsync(UdpClient client)
    {
        try
        {
            return await client.ReceiveAsync();
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
