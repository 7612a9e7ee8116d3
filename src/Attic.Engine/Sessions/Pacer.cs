using System.Diagnostics;
using Attic.Abi.Time;

namespace Attic.Engine.Sessions;

/// <summary>
/// Holds a machine to real time by an absolute schedule: each moment of the machine has one due time on the host's
/// monotonic clock, so rounding and late wake-ups never add up. A host that fell far behind (asleep, stopped in a
/// debugger) gets a new anchor instead of a burst.
/// </summary>
internal sealed class Pacer(ClockRate rate)
{
    private const long MaximumLagMs = 250;

    private long _anchorTimestamp = Stopwatch.GetTimestamp();
    private MasterCycles _anchor;
    private double _ratio = 1;

    /// <summary>How often the schedule was given up because the host was too late.</summary>
    public long Reanchored { get; private set; }

    /// <summary>Starts a new schedule: <paramref name="now"/> is due now.</summary>
    /// <param name="now">The machine's present.</param>
    /// <param name="ratio">Emulated seconds per host second, above 0, up to 1.</param>
    public void Anchor(MasterCycles now, double ratio)
    {
        _anchorTimestamp = Stopwatch.GetTimestamp();
        (_anchor, _ratio) = (now, ratio);
    }

    /// <summary>Milliseconds until <paramref name="now"/> is due, rounded; 0 when it is due or late.</summary>
    public int MillisecondsUntil(MasterCycles now)
    {
        double emulatedMs = rate.MicrosecondsOf((now - _anchor).Count) / 1000.0;
        double hostMs = Stopwatch.GetElapsedTime(_anchorTimestamp).TotalMilliseconds;
        double wait = (emulatedMs / _ratio) - hostMs;
        if (wait < -MaximumLagMs)
        {
            Reanchored++;
            Anchor(now, _ratio);
            return 0;
        }

        return wait < 0.5 ? 0 : (int)Math.Min(Math.Round(wait), 1000);
    }
}
