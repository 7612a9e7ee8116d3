using Attic.FujiNet.Channels;

namespace Attic.FujiNet.Network;

/// <summary>What arrived and is not yet read, in bounded memory: a source that is ahead waits for its reader.</summary>
internal sealed class ReceiveBuffer
{
    private readonly Lock _lock = new();
    private readonly ByteQueue _bytes;
    private readonly ProgressSignal _progress;
    private TaskCompletionSource? _room;
    private bool _isOver;

    public ReceiveBuffer(int limit, ProgressSignal progress)
    {
        Limit = limit;
        _bytes = new ByteQueue(limit);
        _progress = progress;
    }

    /// <summary>Most bytes that it holds.</summary>
    public int Limit { get; }

    /// <summary>What went wrong at the source; null when nothing did.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Bytes that can be read.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _bytes.Count;
            }
        }
    }

    /// <summary>Whether nothing more will come than <see cref="Count"/>.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _isOver;
            }
        }
    }

    /// <summary>Copies bytes from a place behind the front, without taking them.</summary>
    public int Peek(int skip, Span<byte> buffer)
    {
        lock (_lock)
        {
            if (skip == 0)
            {
                return _bytes.Peek(buffer);
            }

            byte[] all = new byte[Math.Min(_bytes.Count, skip + buffer.Length)];
            _bytes.Peek(all);
            int count = Math.Max(0, all.Length - skip);
            all.AsSpan(all.Length - count).CopyTo(buffer);
            return count;
        }
    }

    /// <summary>Drops bytes from the front; the source may go on.</summary>
    public void Skip(int count)
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _bytes.Skip(count);
            room = count > 0 ? _room : null;
            _room = room is null ? _room : null;
        }

        room?.TrySetResult();
    }

    /// <summary>Adds all bytes, as soon as there is room.</summary>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (true)
        {
            Task room;
            lock (_lock)
            {
                bytes = bytes[_bytes.Write(bytes.Span)..];
                _room = bytes.IsEmpty ? null : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room?.Task ?? Task.CompletedTask;
            }

            _progress.Set();
            if (bytes.IsEmpty)
            {
                return;
            }

            await room.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Says that nothing more comes.</summary>
    public void Complete(Exception? error = null)
    {
        lock (_lock)
        {
            _isOver = true;
            Error ??= error;
        }

        _progress.Set();
    }
}
