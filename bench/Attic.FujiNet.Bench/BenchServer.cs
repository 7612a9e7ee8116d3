using System.Net;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Bench;

/// <summary>A FujiNet on TCP, on a thread of its own.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadinessWaiter _waiter = HostPlatform.CreateWaiter();
    private FujiNetStack? _stack;
    private Thread? _thread;

    public IPEndPoint? EndPoint { get; private set; }

    public static async Task<BenchServer> StartAsync(Action<FujiConfig>? configure = null)
    {
        var server = new BenchServer();
        server._stack = await FujiNetStack.CreateAsync(new() { Wakeup = server._waiter, Configure = configure });
        var channel = new TcpServerChannel(new(IPAddress.Loopback, 0));
        server._stack.Core.IO.Add(new FujiBusTransport(channel));
        server.EndPoint = channel.EndPoint;
        server._thread = new Thread(() => new CoreRunner(server._stack.Core, server._waiter).Run(server._stop.Token));
        server._thread.Start();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _thread!.Join();
        await _stack!.DisposeAsync();
        _waiter.Dispose();
        _stop.Dispose();
    }
}
