namespace Attic.Tests;

/// <summary>Counts what code allocates.</summary>
internal static class Allocation
{
    private const int Attempts = 5;

    /// <summary>Bytes that <paramref name="work"/> allocates on this thread: the least of several runs after a first one.</summary>
    /// <remarks>
    /// One run can show bytes that nobody asked for: a collection that another thread causes closes this thread's
    /// allocation buffer and counts its unused rest.
    /// </remarks>
    public static long Of(Action work)
    {
        work();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
