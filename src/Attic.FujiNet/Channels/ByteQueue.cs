namespace Attic.FujiNet.Channels;

/// <summary>Bytes in the order in which they came, in a ring that grows as far as it may.</summary>
internal sealed class ByteQueue
{
    private const int InitialBytes = 1024;

    private readonly int _limit;
    private byte[] _ring = [];
    private int _head;

    /// <summary>An empty queue.</summary>
    /// <param name="limit">Most bytes that it holds.</param>
    public ByteQueue(int limit)
    {
        _limit = limit;
    }

    /// <summary>Bytes that it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that fit.</summary>
    public int Free => _limit - Count;

    /// <summary>Adds bytes at the end, as many as fit.</summary>
    /// <returns>How many.</returns>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..Math.Min(bytes.Length, Free)];
        Reserve(Count + kept.Length);
        int tail = _ring.Length == 0 ? 0 : (_head + Count) % _ring.Length;
        int first = Math.Min(kept.Length, _ring.Length - tail);
        kept[..first].CopyTo(_ring.AsSpan(tail));
        kept[first..].CopyTo(_ring);
        Count += kept.Length;
        return kept.Length;
    }

    /// <summary>Takes bytes from the front.</summary>
    /// <returns>How many.</returns>
    public int Read(Span<byte> buffer)
    {
        int count = Peek(buffer);
        Skip(count);
        return count;
    }

    /// <summary>Copies bytes from the front without taking them.</summary>
    /// <returns>How many.</returns>
    public int Peek(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Count);
        int first = Math.Min(count, _ring.Length - _head);
        _ring.AsSpan(_head, first).CopyTo(buffer);
        _ring.AsSpan(0, count - first).CopyTo(buffer[first..]);
        return count;
    }

    /// <summary>The bytes at the front that lie together; none when it is empty.</summary>
    public ReadOnlySpan<byte> Front => _ring.AsSpan(_head, Math.Min(Count, _ring.Length - _head));

    /// <summary>Drops bytes from the front.</summary>
    public void Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count -= count;
        _head = Count == 0 ? 0 : (_head + count) % _ring.Length;
    }

    /// <summary>Drops everything.</summary>
    public void Clear() => (_head, Count) = (0, 0);

    private void Reserve(int bytes)
    {
        if (bytes <= _ring.Length)
        {
            return;
        }

        byte[] larger = new byte[Math.Min(_limit, Math.Max(Math.Max(bytes, InitialBytes), 2 * _ring.Length))];
        int count = Peek(larger);
        (_ring, _head, Count) = (larger, 0, count);
    }
}
