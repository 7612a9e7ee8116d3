using System.Net.Sockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>Connects to a TCP port, and connects again whenever the connection is lost.</summary>
public sealed class TcpClientChannel : IChannel
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly string _host;
    private readonly int _port;
    private readonly TimeProvider _time;
    private readonly IWakeup? _wakeup;
    private readonly CancellationTokenSource _stop = new();
    private Task<Socket>? _connecting;
    private SocketPeer? _peer;
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
    public string Name => $"tcp to {_host}:{_port}";

    /// <inheritdoc/>
    public int Connection { get; private set; }

    /// <inheritdoc/>
    public bool HasUnsent => _peer?.HasUnsent ?? false;

    /// <inheritdoc/>
    public bool IsClosed { get; private set; }

    /// <summary>Whether it is connected.</summary>
    public bool IsConnected => _peer is not null;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        int count = _peer?.Read(buffer) ?? 0;
        if (count == 0)
        {
            DropDeadPeer();
        }

        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _peer?.Write(bytes);
        DropDeadPeer();
    }

    /// <inheritdoc/>
    public void Poll()
    {
        _peer?.Flush();
        DropDeadPeer();
        if (_peer is not null || IsClosed)
        {
            return;
        }

        if (_connecting is null)
        {
            if (_time.GetTimestamp() >= _notBefore)
            {
                _connecting = Task.Run(ConnectAsync);
            }

            return;
        }

        if (!_connecting.IsCompleted)
        {
            return;
        }

        if (_connecting.IsCompletedSuccessfully)
        {
            _peer = new SocketPeer(_connecting.Result);
            Connection++;
        }

        _notBefore = _time.GetTimestamp() + (long)(s_pause.TotalSeconds * _time.TimestampFrequency);
        _connecting = null;
    }

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantBytes) => _peer?.Interest(set, wantBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _stop.Cancel();
        _peer?.Dispose();
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

    private void DropDeadPeer()
    {
        if (_peer is { IsOver: true })
        {
            _peer.Dispose();
            _peer = null;
        }
    }
}
