using System.Collections.Concurrent;

namespace Attic.FujiNet.Core;

/// <summary>
/// Brings work from other threads, and what follows an <c>await</c> in a device, onto the core's thread, where it runs in the
/// next tick.
/// </summary>
public sealed class CoreContext : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly IWakeup? _wakeup;

    /// <summary>A context with an empty queue.</summary>
    /// <param name="wakeup">Woken when there is work.</param>
    public CoreContext(IWakeup? wakeup = null)
    {
        _wakeup = wakeup;
    }

    /// <summary>Whether there is work for the next tick.</summary>
    public bool HasWork => !_queue.IsEmpty;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        _queue.Enqueue((d, state));
        _wakeup?.Wake();
    }

    /// <inheritdoc/>
    /// <remarks>Only from the core's own thread: nothing may wait for the core.</remarks>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (Current != this)
        {
            throw new NotSupportedException("Nothing waits for the core: use Post.");
        }

        d(state);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs what is queued, except what is added meanwhile.</summary>
    internal void Drain()
    {
        for (int left = _queue.Count; left > 0 && _queue.TryDequeue(out var work); left--)
        {
            work.Callback(work.State);
        }
    }
}
