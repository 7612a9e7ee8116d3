using System.Globalization;
using System.Text;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Network;

/// <summary>
/// A session over a stream of bytes in both directions. Both cursors must fit exactly; the last read and the last write may
/// be repeated as they were, for a client that missed the answer.
/// </summary>
internal abstract class StreamSession : NetworkSession
{
    private const int SendBytes = 128 * 1024;
    private const int PieceBytes = 16 * 1024;

    private readonly CancellationTokenSource _stop = new();
    private readonly ReceiveBuffer _received;
    private readonly ByteQueue _unsent = new(SendBytes);
    private readonly Lock _sendLock = new();
    private readonly string _scheme;
    private readonly string _remote;
    private readonly bool _mayHalfClose;
    private readonly SemaphoreSlim _toSend = new(0);
    private volatile Exception? _error;
    private volatile bool _connected;
    private bool _sendClosed;
    private uint _readCursor;
    private uint _writeCursor;
    private (uint Offset, int Max, byte[] Bytes, bool IsEnd)? _lastRead;
    private (uint Offset, byte[] Bytes)? _lastWrite;

    protected StreamSession(string scheme, string remote, int receiveBytes, bool mayHalfClose, IWakeup? wakeup)
        : base(wakeup)
    {
        _scheme = scheme;
        _remote = remote;
        _mayHalfClose = mayHalfClose;
        _received = new ReceiveBuffer(receiveBytes, Progress);
    }

    public override byte ProtocolFlags => 7;

    /// <summary>Whether the connection was made; it may be closed by now.</summary>
    public bool IsConnected => _connected;

    /// <summary>Whether the connection could not be made or broke.</summary>
    public bool HasFailed => _error is not null;

    public override void Start() => _ = Task.Run(RunAsync);

    public override SessionRead Read(uint offset, Span<byte> buffer)
    {
        if (_lastRead is { } last && last.Offset == offset && last.Max == buffer.Length && offset != _readCursor)
        {
            last.Bytes.CopyTo(buffer);
            return new(IOStatus.Ok, last.Bytes.Length, last.IsEnd, _received.Count > 0);
        }

        if (offset != _readCursor)
        {
            return new(IOStatus.InvalidRequest);
        }

        // Asked before looking: what comes between the two is not taken for nothing.
        bool over = _received.IsOver;
        int count = _received.Peek(0, buffer);
        _received.Skip(count);
        if (count == 0)
        {
            return ReadNothing(over);
        }

        _readCursor += (uint)count;
        bool more = _received.Count > 0;
        bool end = over && !more && _received.Error is null;
        _lastRead = (offset, buffer.Length, buffer[..count].ToArray(), end);
        return new(IOStatus.Ok, count, end, more);
    }

    public override IOStatus Write(uint offset, ReadOnlySpan<byte> data)
    {
        if (_error is not null)
        {
            return IOStatus.IOError;
        }

        if (!_connected)
        {
            return IOStatus.NotReady;
        }

        if (_lastWrite is { } last && last.Offset == offset && data.Length > 0 && data.SequenceEqual(last.Bytes))
        {
            return IOStatus.Ok;
        }

        if (offset != _writeCursor)
        {
            return IOStatus.InvalidRequest;
        }

        lock (_sendLock)
        {
            if (data.IsEmpty)
            {
                return CloseSending();
            }

            if (_sendClosed)
            {
                return IOStatus.IOError;
            }

            if (_unsent.Free < data.Length)
            {
                return IOStatus.DeviceBusy;
            }

            _unsent.Write(data);
        }

        _toSend.Release();
        _writeCursor += (uint)data.Length;
        _lastWrite = (offset, data.ToArray());
        return IOStatus.Ok;
    }

    public override SessionInfo Info()
    {
        if (_error is not null && !_connected)
        {
            return new(IOStatus.IOError);
        }

        bool closed = _received.IsOver;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            X-FujiNet-Scheme: {_scheme}
            X-FujiNet-Remote: {_remote}
            X-FujiNet-Connecting: {Flag(!_connected && _error is null)}
            X-FujiNet-Connected: {Flag(_connected && !closed)}
            X-FujiNet-PeerClosed: {Flag(_connected && closed)}
            X-FujiNet-RxAvailable: {_received.Count}
            X-FujiNet-ReadCursor: {_readCursor}
            X-FujiNet-WriteCursor: {_writeCursor}
            X-FujiNet-LastError: {ErrorNumber()}

            """);
        return new(IOStatus.Ok, Headers: new StringBuilder(text).Replace("\r", string.Empty).Replace("\n", "\r\n").ToString());
    }

    public override void Dispose()
    {
        // The pumps end with the token and close the stream.
        _stop.Cancel();
    }

    /// <summary>Makes the connection.</summary>
    protected abstract ValueTask<Stream> ConnectAsync(CancellationToken stop);

    /// <summary>Tells the peer that nothing more comes, and goes on reading.</summary>
    protected abstract ValueTask CloseSendingAsync(Stream stream);

    private static int Flag(bool value) => value ? 1 : 0;

    private int ErrorNumber() => (_error ?? _received.Error) switch
    {
        null => 0,
        System.Net.Sockets.SocketException socket => socket.NativeErrorCode,
        { InnerException: System.Net.Sockets.SocketException inner } => inner.NativeErrorCode,
        _ => -1,
    };

    private SessionRead ReadNothing(bool over)
    {
        if (_error is not null || (over && _received.Error is not null))
        {
            return new(IOStatus.IOError);
        }

        return over ? new(IOStatus.Ok, IsEnd: true) : new(IOStatus.NotReady);
    }

    private IOStatus CloseSending()
    {
        if (!_mayHalfClose)
        {
            return IOStatus.Unsupported;
        }

        if (!_sendClosed)
        {
            _sendClosed = true;
            _toSend.Release();
        }

        return IOStatus.Ok;
    }

    private async Task RunAsync()
    {
        try
        {
            await using var stream = await ConnectAsync(_stop.Token).ConfigureAwait(false);
            _connected = true;
            Progress.Set();
            var sending = SendAsync(stream);
            await ReceiveAsync(stream).ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Reported by the next call; a session that was closed has nobody to report to.
            _error = error;
        }
        finally
        {
            Progress.Set();
        }
    }

    private async Task ReceiveAsync(Stream stream)
    {
        byte[] piece = new byte[Math.Min(PieceBytes, _received.Limit)];
        try
        {
            while (true)
            {
                int count = await stream.ReadAsync(piece, _stop.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    _received.Complete();
                    return;
                }

                await _received.AppendAsync(piece.AsMemory(0, count), _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or System.Net.Sockets.SocketException or System.Net.WebSockets.WebSocketException)
        {
            _received.Complete(error);
        }
    }

    private async Task SendAsync(Stream stream)
    {
        byte[] piece = new byte[PieceBytes];
        try
        {
            while (true)
            {
                await _toSend.WaitAsync(_stop.Token).ConfigureAwait(false);
                int count;
                while ((count = Take(piece)) > 0)
                {
                    await stream.WriteAsync(piece.AsMemory(0, count), _stop.Token).ConfigureAwait(false);
                    await stream.FlushAsync(_stop.Token).ConfigureAwait(false);
                    Progress.Set();
                }

                if (_sendClosed)
                {
                    await CloseSendingAsync(stream).ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or System.Net.WebSockets.WebSocketException)
        {
            _error = error;
            Progress.Set();
        }
    }

    private int Take(Span<byte> piece)
    {
        lock (_sendLock)
        {
            return _unsent.Read(piece);
        }
    }
}
