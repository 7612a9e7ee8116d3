using System.Net.WebSockets;
using System.Threading.Channels;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>A WebSocket whose binary messages are packets.</summary>
internal sealed class WebSocketChannel : IMessageChannel
{
    private const int MostBytes = 1 << 17;
    private const int MostWaiting = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<byte[]> _received = Channel.CreateBounded<byte[]>(MostWaiting);
    private readonly Channel<byte[]> _toSend = Channel.CreateUnbounded<byte[]>();
    private readonly WebSocket _socket;
    private readonly IWakeup? _wakeup;
    private int _unsent;
    private volatile bool _over;

    public WebSocketChannel(WebSocket socket, string name, IWakeup? wakeup)
    {
        _socket = socket;
        Name = name;
        _wakeup = wakeup;
    }

    public string Name { get; }

    public bool IsClosed => _over && !_received.Reader.TryPeek(out _);

    public bool HasUnsent => Volatile.Read(ref _unsent) > 0;

    /// <summary>Moves messages until the peer goes.</summary>
    public async Task RunAsync()
    {
        var sending = SendAsync();
        try
        {
            await ReceiveAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // The peer is gone, with a word or without.
            _over = true;
        }

        _over = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        _socket.Dispose();
        _wakeup?.Wake();
    }

    public bool TryReceive(out ReadOnlyMemory<byte> message)
    {
        bool any = _received.Reader.TryRead(out byte[]? bytes);
        message = bytes;
        return any;
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        Interlocked.Increment(ref _unsent);
        _toSend.Writer.TryWrite(message.ToArray());
    }

    public void Interest(ReadinessSet set, bool wantMessages)
    {
        if (wantMessages && _received.Reader.TryPeek(out _))
        {
            set.SetReady();
        }
    }

    public void Dispose()
    {
        _over = true;
        _stop.Cancel();
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[MostBytes];
        int length = 0;
        while (true)
        {
            var piece = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token).ConfigureAwait(false);
            length += piece.Count;
            if (piece.MessageType == WebSocketMessageType.Close || (length == buffer.Length && !piece.EndOfMessage))
            {
                return;
            }

            if (piece.EndOfMessage)
            {
                await _received.Writer.WriteAsync(buffer.AsSpan(0, length).ToArray(), _stop.Token).ConfigureAwait(false);
                length = 0;
                _wakeup?.Wake();
            }
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (byte[] message in _toSend.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _stop.Token).ConfigureAwait(false);
                Interlocked.Decrement(ref _unsent);
                _wakeup?.Wake();
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // The peer is gone, with a word or without.
            _over = true;
        }
    }
}
