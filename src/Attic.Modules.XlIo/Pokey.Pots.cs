using Attic.Abi.Time;

namespace Attic.Modules.XlIo;

/// <content>The pot scan: capacitors charge, a counter runs, each line that reaches its threshold keeps the count.</content>
internal sealed partial class Pokey
{
    private const byte PotMaximum = 228;
    private const int FastMaximum = 229;

    // From POTGO to the first count.
    private const int PotDelay = 2;

    private bool IsFastScan => (_s.Skctl & 4) != 0;

    /// <inheritdoc/>
    public void SetPot(int paddle, int level, MasterCycles at)
    {
        long now = Cycle(at);
        Advance(now);
        LatchPots(now);
        _s.PotLevel[paddle & 7] = (byte)Math.Clamp(level, 0, PotMaximum);
    }

    private void StartPots(long now)
    {
        (_s.PotScan, _s.PotSince) = (1, now);
        _s.Allpot = 0xFF;
    }

    private long PotCount(long now)
    {
        if (now < _s.PotSince + PotDelay)
        {
            return 0;
        }

        return IsFastScan ? now - _s.PotSince - PotDelay
            : _s.Slow15 == Never ? 0
            : TicksBetween(_s.Slow15, Period15, _s.PotSince + PotDelay, now);
    }

    // What a line needs in machine cycles doesn't depend on how fast the counter runs.
    private long Threshold(int pot) => IsFastScan ? _s.PotLevel[pot] * (long)Period15 : _s.PotLevel[pot];

    private void LatchPots(long now)
    {
        if (_s.PotScan == 0)
        {
            return;
        }

        int maximum = IsFastScan ? FastMaximum : PotMaximum;
        long count = PotCount(now);
        for (int pot = 0; pot < 8; pot++)
        {
            if ((_s.Allpot >> pot & 1) == 0)
            {
                continue;
            }

            long threshold = Math.Min(Threshold(pot), maximum);
            _s.PotLatch[pot] = (byte)Math.Min(count, threshold);
            if (count >= threshold)
            {
                _s.Allpot &= (byte)~(1 << pot);
            }
        }

        _s.PotScan = (byte)(count >= maximum ? 0 : 1);
    }

    private byte Pot(int pot, long now)
    {
        LatchPots(now);
        byte value = _s.PotLatch[pot];
        bool counts = _s.PotScan != 0 && (_s.Allpot >> pot & 1) != 0;

        // A count read while it changes is the AND of both.
        return counts && value > 0 && PotCount(now - 1) != PotCount(now) ? (byte)(value & (value - 1)) : value;
    }

    private byte AllPots(long now)
    {
        LatchPots(now);
        return _s.Allpot;
    }
}
