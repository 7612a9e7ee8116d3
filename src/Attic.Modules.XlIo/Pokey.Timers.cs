namespace Attic.Modules.XlIo;

/// <content>The four counters and their clocks.</content>
internal sealed partial class Pokey
{
    // From the cycle in which a counter underflows to its borrow, which reloads it.
    private const int BorrowDelay = 3;

    // From a write to AUDF to the first reload that takes it.
    private const int AudfDelay = 2;

    // From a write to STIMER to the reload of all counters.
    private const int StimerDelay = 4;

    // From a two-tone borrow to the reload of both counters.
    private const int ResyncDelay = 2;

    private const int Period64 = 28;
    private const int Period15 = 114;

    // Initialisation leaves the shift registers behind the clocks 19 and 78 steps into (or before) their period, two cycles before
    // the timers see them.
    private const int First64 = 22;
    private const int First15 = 81;

    private bool IsInitialising => (_s.Skctl & 3) == 0;

    private bool IsTwoTone => (_s.Skctl & 8) != 0;

    private bool IsFast(int channel) => channel == 0 ? (_s.Audctl & 0x40) != 0 : channel == 2 && (_s.Audctl & 0x20) != 0;

    // Whether a channel counts the borrows of the one before it.
    private bool IsLinked(int channel) => channel == 1 ? (_s.Audctl & 0x10) != 0 : channel == 3 && (_s.Audctl & 0x08) != 0;

    // In asynchronous receive mode timers 3 and 4 wait for a start bit.
    private bool IsHeld(int channel) => channel >= 2 && (_s.Skctl & 0x10) != 0 && _s.InRunning == 0;

    private long SlowBase => (_s.Audctl & 1) != 0 ? _s.Slow15 : _s.Slow64;

    private int SlowPeriod => (_s.Audctl & 1) != 0 ? Period15 : Period64;

    // The first tick after a moment.
    private static long TickAfter(long clock, int period, long moment) =>
        moment < clock ? clock : clock + ((((moment - clock) / period) + 1) * period);

    // Ticks after one moment, up to and with another.
    private static long TicksBetween(long clock, int period, long from, long to) =>
        TicksUpTo(clock, period, to) - TicksUpTo(clock, period, from);

    private static long TicksUpTo(long clock, int period, long moment) => moment < clock ? 0 : ((moment - clock) / period) + 1;

    // Starts a counter's way down from a value.
    private void Count(int channel, int value, long from)
    {
        _s.Counter[channel] = (byte)value;
        _s.Underflow[channel] =
            IsHeld(channel) || IsLinked(channel) ? Never
            : IsFast(channel) ? from + value + 1
            : SlowBase == Never ? Never
            : TickAfter(SlowBase, SlowPeriod, from) + ((long)value * SlowPeriod);
    }

    // The value that a counter has reached.
    private int Counted(int channel, long now)
    {
        long underflow = _s.Underflow[channel];
        if (underflow == Never || IsLinked(channel))
        {
            return _s.Counter[channel];
        }

        long left = IsFast(channel) ? underflow - now : TicksBetween(SlowBase, SlowPeriod, now, underflow);
        return (int)(left - 1) & 0xFF;
    }

    // Changes what the clocks depend on: counters keep their values, borrows under way stay.
    private void Reclock(long now, byte audctl, byte skctl)
    {
        Span<byte> values = stackalloc byte[4];
        for (int channel = 0; channel < 4; channel++)
        {
            values[channel] = (byte)Counted(channel, now);
        }

        bool halted = (skctl & 3) == 0;
        if (halted)
        {
            (_s.Slow64, _s.Slow15) = (Never, Never);
        }
        else if (_s.Slow64 == Never)
        {
            (_s.Slow64, _s.Slow15) = (now + First64, now + First15);
        }

        (_s.Audctl, _s.Skctl) = (audctl, skctl);
        for (int channel = 0; channel < 4; channel++)
        {
            if (_s.Underflow[channel] > now || _s.Underflow[channel] == Never)
            {
                Count(channel, values[channel], now);
            }
        }
    }

    private byte AudfAt(int channel, long now) => now >= _s.AudfSince[channel] ? _s.Audf[channel] : _s.AudfBefore[channel];

    private void Reload(int channel, long now) => Count(channel, AudfAt(channel, now), now);

    private void WriteAudf(int channel, byte value, long now)
    {
        _s.AudfBefore[channel] = AudfAt(channel, now);
        (_s.Audf[channel], _s.AudfSince[channel]) = (value, now + AudfDelay);
    }

    // Borrows under way are lost.
    private void RestartTimers(long now)
    {
        _s.Restart = Never;
        for (int channel = 0; channel < 4; channel++)
        {
            Reload(channel, now);
            _s.Output[channel] = 0;
        }

        ShowLevel(now);
    }

    private void Borrow(int channel, long now)
    {
        if ((channel & 1) == 0 && IsLinked(channel + 1))
        {
            Count(channel, 0xFF, now - BorrowDelay);
            ClockUpper(channel + 1, now);
        }
        else if (IsLinked(channel))
        {
            Reload(channel - 1, now);
            Reload(channel, now);
        }
        else
        {
            Reload(channel, now);
        }

        ShiftOutput(channel, now);
        OnBorrow(channel, now);
    }

    private void ClockUpper(int channel, long now)
    {
        if (_s.Underflow[channel] != Never || IsHeld(channel))
        {
            return;
        }

        if (_s.Counter[channel]-- == 0)
        {
            _s.Underflow[channel] = now;
        }
    }

    private void OnBorrow(int channel, long now)
    {
        switch (channel)
        {
            case 0:
                Raise(0x01, now);
                BeginResync(OutputLine, now);
                break;
            case 1:
                Raise(0x02, now);
                BeginResync(true, now);
                AwaitOutput(1, now);
                break;
            case 2:
                break;
            default:
                Raise(0x04, now);
                AwaitOutput(3, now);
                ClockInput(now);
                break;
        }
    }

    // Two-tone: timer 2, and timer 1 while the line is high, begin both anew.
    private void BeginResync(bool wanted, long now)
    {
        if (wanted && IsTwoTone)
        {
            _s.Resync = Math.Min(_s.Resync, now + ResyncDelay);
        }
    }

    private void ResyncTimers(long now)
    {
        _s.Resync = Never;
        Reload(0, now);
        Reload(1, now);
    }
}
