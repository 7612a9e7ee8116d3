using System.Collections.Concurrent;
using Attic.Engine.Errors;

namespace Attic.Engine.Sessions;

/// <summary>
/// Work for a machine's thread, done between two of its instructions, in the order it came in. Bounded; closed when the
/// session ends. Looking into an empty box costs the machine one read.
/// </summary>
internal sealed class Mailbox : IDisposable
{
    private const int Capacity = 512;

    private readonly ConcurrentQueue<Action<Exception?>> _work = new();
    private readonly ManualResetEventSlim _arrived = new(false, spinCount: 0);
    private int _count;
    private volatile Exception? _closed;

    /// <summary>Has <paramref name="work"/> done on the machine's thread.</summary>
    /// <returns>Its result; failures are those of the work.</returns>
    /// <exception cref="EngineException"><c>CONFLICT</c> (retryable) when the box is full.</exception>
    public Task<T> Ask<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.Increment(ref _count) > Capacity)
        {
            Interlocked.Decrement(ref _count);
            throw new EngineException(
                ErrorCode.Conflict, "The session has too many requests waiting; try again.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["remediation"] = "retry" }, retryable: true);
        }

        _work.Enqueue(refusal => Complete(done, work, refusal));
        _arrived.Set();
        if (_closed is { } closed)
        {
            RefuseAll(closed);
        }

        return done.Task;
    }

    /// <summary>Does all that is waiting. Machine thread.</summary>
    public void RunAll()
    {
        while (_work.TryDequeue(out var work))
        {
            Interlocked.Decrement(ref _count);
            work(null);
        }
    }

    /// <summary>Waits until something arrives. Machine thread.</summary>
    /// <param name="milliseconds">At most so long; -1 for ever.</param>
    public void Wait(int milliseconds)
    {
        _arrived.Wait(milliseconds);
        _arrived.Reset();
    }

    /// <summary>Refuses what is waiting and what is still to come.</summary>
    public void Close(Exception reason)
    {
        _closed = reason;
        RefuseAll(reason);
    }

    /// <inheritdoc/>
    public void Dispose() => _arrived.Dispose();

    private void RefuseAll(Exception reason)
    {
        while (_work.TryDequeue(out var work))
        {
            Interlocked.Decrement(ref _count);
            work(reason);
        }
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work, Exception? refusal)
    {
        if (refusal is not null)
        {
            done.SetException(refusal);
            return;
        }

        try
        {
            done.SetResult(work());
        }
        catch (Exception failure)
        {
            // Handed to whoever asked: the machine's thread goes on.
            done.SetException(failure);
        }
    }
}
