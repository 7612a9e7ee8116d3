using Attic.Abi.Time;

namespace Attic.Engine.Sessions;

/// <summary>
/// The E-clock (contract R5): microseconds of emulated time, from the machine's master cycles and the crystal's exact
/// rate. Rebased whenever the machine's cycle count jumps, so that it never goes backwards. Machine thread only.
/// </summary>
internal sealed class EmulatedClock(ClockRate rate)
{
    private long _emitted;

    /// <summary>What the E-clock reads at master cycle 0.</summary>
    public long OriginUs { get; private set; }

    /// <summary>The last stamp given out.</summary>
    public long LastEmittedUs => _emitted;

    /// <summary>Stamps that would have gone backwards; stays 0 unless a machine's clock misbehaves.</summary>
    public long Regressions { get; private set; }

    /// <summary>The stamp of <paramref name="now"/>.</summary>
    public long Stamp(MasterCycles now)
    {
        long stamp = OriginUs + rate.MicrosecondsOf(now.Count);
        if (stamp < _emitted)
        {
            Regressions++;
            return _emitted;
        }

        _emitted = stamp;
        return stamp;
    }

    /// <summary>Makes <paramref name="now"/> read <paramref name="stampUs"/>, or the last stamp if that is later.</summary>
    public void Rebase(MasterCycles now, long stampUs) =>
        OriginUs = Math.Max(stampUs, _emitted) - rate.MicrosecondsOf(now.Count);
}
