using Attic.FujiNet.Core;

namespace Attic.FujiNet.Platform;

/// <summary>Waits a millisecond, where the system offers no way to wait on descriptors of all kinds.</summary>
internal sealed class TimedWaiter : IReadinessWaiter
{
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(1);

    private readonly SemaphoreSlim _woken = new(0);

    public void Wake() => _woken.Release();

    public void Wait(ReadinessSet set, TimeSpan limit)
    {
        if (_woken.Wait(set.Entries.Count > 0 && s_turn < limit ? s_turn : limit))
        {
            while (_woken.Wait(TimeSpan.Zero))
            {
                // All wakes before now are this one.
            }
        }
    }

    public void Dispose() => _woken.Dispose();
}
