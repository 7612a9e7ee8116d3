using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlIo;

/// <summary>
/// The 6520 PIA: port A reads joysticks, port B drives the MMU, the control lines belong to the serial bus.
/// </summary>
/// <remarks>
/// Registers at $D300: PORTA, PORTB, PACTL, PBCTL; bit 2 of a control register chooses between port and direction.
/// CA1 = PROCEED, CA2 = MOTOR, CB1 = INTERRUPT, CB2 = COMMAND. A read of a port clears that side's flags.
/// Source: MOS 6520 data sheet; Atari Hardware Manual, part III.
/// Not modelled: C2 falling by itself in handshake and pulse mode, which nothing on this board uses.
/// </remarks>
internal sealed class Pia : IChip, IByteDevice, IWireSink, IXlSticks, IRegisterSource
{
    private const byte C1Rises = 0x02;
    private const byte C1Interrupts = 0x01;
    private const byte C2Interrupts = 0x08;
    private const byte C2IsOutput = 0x20;
    private const byte C2Rises = 0x10;
    private const byte C2Flag = 0x40;
    private const byte SelectsPort = 0x04;

    private readonly Wire _irq;
    private readonly int _irqA;
    private readonly int _irqB;
    private readonly Wire _motor;
    private readonly int _motorDriver;
    private readonly Wire _command;
    private readonly int _commandDriver;
    private readonly Wire _proceed;
    private readonly BytePort _portA;
    private readonly BytePort _portB;
    private PiaState _s;

    public Pia(Wiring wiring)
    {
        _irq = wiring.Wire(XlPins.Irq);
        (_irqA, _irqB) = (_irq.AddDriver(), _irq.AddDriver());
        _motor = wiring.Wire(XlPins.SioMotor);
        _motorDriver = _motor.AddDriver();
        _command = wiring.Wire(XlPins.SioCommand);
        _commandDriver = _command.AddDriver();
        _proceed = wiring.Wire(XlPins.SioProceed);
        _proceed.Connect(this);
        wiring.Wire(XlPins.SioInterrupt).Connect(this);
        _portA = wiring.Port(XlPins.PortA);
        _portB = wiring.Port(XlPins.PortB);
        (_s.A.Input, _s.B.Input) = (0xFF, 0xFF);
        (_s.A.C2, _s.B.C2) = (1, 1);
    }

    /// <inheritdoc/>
    public string Name => "pia";

    /// <inheritdoc/>
    public void SetJoysticks(byte levels) => _s.A.Input = levels;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        (byte inputA, byte inputB) = (_s.A.Input, _s.B.Input);
        _s = default;
        (_s.A.Input, _s.B.Input) = (inputA, inputB);
        (_s.A.C2, _s.B.C2) = (1, 1);
        Drive(at);
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        // Nothing happens here by itself.
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => visitor.Struct("registers", ref _s);

    /// <inheritdoc/>
    public byte Read(ushort address, MasterCycles at)
    {
        byte value = Peek(address, at);
        ref var side = ref Side(address);
        if ((address & 2) == 0 && (side.Control & SelectsPort) != 0)
        {
            side.Flags = 0;
            Drive(at);
        }

        return value;
    }

    /// <inheritdoc/>
    public byte Peek(ushort address, MasterCycles at)
    {
        ref var side = ref Side(address);
        if ((address & 2) != 0)
        {
            return (byte)(side.Control | VisibleFlags(side));
        }

        return (side.Control & SelectsPort) != 0
            ? (byte)((side.Output & side.Direction) | (side.Input & ~side.Direction))
            : side.Direction;
    }

    /// <inheritdoc/>
    public void Write(ushort address, byte value, MasterCycles at)
    {
        ref var side = ref Side(address);
        if ((address & 2) != 0)
        {
            WriteControl(ref side, (byte)(value & 0x3F));
        }
        else if ((side.Control & SelectsPort) != 0)
        {
            side.Output = value;
        }
        else
        {
            side.Direction = value;
        }

        Drive(at);
    }

    /// <inheritdoc/>
    public void OnWire(Wire wire, bool level, MasterCycles at)
    {
        ref var side = ref wire == _proceed ? ref _s.A : ref _s.B;
        if (level == ((side.Control & C1Rises) != 0))
        {
            side.Flags |= 0x80;
            Drive(at);
        }
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        Add("PORTA", _s.A.Output);
        Add("PORTB", _s.B.Output);
        Add("DDRA", _s.A.Direction);
        Add("DDRB", _s.B.Direction);
        Add("PACTL", (byte)(_s.A.Control | VisibleFlags(_s.A)));
        Add("PBCTL", (byte)(_s.B.Control | VisibleFlags(_s.B)));

        void Add(string name, byte value) => registers.Add(new(Name, name, value, 8));
    }

    private ref PiaSide Side(ushort address) => ref (address & 1) == 0 ? ref _s.A : ref _s.B;

    private void Drive(MasterCycles at)
    {
        _portA.Drive((byte)(_s.A.Output | ~_s.A.Direction), at);
        _portB.Drive((byte)(_s.B.Output | ~_s.B.Direction), at);
        _motor.Drive(_motorDriver, _s.A.C2 != 0, at);
        _command.Drive(_commandDriver, _s.B.C2 != 0, at);
        _irq.Drive(_irqA, !Interrupts(_s.A), at);
        _irq.Drive(_irqB, !Interrupts(_s.B), at);
    }

    // The edge detector watches C2 whoever drives it: an output that rises while a rising edge is selected leaves a flag that
    // shows once C2 is an input again, one that falls takes it back.
    private static void WriteControl(ref PiaSide side, byte value)
    {
        byte level = (value & 0x38) switch
        {
            0x30 => 0,
            0x20 => side.C2,
            _ => 1,
        };
        if (level > side.C2 && (value & C2Rises) != 0)
        {
            side.Flags |= C2Flag;
        }
        else if (level < side.C2)
        {
            side.Flags &= unchecked((byte)~C2Flag);
        }

        (side.Control, side.C2) = (value, level);
    }

    private static byte VisibleFlags(PiaSide side) =>
        (byte)((side.Control & C2IsOutput) != 0 ? side.Flags & ~C2Flag : side.Flags);

    private static bool Interrupts(PiaSide side) =>
        ((side.Flags & 0x80) != 0 && (side.Control & C1Interrupts) != 0)
        || ((side.Flags & C2Flag) != 0 && (side.Control & (C2Interrupts | C2IsOutput)) == C2Interrupts);
}
