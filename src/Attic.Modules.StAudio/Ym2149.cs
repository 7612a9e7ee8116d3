using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.StAudio;

/// <summary>
/// Yamaha YM2149 programmable sound generator as the ST uses it: three tones, noise, one envelope, two ports.
/// </summary>
/// <remarks>
/// <para>Pins on the ST: D0–D7 on the bus's upper half; BC1 and BDIR from GLUE's decoding of 0xFF8800–0xFF88FF with A1:
/// reading at A1 = 0 gives the selected register, writing selects at A1 = 0 and stores at A1 = 1. CLOCK 2 MHz. IOA drives
/// <see cref="StPins.PsgPortA"/>, IOB <see cref="StPins.PsgPortB"/>; a port that is an input floats high. The three
/// analogue outputs are tied together.</para>
/// <para>Timing: everything counts in ticks of CLOCK / 8 (250 kHz, 128 master cycles). A tone toggles every TP ticks
/// (f = CLOCK / 16 TP), the noise shifts every 2 NP ticks, the envelope takes a step of 32 every EP ticks. A period of 0
/// acts as 1. A write takes effect with the next tick.</para>
/// <para>Sound is made late: when a register is written and when the machine catches up. Samples are band-limited steps
/// (<see cref="StepKernel"/>) at an exact fraction of the master clock, both channels alike, without DC.</para>
/// <para>Sources: Yamaha YM2149 application manual; Atari ST hardware register listing; published measurements of the
/// ST's output voltage (<see cref="VoltageTable"/>).</para>
/// <para>Not modelled: the analogue low pass behind the chip, the chip's own start-up state of tone counters after
/// power-on (zero here), input on the ports (nothing drives them on an ST with no joystick adapter).</para>
/// </remarks>
public sealed class Ym2149 : IChip, IWordDevice, IRegisterSource, IActivity
{
    private const int MasterCyclesPerTick = 128;
    private const int MixerRegister = 7;
    private const int ShapeRegister = 13;
    private const int PortARegister = 14;
    private const int PortBRegister = 15;

    private static readonly string[] RegisterNames =
        ["R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15"];

    private readonly Ym2149Synthesizer _synthesizer;
    private readonly BytePort _portA;
    private readonly BytePort _portB;
    private Ym2149State _state;

    /// <summary>A chip on the board's wires, silent.</summary>
    public Ym2149(ChipContext context)
    {
        var master = context.Configuration.MasterClock;
        _synthesizer = new(new(master.Numerator, master.Denominator * MasterCyclesPerTick), context.Audio);
        _portA = context.Wiring.Port(StPins.PsgPortA);
        _portB = context.Wiring.Port(StPins.PsgPortB);
        Clear();
    }

    /// <inheritdoc/>
    public string Name => "psg";

    /// <inheritdoc/>
    public long Disk => 0;

    /// <inheritdoc/>
    public long Sound => _state.AudibleChanges;

    /// <inheritdoc/>
    public long Keys => 0;

    // What each register keeps of a byte (YM2149 application manual, register array).
    private static ReadOnlySpan<byte> RegisterMasks =>
        [0xFF, 0x0F, 0xFF, 0x0F, 0xFF, 0x0F, 0x1F, 0xFF, 0x1F, 0x1F, 0x1F, 0xFF, 0xFF, 0x0F, 0xFF, 0xFF];

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        CatchUp(at);
        if (kind == ResetKind.Cold)
        {
            Clear();
            _state.Tick = at.Count / MasterCyclesPerTick;
        }
        else
        {
            ((Span<byte>)_state.Registers).Clear();
            _state.Selected = 0;
            RestartEnvelope();
        }

        DrivePorts(at);
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now) => _synthesizer.Run(ref _state, now.Count / MasterCyclesPerTick);

    /// <inheritdoc/>
    public ushort Read(uint address, ByteLanes lanes, MasterCycles at) => Peek(address, at);

    /// <inheritdoc/>
    public void Write(uint address, ushort value, ByteLanes lanes, MasterCycles at)
    {
        // The decoder looks at A1 and not at the strobes: a byte at an odd address arrives on the upper half too.
        byte data = (byte)(value >> 8);
        if ((address & 2) == 0)
        {
            _state.Selected = data;
        }
        else if (_state.Selected < 16)
        {
            Store(_state.Selected, data, at);
        }
    }

    /// <inheritdoc/>
    public ushort Peek(uint address, MasterCycles at)
    {
        bool drives = (address & 2) == 0 && _state.Selected < 16;
        return drives ? (ushort)((ReadRegister(_state.Selected) << 8) | 0xFF) : (ushort)0xFFFF;
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        registers.Add(new(Name, "SELECT", _state.Selected, 8));
        for (int index = 0; index < RegisterNames.Length; index++)
        {
            registers.Add(new(Name, RegisterNames[index], _state.Registers[index], 8));
        }
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _state);
        Confine();
    }

    private void Clear()
    {
        _state = default;
        _state.Noise = 0x1FFFF;
    }

    // Brings what a loaded state says into the range that the code relies on.
    private void Confine()
    {
        const int LongestPeriod = 0xFFFF;
        for (int register = 0; register < RegisterNames.Length; register++)
        {
            _state.Registers[register] &= RegisterMasks[register];
        }

        _state.Noise = _state.Noise is 0 or > 0x1FFFF ? 0x1FFFF : _state.Noise;
        _state.EnvelopeStep &= EnvelopeShapes.Steps - 1;
        _state.EnvelopeCounter = Math.Clamp(_state.EnvelopeCounter, 0, LongestPeriod);
        _state.NoiseCounter = Math.Clamp(_state.NoiseCounter, 0, LongestPeriod);
        for (int tone = 0; tone < 3; tone++)
        {
            _state.ToneCounters[tone] = Math.Clamp(_state.ToneCounters[tone], 0, LongestPeriod);
        }
    }

    private byte ReadRegister(int register)
    {
        bool floats = (register == PortARegister && !Drives(6)) || (register == PortBRegister && !Drives(7));
        return floats ? (byte)0xFF : _state.Registers[register];
    }

    private void Store(int register, byte value, MasterCycles at)
    {
        value &= RegisterMasks[register];
        if (register >= PortARegister)
        {
            _state.Registers[register] = value;
            DrivePorts(at);
            return;
        }

        CatchUp(at);
        int difference = _state.Registers[register] ^ value;
        _state.Registers[register] = value;
        if ((difference != 0 || register == ShapeRegister) && IsHeard(register, difference))
        {
            _state.AudibleChanges++;
        }

        if (register == ShapeRegister)
        {
            RestartEnvelope();
        }
        else if (register == MixerRegister)
        {
            DrivePorts(at);
        }
    }

    private bool IsHeard(int register, int difference)
    {
        ReadOnlySpan<byte> registers = _state.Registers;
        int sounding = (registers[8] != 0 ? 1 : 0) | (registers[9] != 0 ? 2 : 0) | (registers[10] != 0 ? 4 : 0);
        return register switch
        {
            < 6 => (sounding & ~registers[MixerRegister] & (1 << (register / 2))) != 0,
            6 => (sounding & ~(registers[MixerRegister] >> 3)) != 0,
            MixerRegister => ((difference | (difference >> 3)) & sounding) != 0,
            < 11 => true,
            _ => ((registers[8] | registers[9] | registers[10]) & 0x10) != 0,
        };
    }

    private void RestartEnvelope() => (_state.EnvelopeStep, _state.EnvelopeCounter) = (0, 0);

    private void DrivePorts(MasterCycles at)
    {
        _portA.Drive(Drives(6) ? _state.Registers[PortARegister] : (byte)0xFF, at);
        _portB.Drive(Drives(7) ? _state.Registers[PortBRegister] : (byte)0xFF, at);
    }

    private bool Drives(int directionBit) => ((_state.Registers[MixerRegister] >> directionBit) & 1) != 0;
}
