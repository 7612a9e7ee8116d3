using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Modules.StIo.Acia;
using Attic.Modules.StIo.Serial;

namespace Attic.Modules.StIo.Ikbd;

/// <summary>
/// The ST's intelligent keyboard: an HD6301 with keys, mouse and two joysticks at one end and a serial line of 7812.5 baud
/// at the other. Emulated by its documented protocol, not by its program.
/// </summary>
/// <remarks>
/// <para>Pins: RX and TX to the keyboard ACIA. Port 0 takes a mouse or a joystick, port 1 a joystick. The fire lines are
/// shared: left mouse button and fire 0 are one line, right mouse button and fire 1 the other.</para>
/// <para>Timing: 8 data bits, no parity, one stop bit, 128 µs a bit on a crystal of its own. Controls are looked at once
/// a millisecond; one change of a key, button or stick is taken at a time. Bytes of a packet follow each other without a
/// gap. After a reset the self-test takes 62.6 ms (502,000 cycles at 8 MHz, measured by owners) and answers 0xF1, the
/// release in practically all STs.</para>
/// <para>Output that finds no room in the controller's 20 bytes waits (keys, buttons, sticks, motion) or is lost (answers).</para>
/// <para>The clock starts with the configuration's time and runs on the machine's.</para>
/// <para>Sources: Atari, Intelligent Keyboard (ikbd) Protocol, 1985; ST hardware register listing.</para>
/// <para>Not modelled: programs loaded into the controller (0x22 is accepted and does nothing; its ROM reads as 0);
/// quadrature of a stick taken for a mouse; key bounce and ghost keys.</para>
/// </remarks>
public sealed partial class IkbdProcessor : IChip, IDeadlineHandler, IInputPort, IActivity, IRegisterSource, ISerialLine
{
    internal const int EventCapacity = 256;
    internal const int OutputCapacity = 20;
    internal const int CommandCapacity = 10;

    private const long Never = long.MaxValue;
    private const int BitMicroseconds = 128;
    private const int ScanMicroseconds = 1_000;
    private const int SelfTestMicroseconds = 62_600;
    private const int BreakMicroseconds = 200_000;
    private const int LoadGapMicroseconds = 20_000;
    private const int LargestReport = 8;
    private const int LastOfPacket = 0x100;
    private const byte SelfTestPassed = 0xF1;

    private readonly DeadlineSlots _deadlines;
    private readonly Acia6850 _acia;
    private readonly MachineConfiguration _configuration;
    private readonly int _slot;
    private readonly int _bitCycles;
    private readonly long _scanCycles;
    private readonly long _hundredth;
    private IkbdState _state;

    /// <summary>A keyboard at the end of an ACIA's lines, at power-on.</summary>
    public IkbdProcessor(ChipContext context, Acia6850 acia)
    {
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim("ikbd", this);
        _configuration = context.Configuration;
        _bitCycles = (int)CyclesIn(BitMicroseconds);
        _scanCycles = CyclesIn(ScanMicroseconds);
        _hundredth = CyclesIn(10_000);
        _acia = acia;
        _acia.Connect(this);
        PowerOn(MasterCycles.Zero);
    }

    /// <inheritdoc/>
    public string Name => "ikbd";

    /// <inheritdoc/>
    public long Disk => 0;

    /// <inheritdoc/>
    public long Sound => 0;

    /// <inheritdoc/>
    public long Keys => _state.BytesPassed;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            PowerOn(at);
        }
        else
        {
            CatchUp(at);
            StartSelfTest(at);
        }

        Schedule();
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        while (true)
        {
            long next = Math.Min(Math.Min(_state.NextScan, _state.TransmitEnd), Math.Min(_state.ReceiveEnd, _state.NextSample));
            if (next > now.Count)
            {
                break;
            }

            Act(next);
        }

        Schedule();
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at) => CatchUp(at);

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        registers.Add(new(Name, "MOUSE_MODE", _state.MouseEnabled == 0 ? 0UL : _state.MouseMode, 8));
        registers.Add(new(Name, "JOYSTICK_MODE", _state.JoysticksEnabled == 0 ? 0UL : _state.JoystickMode, 8));
        registers.Add(new(Name, "BUTTON_ACTION", _state.ButtonAction, 8));
        registers.Add(new(Name, "MOUSE_X", (ushort)_state.AbsoluteX, 16));
        registers.Add(new(Name, "MOUSE_Y", (ushort)_state.AbsoluteY, 16));
        registers.Add(new(Name, "STICK_0", _state.Stick0, 8));
        registers.Add(new(Name, "STICK_1", _state.Stick1, 8));
        registers.Add(new(Name, "QUEUED", (ulong)_state.OutputCount, 8));
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _state);
        _state.Confine();
    }

    /// <inheritdoc/>
    void ISerialLine.OnFrame(in SerialFrame frame, MasterCycles at)
    {
        CatchUp(at);
        if (_state.ReceiveEnd == Never)
        {
            _state.Incoming = frame;
            _state.ReceiveEnd = at.Count + SerialFormat.EightNone.ReceiveCycles(_bitCycles);
            Schedule();
        }
    }

    /// <inheritdoc/>
    void ISerialLine.OnBreak(bool held, MasterCycles at)
    {
        CatchUp(at);
        if (held)
        {
            (_state.BreakHeld, _state.BreakStart) = (1, at.Count);
        }
        else if (_state.BreakHeld != 0)
        {
            _state.BreakHeld = 0;
            if (at.Count - _state.BreakStart >= CyclesIn(BreakMicroseconds))
            {
                StartSelfTest(at);
            }
        }

        Schedule();
    }

    private long CyclesIn(long microseconds) => _configuration.MasterClock.CyclesIn(microseconds);

    private void PowerOn(MasterCycles at)
    {
        _state = default;
        _state.Clock.Set(_configuration.StartTime);
        _state.Clock.Moment = at.Count;
        StartSelfTest(at);
        _state.NextScan = at.Count + _scanCycles;
    }

    // Defaults of the protocol's power-up mode. The clock and what the host holds down survive.
    private void StartSelfTest(MasterCycles at)
    {
        _state.ResetEnd = at.Count + CyclesIn(SelfTestMicroseconds);
        (_state.TransmitEnd, _state.ReceiveEnd, _state.NextSample) = (Never, Never, Never);
        (_state.OutputCount, _state.OutputFirst, _state.InsidePacket, _state.Paused) = (0, 0, 0, 0);
        (_state.CommandLength, _state.LoadLeft) = (0, 0);
        (_state.MouseMode, _state.MouseEnabled, _state.Port0IsMouse) = (0x08, 1, 1);
        (_state.JoystickMode, _state.JoysticksEnabled, _state.ButtonAction) = (0x14, 1, 0);
        (_state.ThresholdX, _state.ThresholdY, _state.ScaleX, _state.ScaleY) = (1, 1, 1, 1);
        (_state.DeltaX, _state.DeltaY, _state.OriginAtBottom) = (1, 1, 0);
        (_state.MouseX, _state.MouseY, _state.AbsoluteX, _state.AbsoluteY) = (0, 0, 0, 0);
        (_state.MaximumX, _state.MaximumY, _state.ButtonHistory) = (320, 200, 0);
        ((Span<byte>)_state.Memory).Clear();
        Send([SelfTestPassed]);
        for (int key = 1; key < 0x80; key++)
        {
            if (_state.Held.Has(key))
            {
                // A key that is down now counts as stuck: its break code without a make code tells.
                Send([(byte)(key | 0x80)]);
            }
        }
    }

    private void Act(long at)
    {
        if (at == _state.ReceiveEnd)
        {
            _state.ReceiveEnd = Never;
            byte value = SerialFormat.EightNone.Decode(in _state.Incoming, _bitCycles, out bool framing, out _);
            if (!framing)
            {
                _state.BytesPassed++;
                TakeCommandByte(value, at);
            }
        }
        else if (at == _state.TransmitEnd)
        {
            _state.TransmitEnd = Never;
        }
        else if (at == _state.NextSample)
        {
            Sample(at);
        }
        else
        {
            _state.NextScan = at + _scanCycles;
            Scan(at);
        }

        Transmit(at);
    }

    private void Schedule() =>
        _deadlines.Set(_slot, new(Math.Min(Math.Min(_state.NextScan, _state.TransmitEnd), Math.Min(_state.ReceiveEnd, _state.NextSample))));

    private bool HasRoomFor(int bytes) => OutputCapacity - _state.OutputCount >= bytes;

    // Queues a packet whole or not at all.
    private void Send(ReadOnlySpan<byte> packet)
    {
        if (!HasRoomFor(packet.Length))
        {
            return;
        }

        for (int index = 0; index < packet.Length; index++)
        {
            int last = index == packet.Length - 1 ? LastOfPacket : 0;
            _state.Output[(_state.OutputFirst + _state.OutputCount) % OutputCapacity] = (ushort)(packet[index] | last);
            _state.OutputCount++;
        }
    }

    private void Transmit(long at)
    {
        bool held = _state.Paused != 0 && _state.InsidePacket == 0;
        if (_state.TransmitEnd != Never || _state.OutputCount == 0 || held || at < _state.ResetEnd)
        {
            return;
        }

        int entry = _state.Output[_state.OutputFirst];
        _state.OutputFirst = (_state.OutputFirst + 1) % OutputCapacity;
        _state.OutputCount--;
        _state.InsidePacket = (entry & LastOfPacket) != 0 ? (byte)0 : (byte)1;
        _state.BytesPassed++;
        var frame = SerialFormat.EightNone.Encode((byte)entry, _bitCycles);
        _state.TransmitEnd = at + frame.Cycles;
        ((ISerialLine)_acia).OnFrame(in frame, new(at));
    }
}
