using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;
using Attic.Modules.StIo.Serial;

namespace Attic.Modules.StIo.Acia;

/// <summary>
/// Motorola MC6850 asynchronous communications interface adapter.
/// </summary>
/// <remarks>
/// <para>Pins on the ST: data on the bus's upper half, RS = A1 (control and status at A1 = 0, data at A1 = 1). Transmit and
/// receive clock 500 kHz (64 master cycles); the keyboard divides by 64 to 7812.5 baud, MIDI by 16 to 31,250. IRQ of both
/// chips pulls MFP I4. CTS and DCD are grounded, RTS is open.</para>
/// <para>Timing: the shift register is loaded at the next edge of the bit clock, or when it is free; a character has
/// arrived in the middle of its first stop bit. One of 8 bits without parity lasts ten bits: 1.28 ms at the keyboard.</para>
/// <para>A character that arrives while the last is unread is lost; OVRN shows after that one has been read, and RDRF
/// stays until OVRN has gone. There is no reset pin: only power and the control word 3 reset the chip.</para>
/// <para>Source: Motorola MC6850 data sheet.</para>
/// <para>Not modelled: the phase of the divided clock against the master reset (edges lie at multiples of a bit since
/// power-on); levels on CTS and DCD.</para>
/// </remarks>
public class Acia6850 : IChip, IWordDevice, IDeadlineHandler, IRegisterSource, ISerialLine
{
    private protected const long Never = long.MaxValue;

    private const int ClockCycles = 64;
    private const int MasterReset = 3;
    private const int ReceiveFull = 0x01;
    private const int TransmitEmpty = 0x02;
    private const int FramingError = 0x10;
    private const int Overrun = 0x20;
    private const int ParityError = 0x40;
    private const int InterruptRequest = 0x80;

    // MC6850 data sheet, word select bits CR2–CR4.
    private static readonly SerialFormat[] Formats =
    [
        new(7, Parity.Even, 2), new(7, Parity.Odd, 2), new(7, Parity.Even, 1), new(7, Parity.Odd, 1),
        new(8, Parity.None, 2), new(8, Parity.None, 1), new(8, Parity.Even, 1), new(8, Parity.Odd, 1),
    ];

    private readonly DeadlineSlots _deadlines;
    private readonly Wire _interrupt;
    private readonly int _slot;
    private readonly int _driver;
    private ISerialLine? _line;
    private AciaState _state;

    /// <summary>A chip on the board's interrupt wire, at power-on.</summary>
    /// <param name="context">The board.</param>
    /// <param name="name">The chip's name and that of its deadline slot.</param>
    public Acia6850(ChipContext context, string name)
    {
        Name = name;
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim(name, this);
        _interrupt = context.Wiring.Wire(StPins.AciaInterrupt);
        _driver = _interrupt.AddDriver();
        Clear();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Characters on their way to the processor: on the line, and in the receive register unread.</summary>
    internal int Unread => (_state.ReceiveEnd == Never ? 0 : 1) + (_state.Status & ReceiveFull);

    /// <summary>The rate at which the chip is clocked for one bit, in master cycles; 0 in master reset.</summary>
    internal int BitCycles => (_state.Control & 3) switch
    {
        0 => ClockCycles,
        1 => ClockCycles * 16,
        2 => ClockCycles * 64,
        _ => 0,
    };

    /// <summary>When the far end has something to put on the incoming line by itself.</summary>
    private protected virtual long NextInput => Never;

    private SerialFormat Format => Formats[(_state.Control >> 2) & 7];

    /// <inheritdoc/>
    public virtual void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            Clear();
            _interrupt.Drive(_driver, true, at);
            Schedule();
        }
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        while (true)
        {
            long next = Math.Min(Math.Min(_state.TransmitLoad, _state.ReceiveEnd), NextInput);
            if (next > now.Count)
            {
                break;
            }

            if (next == _state.ReceiveEnd)
            {
                EndReceiving(new(next));
            }
            else if (next == _state.TransmitLoad)
            {
                StartTransmitting(new(next));
            }
            else
            {
                StartInput(new(next));
            }
        }

        Schedule();
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at) => CatchUp(at);

    /// <inheritdoc/>
    public ushort Read(uint address, ByteLanes lanes, MasterCycles at)
    {
        CatchUp(at);
        ushort value = Look(address);
        if ((address & 2) != 0 && (lanes & ByteLanes.Upper) == ByteLanes.Upper)
        {
            TakeData(at);
        }

        return value;
    }

    /// <inheritdoc/>
    public ushort Peek(uint address, MasterCycles at)
    {
        CatchUp(at);
        return Look(address);
    }

    /// <inheritdoc/>
    public void Write(uint address, ushort value, ByteLanes lanes, MasterCycles at)
    {
        if ((lanes & ByteLanes.Upper) != ByteLanes.Upper)
        {
            return;
        }

        CatchUp(at);
        byte data = (byte)(value >> 8);
        if ((address & 2) == 0)
        {
            SetControl(data, at);
        }
        else if (BitCycles != 0)
        {
            _state.TransmitData = data;
            _state.Status &= unchecked((ushort)~TransmitEmpty);
            LoadWhenFree(at);
        }

        UpdateInterrupt(at);
        Schedule();
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        registers.Add(new(Name, "CR", _state.Control, 8));
        registers.Add(new(Name, "SR", (byte)(Look(0) >> 8), 8));
        registers.Add(new(Name, "RDR", _state.ReceiveData, 8));
        registers.Add(new(Name, "TDR", _state.TransmitData, 8));
    }

    /// <inheritdoc/>
    public virtual void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _state);
        _state.Control &= 0xFF;
    }

    /// <inheritdoc/>
    void ISerialLine.OnFrame(in SerialFrame frame, MasterCycles at) => Receive(in frame, at);

    /// <inheritdoc/>
    void ISerialLine.OnBreak(bool held, MasterCycles at)
    {
        // Neither the keyboard nor the MIDI socket sends breaks.
    }

    /// <summary>Connects the outgoing line.</summary>
    internal void Connect(ISerialLine line) => _line = line;

    /// <summary>A character begins on the incoming line. In the middle of another it is lost in that one.</summary>
    private protected void Receive(in SerialFrame frame, MasterCycles at)
    {
        CatchUp(at);
        if (BitCycles != 0 && _state.ReceiveEnd == Never)
        {
            _state.Incoming = frame;
            _state.ReceiveEnd = at.Count + Format.ReceiveCycles(BitCycles);
            Schedule();
        }
    }

    /// <summary>Acts at <see cref="NextInput"/>; moves it on.</summary>
    private protected virtual void StartInput(MasterCycles at)
    {
    }

    /// <summary>Sets the deadline slot to what comes next.</summary>
    private protected void Schedule() =>
        _deadlines.Set(_slot, new(Math.Min(Math.Min(_state.TransmitLoad, _state.ReceiveEnd), NextInput)));

    private void Clear()
    {
        _state = default;
        _state.Control = MasterReset;
        ClearLines();
    }

    private void ClearLines()
    {
        (_state.TransmitLoad, _state.ReceiveEnd, _state.TransmitEnd) = (Never, Never, 0);
        (_state.Status, _state.Lost) = (TransmitEmpty, 0);
    }

    private ushort Look(uint address)
    {
        int status = _state.Status | (_state.InterruptLow != 0 ? InterruptRequest : 0);
        return (ushort)((((address & 2) == 0 ? status : _state.ReceiveData) << 8) | 0xFF);
    }

    private void TakeData(MasterCycles at)
    {
        if (_state.Lost != 0)
        {
            _state.Lost = 0;
            _state.Status |= Overrun;
        }
        else
        {
            _state.Status &= unchecked((ushort)~(ReceiveFull | Overrun));
        }

        UpdateInterrupt(at);
    }

    private void SetControl(byte value, MasterCycles at)
    {
        _state.Control = value;
        if ((value & 3) == MasterReset)
        {
            ClearLines();
        }

        byte held = (value & 0x60) == 0x60 ? (byte)1 : (byte)0;
        if (held != _state.Break)
        {
            _state.Break = held;
            _line?.OnBreak(held != 0, at);
        }
    }

    private void LoadWhenFree(MasterCycles at)
    {
        if (_state.TransmitLoad == Never)
        {
            long edge = ((at.Count / BitCycles) + 1) * BitCycles;
            _state.TransmitLoad = Math.Max(edge, _state.TransmitEnd);
        }
    }

    private void StartTransmitting(MasterCycles at)
    {
        _state.TransmitLoad = Never;
        var frame = Format.Encode(_state.TransmitData, BitCycles);
        _state.TransmitEnd = at.Count + frame.Cycles;
        _state.Status |= TransmitEmpty;
        if (_state.Break == 0)
        {
            _line?.OnFrame(in frame, at);
        }

        UpdateInterrupt(at);
    }

    private void EndReceiving(MasterCycles at)
    {
        _state.ReceiveEnd = Never;
        byte value = Format.Decode(in _state.Incoming, BitCycles, out bool framing, out bool parity);
        if ((_state.Status & ReceiveFull) != 0)
        {
            _state.Lost = 1;
        }
        else
        {
            _state.ReceiveData = value;
            int errors = (framing ? FramingError : 0) | (parity ? ParityError : 0);
            _state.Status = (ushort)((_state.Status & ~(FramingError | ParityError)) | errors | ReceiveFull);
        }

        UpdateInterrupt(at);
    }

    private void UpdateInterrupt(MasterCycles at)
    {
        bool receives = (_state.Control & 0x80) != 0 && (_state.Status & (ReceiveFull | Overrun)) != 0;
        bool sends = (_state.Control & 0x60) == 0x20 && (_state.Status & TransmitEmpty) != 0;
        bool low = (receives || sends) && BitCycles != 0;
        if (low != (_state.InterruptLow != 0))
        {
            _state.InterruptLow = low ? (byte)1 : (byte)0;
            _interrupt.Drive(_driver, !low, at);
        }
    }
}
