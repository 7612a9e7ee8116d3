namespace Attic.Engine.Streams;

/// <summary>
/// Hands things from one writing thread to one reading thread and drops the oldest when the reader is late. Neither ever
/// waits: each slot is exchanged atomically, and the ring owns its items (slots, one spare for each side), so nothing is
/// allocated after construction.
/// </summary>
/// <typeparam name="T">What is handed over; filled in place.</typeparam>
public sealed class HandoverRing<T>
    where T : class
{
    private readonly Node[] _slots;
    private Node _writerSpare;
    private Node _readerSpare;
    private long _written;
    private long _read;
    private long _dropped;

    /// <summary>Makes an empty ring.</summary>
    /// <param name="capacity">Items that may wait.</param>
    /// <param name="create">Makes one item.</param>
    public HandoverRing(int capacity, Func<T> create)
    {
        _slots = new Node[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _slots[i] = new Node(create());
        }

        _writerSpare = new Node(create());
        _readerSpare = new Node(create());
    }

    /// <summary>Items that were overwritten unread.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>The item to fill for the next <see cref="Publish"/>. Writer only.</summary>
    public T Next => _writerSpare.Item;

    /// <summary>Hands over <see cref="Next"/>. Writer only.</summary>
    /// <returns>False when an unread item had to go for it.</returns>
    public bool Publish()
    {
        long number = _written;
        var node = _writerSpare;
        node.Number = number;
        node.Full = true;
        _writerSpare = Interlocked.Exchange(ref _slots[number % _slots.Length], node);
        Volatile.Write(ref _written, number + 1);
        if (!_writerSpare.Full)
        {
            return true;
        }

        _writerSpare.Full = false;
        Volatile.Write(ref _dropped, _dropped + 1);
        return false;
    }

    /// <summary>Takes the oldest item; it belongs to the reader until the next call. Reader only.</summary>
    /// <returns>The item, or null when none waits.</returns>
    public T? Take()
    {
        while (true)
        {
            long written = Volatile.Read(ref _written);
            _read = Math.Max(_read, written - _slots.Length);

            // Above it when the reader took an item whose number the writer has not published yet.
            if (_read >= written)
            {
                return null;
            }

            var empty = _readerSpare;
            empty.Full = false;
            var node = Interlocked.Exchange(ref _slots[_read % _slots.Length], empty);
            _readerSpare = node;

            // The writer may have lapped the slot meanwhile: the item is then newer than those left in the other slots,
            // which the writer finds full and counts as dropped when it gets to them.
            _read = node.Full ? Math.Max(_read, node.Number) + 1 : _read + 1;
            if (node.Full)
            {
                return node.Item;
            }
        }
    }

    private sealed class Node(T item)
    {
        public readonly T Item = item;
        public long Number;
        public bool Full;
    }
}
