namespace Attic.Modules.StIo.Mfp;

/// <summary>One of the four timers: a prescaler, a down counter and its reload register, brought up to date on demand.</summary>
internal struct MfpTimer
{
    /// <summary>The MFP tick for which the other fields hold.</summary>
    public long Tick;

    /// <summary>The main counter, 1 to 256.</summary>
    public int Counter;

    /// <summary>The data register: what the counter starts from again, 1 to 256.</summary>
    public int Reload;

    /// <summary>Ticks in the prescaler since its last pulse.</summary>
    public int Prescaled;

    /// <summary>Mode: 0 stopped, 1–7 delay, 8 event count, 9–15 pulse width.</summary>
    public byte Mode;

    /// <summary>Level of the output TAO–TDO, which changes at each time-out.</summary>
    public byte Output;

    /// <summary>1 while the input lets a pulse width measurement count.</summary>
    public ushort Gate;

    // MC68901 manual, table of the timer control register.
    private static ReadOnlySpan<byte> Prescalers => [1, 4, 10, 16, 50, 64, 100, 200];

    /// <summary>Whether the crystal moves the counter at present.</summary>
    public readonly bool IsCounting => (Mode & 7) != 0 && (Mode < 8 || Gate != 0);

    /// <summary>Whether the input's edges move the counter.</summary>
    public readonly bool CountsEvents => Mode == 8;

    /// <summary>Whether the input's level starts and stops the counter.</summary>
    public readonly bool MeasuresPulses => Mode > 8;

    /// <summary>Ticks of one counter pulse.</summary>
    public readonly int Prescaler => Prescalers[Mode & 7];

    /// <summary>The tick of the next time-out, if nothing is written; counting only.</summary>
    public readonly long NextTimeOut => Tick + ((long)Counter * Prescaler) - Prescaled;

    /// <summary>Ticks between two time-outs after the next.</summary>
    public readonly long Period => (long)Reload * Prescaler;

    /// <summary>Brings the timer up to <paramref name="tick"/>.</summary>
    /// <param name="tick">The present; not before <see cref="Tick"/>.</param>
    /// <param name="first">The tick of the first time-out, when there was one.</param>
    /// <returns>Time-outs since then.</returns>
    public long Advance(long tick, out long first)
    {
        first = NextTimeOut;
        long elapsed = tick - Tick;
        Tick = tick;
        if (!IsCounting)
        {
            return 0;
        }

        int prescaler = Prescaler;
        long total = Prescaled + elapsed;
        long pulses = total / prescaler;
        Prescaled = (int)(total - (pulses * prescaler));
        if (pulses < Counter)
        {
            Counter -= (int)pulses;
            return 0;
        }

        long beyond = pulses - Counter;
        long timeOuts = 1 + (beyond / Reload);
        Counter = Reload - (int)(beyond % Reload);
        Output ^= (byte)(timeOuts & 1);
        return timeOuts;
    }

    /// <summary>Brings what a loaded state says into the range that the code relies on.</summary>
    /// <param name="present">The machine's present in ticks: no timer is ahead of it.</param>
    public void Confine(long present)
    {
        Tick = Math.Clamp(Tick, 0, present);
        (Counter, Reload) = (Math.Clamp(Counter, 1, 256), Math.Clamp(Reload, 1, 256));
        Mode &= 0x0F;
        Prescaled = Math.Clamp(Prescaled, 0, Prescaler - 1);
    }

    /// <summary>Counts one event.</summary>
    /// <returns>Whether it made a time-out.</returns>
    public bool CountEvent()
    {
        if (--Counter != 0)
        {
            return false;
        }

        Counter = Reload;
        Output ^= 1;
        return true;
    }

    /// <summary>
    /// Changes the mode of a timer that is up to date. Stopping loses what the prescaler held and keeps the counter; another
    /// prescaler takes over what the old one had counted (manual: the first time-out is then indeterminate by 1 to 200 ticks).
    /// </summary>
    public void SetMode(byte mode)
    {
        Prescaled = (mode & 7) == 0 || (Mode & 7) == 0 ? 0 : Math.Min(Prescaled, Prescalers[mode & 7] - 1);
        Mode = mode;
    }

    /// <summary>Writes the data register of a timer that is up to date: a stopped timer takes it into its counter, too.</summary>
    public void SetData(byte value)
    {
        Reload = value == 0 ? 256 : value;
        if (Mode == 0)
        {
            Counter = Reload;
        }
    }
}
