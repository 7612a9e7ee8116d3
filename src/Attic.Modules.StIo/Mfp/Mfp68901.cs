using System.Numerics;
using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.StIo.Mfp;

/// <summary>
/// Motorola MC68901 multi-function peripheral: eight pins with edge interrupts, an interrupt controller of sixteen
/// channels, four timers and a USART.
/// </summary>
/// <remarks>
/// <para>Pins on the ST: registers on the bus's lower half at 0xFFFA01, 03 … 2F; IRQ to GLUE (level 6); IEI grounded.
/// I0 Centronics BUSY, I1 DCD, I2 CTS, I3 blitter, I4 both ACIAs, I5 disk, I6 RI, I7 monochrome detect. TAI is tied to
/// I0, TBI to GLUE's display enable; TDO clocks transmitter and receiver (TC, RC).</para>
/// <para>Timing: timers count a crystal of 2.4576 MHz of their own. A timer started between two of its edges takes its
/// first step with the next edge. IRQ follows its cause by four processor cycles (16 master cycles; measured by owners),
/// and goes away at once. The chip wakes only for events that can lower IRQ, and for the USART; everything else is
/// worked out when someone looks.</para>
/// <para>Interrupts: a channel whose IER bit is 0 keeps no memory. IRQ is low while a pending, unmasked channel stands
/// above all channels in service; in automatic end-of-interrupt mode (VR bit 3 = 0) none are.</para>
/// <para>In pulse width mode a timer counts while its input has the level that AER names for I4 (timer A) or I3 (B), and
/// the input's return takes over the pin's interrupt channel.</para>
/// <para>Sources: Motorola MC68901 data sheet; Atari ST hardware register listing and schematics.</para>
/// <para>Not modelled: the indeterminate time-out after a write to a data register in the very tick of its reload; a
/// timer stopped in that tick (it is reloaded here); the daisy chain pins; breaks on the USART's line; DMA handshakes
/// RR and TR, which the ST leaves open.</para>
/// </remarks>
public sealed partial class Mfp68901 : IChip, IWordDevice, IVectorSource, IDeadlineHandler, IRegisterSource, ISerialPort
{
    private const long CrystalHertz = 2_457_600;
    private const int InterruptDelay = 16;
    private const int SoftwareEndOfInterrupt = 8;
    private const int PinA = 4;
    private const int PinB = 3;
    private const int TimerA = 0;
    private const int TimerB = 1;
    private const int TimerC = 2;
    private const int TimerD = 3;
    private const long Never = long.MaxValue;

    private static readonly string[] PinWires =
    [
        StPins.CentronicsBusy, StPins.CarrierDetect, StPins.ClearToSend, StPins.BlitterInterrupt,
        StPins.AciaInterrupt, StPins.DiskInterrupt, StPins.RingIndicator, StPins.MonochromeDetect,
    ];

    private readonly DeadlineSlots _deadlines;
    private readonly ClockCrossing _crystal;
    private readonly Wire _interrupt;
    private readonly Wire[] _pins;
    private readonly Wire _displayEnable;
    private readonly int _slot;
    private readonly int _interruptDriver;
    private MfpState _state;

    /// <summary>A chip on the board's wires, reset.</summary>
    public Mfp68901(ChipContext context)
    {
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim("mfp", this);
        _crystal = new(context.Configuration.MasterClock, ClockRate.Hertz(CrystalHertz));
        _interrupt = context.Wiring.Wire(StPins.MfpInterrupt);
        _interruptDriver = _interrupt.AddDriver();
        _pins = [.. PinWires.Select(context.Wiring.Wire)];
        for (int pin = 0; pin < _pins.Length; pin++)
        {
            _pins[pin].Connect(new PinInput(this, pin));
        }

        _displayEnable = context.Wiring.Wire(StPins.DisplayEnable);
        _pins[0].Connect(new TimerInput(this, TimerA));
        _displayEnable.Connect(new TimerInput(this, TimerB));
        Clear();
    }

    /// <inheritdoc/>
    public string Name => "mfp";

    private bool IsAutomaticEndOfInterrupt => (_state.Vector & SoftwareEndOfInterrupt) == 0;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            Clear();
        }

        // The data sheet excepts the timers' and the USART's data registers.
        Advance(at);
        for (int timer = 0; timer < 4; timer++)
        {
            _state.Timers[timer].SetMode(0);
            _state.Timers[timer].Output = 0;
        }

        (_state.Enabled, _state.Pending, _state.InService, _state.Mask) = (0, 0, 0, 0);
        (_state.Latch, _state.ActiveEdge, _state.Direction, _state.Vector) = (0, 0, 0, 0);
        ResetUsart();
        _state.Inputs = ReadPins();
        _state.Edges = (byte)(Pins() ^ _state.ActiveEdge);
        (_state.InterruptLow, _state.InterruptDue) = (0, Never);
        _interrupt.Drive(_interruptDriver, true, at);
        Schedule();
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        Advance(now);
        Schedule();
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at) => CatchUp(at);

    /// <inheritdoc/>
    public int Acknowledge(MasterCycles at)
    {
        Advance(at);
        int requests = Requests();
        if (requests == 0)
        {
            Schedule();
            return -1;
        }

        int channel = BitOperations.Log2((uint)requests);
        _state.Pending &= (ushort)~(1 << channel);
        if (!IsAutomaticEndOfInterrupt)
        {
            _state.InService |= (ushort)(1 << channel);
        }

        UpdateRequest(at.Count);
        Settle(at);
        return (_state.Vector & 0xF0) | channel;
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _state);
        _state.Now = Math.Max(0, _state.Now);
        for (int timer = 0; timer < 4; timer++)
        {
            _state.Timers[timer].Confine(_crystal.TicksAt(new(_state.Now)));
        }

        (_state.TransmitLeft, _state.ReceiveLeft) = (Math.Max(0, _state.TransmitLeft), Math.Max(0, _state.ReceiveLeft));
        _state.Line.Confine();
    }

    private void Clear()
    {
        _state = default;
        _state.InterruptDue = Never;
        for (int timer = 0; timer < 4; timer++)
        {
            _state.Timers[timer].SetData(0);
        }

        _state.Inputs = ReadPins();
        ResetUsart();
    }

    // Brings timers and USART to the present; IRQ falls if its time came meanwhile.
    private void Advance(MasterCycles at)
    {
        if (at.Count < _state.Now)
        {
            return;
        }

        _state.Now = at.Count;
        long tick = _crystal.TicksAt(at);
        for (int timer = 0; timer < 4; timer++)
        {
            long period = _state.Timers[timer].Period;
            long timeOuts = _state.Timers[timer].Advance(tick, out long first);
            if (timeOuts == 0)
            {
                continue;
            }

            Signal(MfpChannels.OfTimer[timer], first);
            if (timer == TimerD && (_state.TransmitLeft | _state.ReceiveLeft) != 0)
            {
                ClockUsart(timeOuts, first, period);
            }
        }

        LowerInterruptWhenDue(at);
    }

    // An event on a channel at a tick of the crystal.
    private void Signal(int channel, long tick)
    {
        if (((_state.Enabled >> channel) & 1) != 0)
        {
            Signal(channel, _crystal.MomentOf(tick));
        }
    }

    private void Signal(int channel, MasterCycles at)
    {
        int bit = 1 << channel;
        if ((_state.Enabled & bit) != 0 && (_state.Pending & bit) == 0)
        {
            _state.Pending |= (ushort)bit;
            UpdateRequest(at.Count);
        }
    }

    // Pending, unmasked, and above everything that is in service.
    private int Requests() => _state.Pending & _state.Mask & Unblocked();

    private int Unblocked() => _state.InService == 0 ? 0xFFFF : -2 << BitOperations.Log2(_state.InService);

    private void UpdateRequest(long at)
    {
        if (Requests() == 0)
        {
            _state.InterruptDue = Never;
            if (_state.InterruptLow != 0)
            {
                _state.InterruptLow = 0;
                _interrupt.Drive(_interruptDriver, true, new(at));
            }
        }
        else if (_state.InterruptLow == 0)
        {
            // Channels may be brought up to date out of order: the earliest cause counts.
            _state.InterruptDue = Math.Min(_state.InterruptDue, at + InterruptDelay);
        }
    }

    private void LowerInterruptWhenDue(MasterCycles at)
    {
        if (_state.InterruptDue <= at.Count)
        {
            _state.InterruptDue = Never;
            _state.InterruptLow = 1;
            _interrupt.Drive(_interruptDriver, false, at);
        }
    }

    private void Settle(MasterCycles at)
    {
        LowerInterruptWhenDue(at);
        Schedule();
    }

    private void Schedule()
    {
        long tick = Never;
        int wanted = _state.Enabled & _state.Mask & ~_state.Pending & Unblocked();
        if (_state.InterruptLow == 0)
        {
            for (int timer = 0; timer < 4; timer++)
            {
                if (((wanted >> MfpChannels.OfTimer[timer]) & 1) != 0 && _state.Timers[timer].IsCounting)
                {
                    tick = Math.Min(tick, _state.Timers[timer].NextTimeOut);
                }
            }
        }

        if ((_state.TransmitLeft | _state.ReceiveLeft) != 0 && _state.Timers[TimerD].IsCounting)
        {
            tick = Math.Min(tick, NextUsartEvent());
        }

        long due = tick == Never ? Never : Math.Max(_crystal.MomentOf(tick).Count + InterruptDelay, _state.Now);
        _deadlines.Set(_slot, new(Math.Min(due, _state.InterruptDue)));
    }

    private byte ReadPins()
    {
        int levels = 0;
        for (int pin = 0; pin < _pins.Length; pin++)
        {
            levels |= _pins[pin].Level ? 1 << pin : 0;
        }

        return (byte)levels;
    }

    private byte Pins() => (byte)((_state.Inputs & ~_state.Direction) | (_state.Latch & _state.Direction));

    // After any change of pins, AER or DDR.
    private void UpdatePins(MasterCycles at)
    {
        int edges = Pins() ^ _state.ActiveEdge;
        int fallen = _state.Edges & ~edges;
        _state.Edges = (byte)edges;
        fallen &= _state.Timers[TimerA].MeasuresPulses ? ~(1 << PinA) : -1;
        fallen &= _state.Timers[TimerB].MeasuresPulses ? ~(1 << PinB) : -1;
        for (int pin = 0; fallen >> pin != 0; pin++)
        {
            if (((fallen >> pin) & 1) != 0)
            {
                Signal(MfpChannels.OfPin[pin], at);
            }
        }
    }

    private void OnPin(int pin, bool level, MasterCycles at)
    {
        Advance(at);
        at = new(_state.Now);
        _state.Inputs = (byte)(level ? _state.Inputs | (1 << pin) : _state.Inputs & ~(1 << pin));
        UpdatePins(at);
        Settle(at);
    }

    private void OnTimerInput(int timer, bool level, MasterCycles at)
    {
        ref var input = ref _state.Timers[timer];
        if (input.Mode < 8)
        {
            return;
        }

        bool active = level == ActiveLevel(timer);
        if (input.CountsEvents)
        {
            if (active && input.CountEvent())
            {
                Advance(at);
                at = new(_state.Now);
                Signal(MfpChannels.OfTimer[timer], at);
                Settle(at);
            }

            return;
        }

        Advance(at);
        at = new(_state.Now);
        if (input.Gate != 0 && !active)
        {
            Signal(MfpChannels.OfPin[timer == TimerA ? PinA : PinB], at);
        }

        input.Gate = active ? (ushort)1 : (ushort)0;
        Settle(at);
    }

    private bool ActiveLevel(int timer) => ((_state.ActiveEdge >> (timer == TimerA ? PinA : PinB)) & 1) != 0;

    private bool InputLevel(int timer) => timer == TimerA ? _pins[0].Level : _displayEnable.Level;

    private sealed class PinInput(Mfp68901 mfp, int pin) : IWireSink
    {
        public void OnWire(Wire wire, bool level, MasterCycles at) => mfp.OnPin(pin, level, at);
    }

    private sealed class TimerInput(Mfp68901 mfp, int timer) : IWireSink
    {
        public void OnWire(Wire wire, bool level, MasterCycles at) => mfp.OnTimerInput(timer, level, at);
    }
}
