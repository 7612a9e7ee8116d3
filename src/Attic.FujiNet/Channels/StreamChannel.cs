using System.Threading.Channels;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>A pair of streams as a channel: standard input and output.</summary>
public sealed class StreamChannel : IChannel
{
    private const int QueueBytes = 1 << 20;
    private const int PieceBytes = 8192;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly ByteQueue _received = new(QueueBytes);
    private readonly Channel<byte[]> _toSend = Channel.CreateUnbounded<byte[]>();
    private readonly IWakeup? _wakeup;
    private int _unsent;
    private volatile bool _inputEnded;

    /// <summary>Starts to read and write.</summary>
    /// <param name="name">Its name for people.</param>
    /// <param name="input">What the peer sends.</param>
    /// <param name="output">What it gets.</param>
    /// <param name="wakeup">Woken when something comes.</param>
    public StreamChannel(string name, Stream input, Stream output, IWakeup? wakeup = null)
    {
        Name = name;
        _wakeup = wakeup;
        _ = Task.Run(() => ReceiveAsync(input));
        _ = Task.Run(() => SendAsync(output));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Connection => 0;

    /// <inheritdoc/>
    public bool HasUnsent => Volatile.Read(ref _unsent) > 0;

    /// <inheritdoc/>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _inputEnded && _received.Count == 0 && !HasUnsent;
            }
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        lock (_lock)
        {
            return _received.Read(buffer);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Interlocked.Add(ref _unsent, bytes.Length);
        _toSend.Writer.TryWrite(bytes.ToArray());
    }

    /// <inheritdoc/>
    public void Poll()
    {
        // Its own tasks read and write.
    }

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantBytes)
    {
        ArgumentNullException.ThrowIfNull(set);
        lock (_lock)
        {
            if (wantBytes && _received.Count > 0)
            {
                set.SetReady();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputEnded = true;
        _toSend.Writer.TryComplete();
        _stop.Cancel();
    }

    private async Task ReceiveAsync(Stream input)
    {
        byte[] piece = new byte[PieceBytes];
        try
        {
            int count;
            while ((count = await input.ReadAsync(piece, _stop.Token).ConfigureAwait(false)) > 0)
            {
                for (int taken = 0; taken < count;)
                {
                    lock (_lock)
                    {
                        taken += _received.Write(piece.AsSpan(taken, count - taken));
                    }

                    _wakeup?.Wake();
                    if (taken < count)
                    {
                        await Task.Delay(1, _stop.Token).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The input is over either way.
            _inputEnded = true;
        }

        _inputEnded = true;
        _wakeup?.Wake();
    }

    private async Task SendAsync(Stream output)
    {
        try
        {
            await foreach (byte[] bytes in _toSend.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await output.WriteAsync(bytes, _stop.Token).ConfigureAwait(false);
                await output.FlushAsync(_stop.Token).ConfigureAwait(false);
                Interlocked.Add(ref _unsent, -bytes.Length);
                _wakeup?.Wake();
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody reads any more.
            _inputEnded = true;
            Interlocked.Exchange(ref _unsent, 0);
        }
    }
}
