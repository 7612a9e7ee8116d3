using System.Runtime.CompilerServices;

namespace Attic.Modules.StIo.Serial;

/// <summary>A queue of up to 256 bytes that is part of a chip's state.</summary>
internal struct ByteQueue
{
    /// <summary>The most bytes that wait.</summary>
    public const int Capacity = 256;

    private Storage _bytes;
    private int _first;
    private int _count;

    /// <summary>Bytes that wait.</summary>
    public readonly int Count => _count;

    /// <summary>Appends a byte.</summary>
    /// <returns>False when the queue is full.</returns>
    public bool TryAdd(byte value)
    {
        if (_count == Capacity)
        {
            return false;
        }

        _bytes[(_first + _count) & (Capacity - 1)] = value;
        _count++;
        return true;
    }

    /// <summary>Takes the oldest byte; the queue must not be empty.</summary>
    public byte Take()
    {
        byte value = _bytes[_first & (Capacity - 1)];
        _first = (_first + 1) & (Capacity - 1);
        _count--;
        return value;
    }

    /// <summary>Brings what a loaded state says into the range that the code relies on.</summary>
    public void Confine() => (_first, _count) = (_first & (Capacity - 1), Math.Clamp(_count, 0, Capacity));

    [InlineArray(Capacity)]
    private struct Storage
    {
        private byte _element;
    }
}
