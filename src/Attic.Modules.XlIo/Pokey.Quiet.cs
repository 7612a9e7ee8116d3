namespace Attic.Modules.XlIo;

/// <content>
/// Channels that nobody hears and nothing waits for: they are brought forward many borrows at a time, to exactly where they
/// would be.
/// </content>
internal sealed partial class Pokey
{
    // The fifth register's pattern of gates comes again after 31 borrows; in two of them a flip-flop toggles an even number
    // of times.
    private const int TwoPatterns = 2 * PolynomialCounters.Period5;

    // Channels whose borrows somebody notices, bit n for channel n. Follows from the registers.
    private int _loud = 0x0F;

    private void FindLoudChannels()
    {
        _loud = 0;
        for (int channel = 0; channel < 4; channel++)
        {
            _loud |= IsLoud(channel) ? 1 << channel : 0;
        }
    }

    private bool IsLoud(int channel)
    {
        byte control = _s.Audc[channel];
        bool heard = (control & 0x0F) != 0 && (control & 0x10) == 0;
        bool filters = (_s.Audctl & ((channel & 1) == 0 ? 4 : 2)) != 0;
        bool interrupts = (_s.Irqen & channel switch { 0 => 1, 1 => 2, 3 => 4, _ => 0 }) != 0;
        bool serial = OutputClock == channel || (channel < 2 ? IsTwoTone : InputUsesTimer);
        return heard || filters || interrupts || serial || IsLinked(channel | 1);
    }

    private void SettleQuietChannels(long until)
    {
        for (int channel = 0; channel < 4; channel++)
        {
            if ((_loud & (1 << channel)) == 0)
            {
                Settle(channel, until);
            }
        }
    }

    private void Settle(int channel, long until)
    {
        while (_s.Underflow[channel] != Never && _s.Underflow[channel] + BorrowDelay <= until)
        {
            // The first borrow alone: it may not lie where the clock is now, or take an older AUDF.
            long borrow = _s.Underflow[channel] + BorrowDelay;
            Reload(channel, borrow);
            ClockFlipFlop(channel, borrow);
            long next = _s.Underflow[channel] + BorrowDelay;
            if (_s.Underflow[channel] == Never || borrow < _s.AudfSince[channel] || next > until)
            {
                continue;
            }

            int period = IsFast(channel) ? _s.Audf[channel] + 1 + BorrowDelay : (_s.Audf[channel] + 1) * SlowPeriod;
            long borrows = ((until - next) / period) + 1;
            _s.Underflow[channel] += borrows * period;
            ClockFlipFlop(channel, next, period, borrows);
        }
    }

    // What a row of borrows does to a channel's flip-flop.
    private void ClockFlipFlop(int channel, long first, int period, long borrows)
    {
        byte control = _s.Audc[channel];
        if ((control & 0x20) == 0)
        {
            // Noise: only the last borrow that a gate let through counts.
            long last = first + ((borrows - 1) * period);
            for (long back = 0; back < Math.Min(borrows, PolynomialCounters.Period5); back++)
            {
                if (ClockFlipFlop(channel, last - (back * period)))
                {
                    break;
                }
            }

            return;
        }

        for (long index = 0; index < borrows % TwoPatterns; index++)
        {
            ClockFlipFlop(channel, first + (index * period));
        }
    }
}
