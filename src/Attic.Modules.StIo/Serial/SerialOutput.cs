namespace Attic.Modules.StIo.Serial;

/// <summary>
/// Bytes that left the machine and wait for the host. Not machine state: whether somebody listens changes nothing inside.
/// </summary>
internal sealed class SerialOutput
{
    private readonly byte[] _bytes = new byte[4096];
    private int _count;

    /// <summary>Bytes that did not fit.</summary>
    public long Dropped { get; private set; }

    /// <summary>Appends a byte, or counts it as dropped.</summary>
    public void Add(byte value)
    {
        if (_count == _bytes.Length)
        {
            Dropped++;
            return;
        }

        _bytes[_count++] = value;
    }

    /// <summary>Moves the oldest bytes into <paramref name="bytes"/>.</summary>
    public int Take(Span<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, _count);
        _bytes.AsSpan(0, taken).CopyTo(bytes);
        _bytes.AsSpan(taken, _count - taken).CopyTo(_bytes);
        _count -= taken;
        return taken;
    }
}
