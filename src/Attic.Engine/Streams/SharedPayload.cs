namespace Attic.Engine.Streams;

/// <summary>Bytes that several connections send; back in their pool when the last one is done.</summary>
public sealed class SharedPayload
{
    private readonly PayloadPool _pool;
    private int _holders;

    internal SharedPayload(PayloadPool pool, int capacity)
    {
        _pool = pool;
        Buffer = new byte[capacity];
    }

    /// <summary>The bytes to send.</summary>
    public ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);

    internal byte[] Buffer { get; private set; }

    internal int Length { get; private set; }

    internal void Prepare(int length)
    {
        if (Buffer.Length < length)
        {
            Buffer = new byte[length];
        }

        (Length, _holders) = (length, 1);
    }

    internal void AddHolder() => Interlocked.Increment(ref _holders);

    /// <summary>One holder is done.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _pool.Return(this);
        }
    }
}

/// <summary>Keeps a few payloads for reuse.</summary>
internal sealed class PayloadPool
{
    private const int Keep = 12;

    private readonly Stack<SharedPayload> _free = new(Keep);

    /// <summary>A payload of <paramref name="length"/> bytes, held once.</summary>
    public SharedPayload Rent(int length)
    {
        SharedPayload? payload;
        lock (_free)
        {
            _free.TryPop(out payload);
        }

        payload ??= new SharedPayload(this, length);
        payload.Prepare(length);
        return payload;
    }

    public void Return(SharedPayload payload)
    {
        lock (_free)
        {
            if (_free.Count < Keep)
            {
                _free.Push(payload);
            }
        }
    }
}
