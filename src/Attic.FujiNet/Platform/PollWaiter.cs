using Attic.FujiNet.Core;

namespace Attic.FujiNet.Platform;

/// <summary>Waits with <c>poll(2)</c>; a pipe ends the wait from other threads.</summary>
internal sealed class PollWaiter : IReadinessWaiter
{
    private readonly int _wakeRead;
    private readonly int _wakeWrite;
    private PosixCalls.PollEntry[] _entries = new PosixCalls.PollEntry[8];
    private int _woken;
    private bool _disposed;

    public PollWaiter()
    {
        Span<int> ends = stackalloc int[2];
        if (PosixCalls.Pipe(ends) != 0)
        {
            throw PosixCalls.Error("No pipe could be made");
        }

        (_wakeRead, _wakeWrite) = (ends[0], ends[1]);
        PosixCalls.MakeNonBlocking(_wakeRead);
        PosixCalls.MakeNonBlocking(_wakeWrite);
    }

    public void Wake()
    {
        // One byte is enough for any number of calls.
        if (Interlocked.Exchange(ref _woken, 1) == 0 && !Volatile.Read(ref _disposed))
        {
            _ = PosixCalls.Write(_wakeWrite, [1], 1);
        }
    }

    public void Wait(ReadinessSet set, TimeSpan limit)
    {
        int count = set.Entries.Count + 1;
        if (_entries.Length < count)
        {
            _entries = new PosixCalls.PollEntry[2 * count];
        }

        _entries[0] = new() { Descriptor = _wakeRead, Events = PosixCalls.PollIn };
        for (int index = 1; index < count; index++)
        {
            var (handle, read, write) = set.Entries[index - 1];
            short events = (short)((read ? PosixCalls.PollIn : 0) | (write ? PosixCalls.PollOut : 0));
            _entries[index] = new() { Descriptor = handle, Events = events };
        }

        _ = PosixCalls.Poll(_entries, (nuint)count, (int)Math.Ceiling(limit.TotalMilliseconds));
        if (_entries[0].Returned != 0)
        {
            // Whoever wakes from here on writes again; if that byte is drained as well, the tick that follows sees what it was for.
            Volatile.Write(ref _woken, 0);
            Span<byte> drained = stackalloc byte[16];
            _ = PosixCalls.Read(_wakeRead, drained, (nuint)drained.Length);
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _disposed, value: true);
        _ = PosixCalls.Close(_wakeRead);
        _ = PosixCalls.Close(_wakeWrite);
    }
}
