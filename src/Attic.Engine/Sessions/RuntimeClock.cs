using System.Diagnostics;

namespace Attic.Engine.Sessions;

/// <summary>
/// The R-clock (contract R5): monotonic microseconds, anchored to Unix time when the process starts. Everything that
/// happens to the engine rather than inside a machine is stamped with it.
/// </summary>
public static class RuntimeClock
{
    private static readonly long StartedAt = Stopwatch.GetTimestamp();
    private static readonly long Anchor = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The present in microseconds; never falls, fits 53 bits.</summary>
    public static long NowUs => Anchor + (Stopwatch.GetElapsedTime(StartedAt).Ticks / TimeSpan.TicksPerMicrosecond);
}
