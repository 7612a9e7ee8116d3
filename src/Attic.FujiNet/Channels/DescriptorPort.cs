using Attic.FujiNet.Core;
using Attic.FujiNet.Platform;

namespace Attic.FujiNet.Channels;

/// <summary>A descriptor of the host that never blocks, with a queue for what the other side does not take yet.</summary>
internal sealed class DescriptorPort : IDisposable
{
    private const int QueueBytes = 1 << 20;

    private readonly int _descriptor;
    private readonly ByteQueue _unsent = new(QueueBytes);
    private bool _closed;

    public DescriptorPort(int descriptor)
    {
        _descriptor = descriptor;
        PosixCalls.MakeNonBlocking(descriptor);
    }

    /// <summary>Whether nobody has the other side open.</summary>
    public bool IsHungUp { get; private set; }

    /// <summary>Whether the device is gone.</summary>
    public bool IsBroken { get; private set; }

    public bool HasUnsent => _unsent.Count > 0;

    public int Descriptor => _descriptor;

    public int Read(Span<byte> buffer)
    {
        nint count = PosixCalls.Read(_descriptor, buffer, (nuint)buffer.Length);
        if (count > 0)
        {
            IsHungUp = false;
            return (int)count;
        }

        bool waits = count < 0 && PosixCalls.WouldBlock;
        bool hungUp = count == 0 || (count < 0 && PosixCalls.HungUp);
        IsHungUp = !waits && hungUp;
        IsBroken |= !waits && !hungUp;
        return 0;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!HasUnsent)
        {
            bytes = bytes[Send(bytes)..];
        }

        _unsent.Write(bytes);
    }

    public void Flush()
    {
        while (HasUnsent)
        {
            int sent = Send(_unsent.Front);
            if (sent == 0)
            {
                return;
            }

            _unsent.Skip(sent);
        }
    }

    public void DropUnsent() => _unsent.Clear();

    public void Interest(ReadinessSet set, bool wantBytes)
    {
        // A line that is hung up is always "ready".
        if (!IsHungUp)
        {
            set.Add(_descriptor, wantBytes, HasUnsent);
        }
    }

    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            _ = PosixCalls.Close(_descriptor);
        }
    }

    private int Send(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }

        nint sent = PosixCalls.Write(_descriptor, bytes, (nuint)bytes.Length);
        return sent < 0 ? 0 : (int)sent;
    }
}
