using System.Net;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Tests;

/// <summary>A whole FujiNet on a thread of its own, reached over TCP.</summary>
internal sealed class FujiServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadinessWaiter _waiter;
    private readonly Thread _thread;

    private FujiServer(IReadinessWaiter waiter, FujiNetStack stack, TcpServerChannel channel)
    {
        _waiter = waiter;
        Stack = stack;
        Channel = channel;
        _thread = new Thread(() => new CoreRunner(stack.Core, waiter).Run(_stop.Token)) { IsBackground = true };
    }

    public FujiNetStack Stack { get; }

    public TcpServerChannel Channel { get; }

    public IPEndPoint EndPoint => Channel.EndPoint;

    public List<string> Log { get; private init; } = [];

    public static async Task<FujiServer> StartAsync(
        string? folder = null,
        Action<FujiConfig>? configure = null,
        Action<FujiNetStack, IReadinessWaiter>? prepare = null)
    {
        var waiter = HostPlatform.CreateWaiter();
        var log = new List<string>();
        var stack = await FujiNetStack.CreateAsync(new() { DataFolder = folder, Wakeup = waiter, Configure = configure, Log = log.Add });
        var channel = new TcpServerChannel(new IPEndPoint(IPAddress.Loopback, 0));
        stack.Core.IO.Add(new FujiBusTransport(channel));
        prepare?.Invoke(stack, waiter);
        var server = new FujiServer(waiter, stack, channel) { Log = log };
        server._thread.Start();
        return server;
    }

    public Task<FujiBusClient> ConnectAsync() => FujiBusClient.ConnectAsync(EndPoint.ToString());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _waiter.Wake();
        _thread.Join();
        await Stack.DisposeAsync();
        _waiter.Dispose();
        _stop.Dispose();
    }
}
