using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Core;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.NetSio.Hub;

/// <summary>
/// A hub for emulators whose custom device speaks NetSIO, as Altirra's with the public script: they connect over TCP, and each
/// finds a FujiNet of its own behind it, with the disks that all share. Nothing else is needed.
/// </summary>
public sealed class NetSioHub : ITransport
{
    private const int MostClients = 8;

    private readonly ConcurrentQueue<Socket> _arrived = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostClients);
    private readonly Socket _listener;
    private readonly CoreContext _context;
    private readonly Func<ValueTask<SioChain>> _makeChain;
    private readonly Action<ITransport> _add;
    private readonly IWakeup? _wakeup;
    private readonly Action<string> _log;
    private int _clients;

    /// <summary>Starts to listen.</summary>
    /// <param name="endPoint">Address and port; port 0 takes a free one.</param>
    /// <param name="context">Brings work onto the core's thread.</param>
    /// <param name="makeChain">Makes the devices for an emulator, on the core's thread.</param>
    /// <param name="add">Adds the transport of an emulator to the core.</param>
    /// <param name="wakeup">Woken when an emulator comes or goes.</param>
    /// <param name="log">Told what people should know.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public NetSioHub(IPEndPoint endPoint, CoreContext context, Func<ValueTask<SioChain>> makeChain, Action<ITransport> add, IWakeup? wakeup = null, Action<string>? log = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        (_context, _makeChain, _add, _wakeup, _log) = (context, makeChain, add, wakeup, log ?? (_ => { }));
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
    public string Name => $"netsio-hub {EndPoint}";

    /// <inheritdoc/>
    public bool IsClosed { get; private set; }

    /// <summary>Emulators that are connected.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <inheritdoc/>
    public void Poll()
    {
        while (_arrived.TryDequeue(out var socket))
        {
            _ = ServeAsync(socket);
        }
    }

    /// <inheritdoc/>
    public bool Receive(IORequest request) => false;

    /// <inheritdoc/>
    public void Send(in IOResponse response) => throw new NotSupportedException("Its emulators answer.");

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantRequests)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (!_arrived.IsEmpty)
        {
            set.SetReady();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!IsClosed)
            {
                // One more than there is room for waits in the system's queue.
                await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
                var socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _clients);
                _arrived.Enqueue(socket);
                _wakeup?.Wake();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The listener is closed.
            IsClosed = true;
        }
    }

    // Begins on the core's thread, where the devices are made; the connection itself is served elsewhere.
    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            var client = new HubClient(new NetworkStream(socket, ownsSocket: true), $"netsio-hub from {socket.RemoteEndPoint}", _log, TimeProvider.System);
            var serving = client.RunAsync(_stop.Token);
            if (await Task.WhenAny(client.Greeted, serving) == client.Greeted)
            {
                _add(new NetSioTransport(client.Link, await _makeChain(), _context));
                _log($"{client.Link.Name}: connected");
            }

            await serving.ConfigureAwait(false);
            _log($"{client.Link.Name}: gone");
        }
        catch (Exception gone) when (gone is SocketException or IOException or ObjectDisposedException)
        {
            // Before it was there at all.
            socket.Dispose();
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
            _room.Release();
            _wakeup?.Wake();
        }
    }
}
