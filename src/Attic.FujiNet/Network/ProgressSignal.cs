using Attic.FujiNet.Core;

namespace Attic.FujiNet.Network;

/// <summary>Tells those that wait for a session that something happened in it. Set from any thread, waited for on the core's.</summary>
internal sealed class ProgressSignal
{
    private readonly Lock _lock = new();
    private readonly IWakeup? _wakeup;
    private TaskCompletionSource? _waiting;

    public ProgressSignal(IWakeup? wakeup)
    {
        _wakeup = wakeup;
    }

    /// <summary>Counts what happened. Take it before looking, and wait for it to change.</summary>
    public int Version { get; private set; }

    public void Set()
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            Version++;
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.TrySetResult();
        _wakeup?.Wake();
    }

    /// <summary>Waits until something happened since a version, or the time is over.</summary>
    /// <returns>Whether something happened.</returns>
    public async ValueTask<bool> WaitAsync(int seen, TimeSpan limit, TimeProvider time)
    {
        Task happened;
        lock (_lock)
        {
            if (Version != seen)
            {
                return true;
            }

            _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            happened = _waiting.Task;
        }

        using var stop = new CancellationTokenSource();
        bool first = await Task.WhenAny(happened, Task.Delay(limit, time, stop.Token)) == happened;
        await stop.CancelAsync();
        return first;
    }
}
