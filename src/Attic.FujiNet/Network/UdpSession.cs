using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Network;

/// <summary>
/// UDP to one peer: each write is a datagram, each read gives the rest of one. Cursors count bytes; datagrams that come while
/// 64 wait are lost, as UDP may.
/// </summary>
internal sealed class UdpSession : NetworkSession
{
    private const int MostWaiting = 64;
    private const int MostBytes = 65_507;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _received = new();
    private readonly TcpTarget _target;
    private readonly EgressPolicy _egress;
    private Socket? _socket;
    private Exception? _error;
    private int _taken;
    private uint _readCursor;
    private uint _writeCursor;

    public UdpSession(TcpTarget target, EgressPolicy egress, IWakeup? wakeup)
        : base(wakeup)
    {
        _target = target;
        _egress = egress;
    }

    public override byte ProtocolFlags => 7;

    public override void Start() => _ = Task.Run(RunAsync);

    public override SessionRead Read(uint offset, Span<byte> buffer)
    {
        lock (_lock)
        {
            if (offset != _readCursor)
            {
                return new(IOStatus.InvalidRequest);
            }

            if (!_received.TryPeek(out byte[]? datagram))
            {
                return new(_error is null ? IOStatus.NotReady : IOStatus.IOError);
            }

            int count = Math.Min(buffer.Length, datagram.Length - _taken);
            datagram.AsSpan(_taken, count).CopyTo(buffer);
            _taken += count;
            _readCursor += (uint)count;
            if (_taken == datagram.Length)
            {
                _received.Dequeue();
                _taken = 0;
            }

            return new(IOStatus.Ok, count, HasMore: _received.Count > 0);
        }
    }

    public override IOStatus Write(uint offset, ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            if (_error is not null)
            {
                return IOStatus.IOError;
            }

            if (_socket is null)
            {
                return IOStatus.NotReady;
            }

            if (offset != _writeCursor || data.Length > MostBytes)
            {
                return IOStatus.InvalidRequest;
            }

            _socket.Send(data, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return IOStatus.DeviceBusy;
            }

            // A refusal that came back is an earlier datagram's.
            _writeCursor += (uint)data.Length;
            return error is SocketError.Success or SocketError.ConnectionRefused ? IOStatus.Ok : IOStatus.IOError;
        }
    }

    public override SessionInfo Info() =>
        new(IOStatus.Ok, Headers: $"X-FujiNet-Scheme: udp\r\nX-FujiNet-Remote: {_target.Remote}\r\n");

    public override void Dispose() => _stop.Cancel();

    private async Task RunAsync()
    {
        try
        {
            var addresses = await _egress.ResolveAsync(_target.Host, _stop.Token).ConfigureAwait(false);
            using var socket = new Socket(addresses[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(new IPEndPoint(addresses[0], _target.Port), _stop.Token).ConfigureAwait(false);
            lock (_lock)
            {
                _socket = socket;
            }

            Progress.Set();
            await ReceiveAsync(socket).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Reported by the next call; a session that was closed has nobody to report to.
            lock (_lock)
            {
                _error = error;
                _socket = null;
            }

            Progress.Set();
        }
    }

    private async Task ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[MostBytes];
        while (true)
        {
            int count;
            try
            {
                count = await socket.ReceiveAsync(buffer, SocketFlags.None, _stop.Token).ConfigureAwait(false);
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // Nobody listens there now; somebody may later.
                continue;
            }

            lock (_lock)
            {
                if (count > 0 && _received.Count < MostWaiting)
                {
                    _received.Enqueue(buffer.AsSpan(0, count).ToArray());
                }
            }

            Progress.Set();
        }
    }
}
