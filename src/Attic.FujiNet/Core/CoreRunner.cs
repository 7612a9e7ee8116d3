namespace Attic.FujiNet.Core;

/// <summary>Runs a core on the calling thread: tick, then wait until something is ready.</summary>
public sealed class CoreRunner
{
    /// <summary>Longest wait between two ticks: what is due by time alone happens at most this much late.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    private readonly FujinetCore _core;
    private readonly IReadinessWaiter _waiter;

    /// <summary>A runner.</summary>
    /// <param name="core">The core.</param>
    /// <param name="waiter">How the platform waits.</param>
    public CoreRunner(FujinetCore core, IReadinessWaiter waiter)
    {
        _core = core;
        _waiter = waiter;
    }

    /// <summary>Runs until it is told to stop, or a program asks for a restart or the end.</summary>
    /// <param name="stop">Ends it.</param>
    public void Run(CancellationToken stop)
    {
        using var wake = stop.Register(_waiter.Wake);
        var set = new ReadinessSet();
        while (!stop.IsCancellationRequested && !_core.RestartRequested && !_core.StopRequested)
        {
            if (_core.Tick())
            {
                continue;
            }

            set.Clear();
            _core.Interest(set);
            if (!set.IsReady)
            {
                _waiter.Wait(set, LongestWait);
            }
        }
    }
}
