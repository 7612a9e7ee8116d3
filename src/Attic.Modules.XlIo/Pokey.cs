using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlIo;

/// <summary>
/// POKEY (C012294): four timers with sound, interrupts, random numbers, keyboard scan, pots, and the serial port.
/// </summary>
/// <remarks>
/// <para>Pins on the XL: $D200–$D2FF on the bus (sixteen registers, mirrored); IRQ; K0–K5 with KR1 and KR2 to the keyboard;
/// P0–P7 to the paddles (four on an XL); SID, SOD, BCLK, OCLK to the serial bus; AUD.</para>
/// <para>Timing: a counter that underflows reloads three cycles later, when its borrow goes out; so 1.79 MHz timers have a
/// period of AUDF + 4, linked ones AUDF16 + 7, slow ones AUDF + 1 ticks. A serial bit takes two periods of its timer.
/// The 64 and 15 kHz clocks are shift registers of 28 and 114 cycles that initialisation (SKCTL bits 0–1 clear) halts.</para>
/// <para>The chip is late, never wrong: it walks from borrow to borrow when a register is touched, when an interrupt or a
/// bit is due, and at the end of a frame.</para>
/// <para>Sources: C012294 data sheet (Atari, 1982); Atari Hardware Manual, part III; A. Lee, "Altirra Hardware Reference Manual",
/// chapter 5; the conditions that Acid800 checks.</para>
/// <para>Not modelled: an external serial clock (nothing drives it), phantom keys of three and more held together, the
/// unequal weights of the volume bits.</para>
/// </remarks>
internal sealed partial class Pokey : IChip, IByteDevice, IDeadlineHandler, IWireSink, ISioHost, IXlKeyboard, IRegisterSource, IActivity
{
    /// <summary>A moment that doesn't come.</summary>
    public const long Never = long.MaxValue;

    private readonly DeadlineSlots _deadlines;
    private readonly int _slot;
    private readonly Wire _irq;
    private readonly int _irqDriver;
    private readonly SioBus _sio;
    private PokeyState _s;

    public Pokey(XlChipContext context)
    {
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim(Name, this);
        _irq = context.Wiring.Wire(XlPins.Irq);
        _irqDriver = _irq.AddDriver();
        context.Wiring.Wire(XlPins.Speaker).Connect(this);
        _sio = context.Sio;
        _sio.Connect(this);
        _audio = context.Audio;
        _samplesPerCycle = SamplesPerCycle(context.Configuration.MasterClock, _audio.SampleRate);
        Clear(0);
    }

    /// <inheritdoc/>
    public string Name => "pokey";

    /// <inheritdoc/>
    public long Disk => _s.SerialBytes;

    /// <inheritdoc/>
    public long Sound => _s.AudibleChanges;

    /// <inheritdoc/>
    public long Keys => _s.KeysSeen;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        // POKEY has no reset input: the RESET key leaves it as it is.
        if (kind == ResetKind.Cold)
        {
            Clear(Cycle(at));
            Schedule();
        }
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        Advance(Cycle(now));
        SettleQuietChannels(_s.Now);
        MakeSound(_s.Now);
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at)
    {
        Advance(Cycle(at));
        Schedule();
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _s);
        Confine();
        FindLoudChannels();
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        for (int channel = 0; channel < 4; channel++)
        {
            registers.Add(new(Name, $"AUDF{channel + 1}", _s.Audf[channel], 8));
            registers.Add(new(Name, $"AUDC{channel + 1}", _s.Audc[channel], 8));
        }

        registers.Add(new(Name, "AUDCTL", _s.Audctl, 8));
        registers.Add(new(Name, "KBCODE", _s.Kbcode, 8));
        registers.Add(new(Name, "SERIN", _s.Serin, 8));
        registers.Add(new(Name, "SEROUT", _s.Serout, 8));
        registers.Add(new(Name, "IRQEN", _s.Irqen, 8));
        registers.Add(new(Name, "IRQST", _s.Irqst, 8));
        registers.Add(new(Name, "SKCTL", _s.Skctl, 8));
        registers.Add(new(Name, "SKSTAT", Skstat(_s.Now), 8));
        registers.Add(new(Name, "ALLPOT", _s.Allpot, 8));
    }

    private static long Cycle(MasterCycles at) => at.Count / Scanline.MasterPerCycle;

    private static MasterCycles At(long cycle) => new(cycle * Scanline.MasterPerCycle);

    // Power-on: initialisation mode, all outputs quiet.
    private void Clear(long now)
    {
        _s = default;
        (_s.Now, _s.SoundAt, _s.PolySince, _s.PotSince, _s.PolyHalted) = (now, now, now, now, HaltDelay);
        ((Span<long>)_s.Underflow).Fill(Never);
        (_s.Resync, _s.Restart, _s.OutTick, _s.KeyTick) = (Never, Never, Never, Never);
        (_s.Slow64, _s.Slow15) = (Never, Never);
        (_s.Irqst, _s.Errors, _s.Kbcode, _s.OutLine) = (0xFF, 0xE0, 0xFF, 1);
        ((Span<byte>)_s.PotLevel).Fill(PotMaximum);
        ((Span<byte>)_s.PotLatch).Fill(PotMaximum);
        (_s.InLine, _s.Spare0, _s.Spare1) = (0x3FF, 0, 0);
        FindLoudChannels();
    }

    // Brings what a loaded state says into the range that the code relies on.
    private void Confine()
    {
        _s.StepHead = Math.Clamp(_s.StepHead, 0, 3 * StepKernel.Taps);
        _s.InBitCycles = Math.Max(1, _s.InBitCycles);
        _s.KeyState &= 3;
        _s.KeyLatch &= 63;
        _s.InBits = Math.Min(_s.InBits, (byte)9);
        _s.OutBits = Math.Min(_s.OutBits, (byte)10);
        (_s.Now, _s.SoundAt) = (Math.Max(0, _s.Now), Math.Clamp(_s.SoundAt, 0, Math.Max(0, _s.Now)));
        _s.PolySince = Math.Clamp(_s.PolySince, 0, _s.Now);
        _s.PolyHalted = Math.Max(_s.PolyHalted, HaltDelay);
    }

    // Lets everything happen that is due up to a cycle, in order; but quiet channels stay behind.
    private void Advance(long cycle)
    {
        while (true)
        {
            long next = Math.Min(NextBorrow(_loud), Math.Min(Math.Min(_s.Resync, _s.KeyTick), Math.Min(_s.Restart, _s.OutTick)));
            if (next > cycle)
            {
                break;
            }

            _s.Now = next;
            Act(next);
        }

        _s.Now = Math.Max(_s.Now, cycle);
    }

    private long NextBorrow(int channels)
    {
        long underflow = Never;
        for (int channel = 0; channel < 4; channel++)
        {
            if ((channels & (1 << channel)) != 0)
            {
                underflow = Math.Min(underflow, _s.Underflow[channel]);
            }
        }

        return underflow == Never ? Never : underflow + BorrowDelay;
    }

    private void Act(long now)
    {
        if (_s.Restart == now || _s.Resync == now)
        {
            SettleQuietChannels(now - 1);
        }

        if (_s.Restart == now)
        {
            RestartTimers(now);
        }

        // A reload stops the borrow of its own cycle.
        if (_s.Resync == now)
        {
            ResyncTimers(now);
        }

        long underflow = now - BorrowDelay;
        for (int channel = 0; channel < 4; channel++)
        {
            if ((_loud & (1 << channel)) != 0 && _s.Underflow[channel] == underflow)
            {
                Borrow(channel, now);
            }
        }

        if (_s.OutTick == now)
        {
            ClockOutput(now);
        }

        if (_s.KeyTick == now)
        {
            ScanKey(now);
        }
    }

    // The next moment that the outside can notice.
    private void Schedule()
    {
        int wanted = WantedTimers() & _loud;
        long next = Math.Min(_s.KeyTick, NextBorrow(wanted));
        if (wanted != 0)
        {
            next = Math.Min(next, Math.Min(_s.Resync, Math.Min(_s.Restart, _s.OutTick)));
        }

        _deadlines.Set(_slot, next == Never ? MasterCycles.Never : At(Math.Max(next, _s.Now)));
    }

    // Timers whose borrow raises an interrupt or moves a bit.
    private int WantedTimers()
    {
        int wanted = (_s.Irqen & _s.Irqst) & 1;
        wanted |= (_s.Irqen & _s.Irqst) & 2;
        wanted |= ((_s.Irqen & _s.Irqst) & 4) != 0 ? 8 : 0;
        if (_s.OutBits != 0 || _s.SeroutFull != 0)
        {
            wanted |= OutputClock switch { 1 => 2, 3 => 8, _ => 0 };
        }

        if (_s.InRunning != 0 || _s.InBits != 0 || _s.Now < _s.InSince + (10L * _s.InBitCycles))
        {
            wanted |= 8;
        }

        wanted |= (wanted & 2) != 0 && IsLinked(1) ? 1 : 0;
        wanted |= (wanted & 8) != 0 && IsLinked(3) ? 4 : 0;
        return (wanted & 3) != 0 && IsTwoTone ? wanted | 3 : wanted;
    }
}
