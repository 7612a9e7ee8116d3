using System.Net.Sockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>Connects to a TCP port, and connects again whenever the connection is lost.</summary>
public sealed class TcpClientChannel : SocketPeerChannel
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly string _host;
    private readonly int _port;
    private readonly TimeProvider _time;
    private readonly IWakeup? _wakeup;
    private readonly CancellationTokenSource _stop = new();
    private Task<Socket>? _connecting;
    private long _notBefore;

    /// <summary>A channel that connects at its first poll.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Port.</param>
    /// <param name="time">Paces the attempts, one a second.</param>
    /// <param name="wakeup">Woken when it is connected.</param>
    public TcpClientChannel(string host, int port, TimeProvider time, IWakeup? wakeup = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _host = host;
        _port = port;
        _time = time;
        _wakeup = wakeup;
        _notBefore = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public override string Name => $"tcp to {_host}:{_port}";

    /// <summary>Whether it is connected.</summary>
    public bool IsConnected => HasPeer;

    private protected override SocketPeer? TryFindPeer()
    {
        if (_connecting is null)
        {
            if (_time.GetTimestamp() >= _notBefore)
            {
                _connecting = Task.Run(ConnectAsync);
            }

            return null;
        }

        if (!_connecting.IsCompleted)
        {
            return null;
        }

        var found = _connecting.IsCompletedSuccessfully ? new SocketPeer(_connecting.Result) : null;
        _notBefore = _time.GetTimestamp() + (long)(s_pause.TotalSeconds * _time.TimestampFrequency);
        _connecting = null;
        return found;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _stop.Cancel();
        if (_connecting?.IsCompletedSuccessfully == true)
        {
            _connecting.Result.Dispose();
        }

        _stop.Dispose();
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_host, _port, _stop.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            _wakeup?.Wake();
        }
    }
}
