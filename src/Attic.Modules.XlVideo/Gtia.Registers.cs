using Attic.Abi.Chips;
using Attic.Abi.Time;

namespace Attic.Modules.XlVideo;

/// <content>Registers at $D000.</content>
internal sealed partial class Gtia
{
    // A write is seen this many colour clocks after the beginning of its cycle: graphics, sizes and HITCLR; positions; PRIOR;
    // colours ("Altirra Hardware Reference Manual", GTIA, cycle timing; positions as Acid800, P/M retriggering, has them).
    private const int WriteDelay = 3;
    private const int PositionDelay = 5;
    private const int PriorityDelay = 2;
    private const int ColourDelay = 1;

    /// <summary>Console keys held, bits 0–2: START, SELECT, OPTION.</summary>
    public void SetConsoleKeys(byte held) => _s.ConsoleKeys = held;

    /// <summary>Triggers held, bits 0–3.</summary>
    public void SetTriggers(byte held)
    {
        _s.Triggers = held;
        LatchTriggers();
    }

    /// <summary>A trigger is pressed too shortly to be read, but long enough for its latch.</summary>
    public void PulseTrigger(int index) => _s.TriggerLatched[index] |= (byte)((_s.Gractl >> 2) & 1);

    /// <inheritdoc/>
    public byte Read(ushort address, MasterCycles at)
    {
        if ((address & 31) < 16)
        {
            RenderTo((2 * Antic.CycleOf(at)) + 1);
        }

        return Peek(address, at);
    }

    /// <inheritdoc/>
    public byte Peek(ushort address, MasterCycles at)
    {
        int register = address & 31;
        return register switch
        {
            < 16 => _s.Collisions[register],
            < 20 => Trigger(register - 16),
            20 => (byte)(_pal ? 0x01 : 0x0F),
            31 => (byte)(~(_s.ConsoleKeys | _s.Consol) & 7),
            _ => 0x0F,
        };
    }

    /// <inheritdoc/>
    public void Write(ushort address, byte value, MasterCycles at)
    {
        int register = address & 31;
        int cycle = Antic.CycleOf(at);

        // Graphics that DMA brought before come before what is written now.
        Antic.CatchUpTo(cycle);
        RenderTo(Math.Min((2 * cycle) + DelayOf(register), Clocks));
        switch (register)
        {
            case < 8:
                _s.Hpos[register] = value;
                break;
            case < 12:
                _s.Size[register - 8] = (byte)(value & 3);
                break;
            case 12:
                SetMissileSizes(value);
                break;
            case < 17:
                _s.Graf[register - 13] = value;
                break;
            case 17:
                SetMissileGraphics(value);
                break;
            case < 27:
                _s.Colours[register - 18] = (byte)(value & 0xFE);
                break;
            default:
                WriteControl(register, value, at);
                break;
        }
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        for (int index = 0; index < Objects; index++)
        {
            string name = index < Players ? $"P{index}" : $"M{index - Players}";
            registers.Add(new(Name, "HPOS" + name, _s.Hpos[index], 8));
            registers.Add(new(Name, "SIZE" + name, _s.Size[index], 2));
            registers.Add(new(Name, "GRAF" + name, _s.Graf[index], 8));
        }

        for (int index = 0; index < 9; index++)
        {
            registers.Add(new(Name, index < 4 ? $"COLPM{index}" : index < 8 ? $"COLPF{index - 4}" : "COLBK", _s.Colours[index], 8));
        }

        registers.Add(new(Name, "PRIOR", _s.Prior, 8));
        registers.Add(new(Name, "VDELAY", _s.Vdelay, 8));
        registers.Add(new(Name, "GRACTL", _s.Gractl, 8));
        registers.Add(new(Name, "CONSOL", _s.Consol, 8));
    }

    private static int DelayOf(int register) => register switch
    {
        < 8 => PositionDelay,
        >= 18 and < 27 => ColourDelay,
        27 => PriorityDelay,
        _ => WriteDelay,
    };

    private void WriteControl(int register, byte value, MasterCycles at)
    {
        switch (register)
        {
            case 27:
                _s.Prior = value;
                _priority = Priority.For(value);
                if ((value & 0xC0) != 0)
                {
                    // Until the next line: pairs of bits are then playfields (pseudo mode E).
                    _s.HiRes = 0;
                }

                break;
            case 28:
                _s.Vdelay = value;
                break;
            case 29:
                _s.Gractl = (byte)(value & 7);
                LatchTriggers();
                break;
            case 30:
                _s.Collisions = default;
                break;
            default:
                _s.Consol = (byte)(value & 15);
                _speaker.Drive(_speakerDriver, (value & 8) == 0, at);
                break;
        }
    }

    private byte Trigger(int index)
    {
        bool held = (_s.Triggers & (1 << index)) != 0 || _s.TriggerLatched[index] != 0;
        return (byte)(held ? 0 : 1);
    }

    // GRACTL bit 2 keeps a trigger that was pressed until the bit is cleared.
    private void LatchTriggers()
    {
        for (int index = 0; index < 4; index++)
        {
            bool latching = (_s.Gractl & 4) != 0;
            _s.TriggerLatched[index] = (byte)(latching && (_s.TriggerLatched[index] != 0 || (_s.Triggers & (1 << index)) != 0) ? 1 : 0);
        }
    }

    private void SetMissileSizes(byte value)
    {
        for (int missile = 0; missile < 4; missile++)
        {
            _s.Size[Players + missile] = (byte)((value >> (2 * missile)) & 3);
        }
    }

    private void SetMissileGraphics(byte value)
    {
        for (int missile = 0; missile < 4; missile++)
        {
            _s.Graf[Players + missile] = MissileBits(value, missile);
        }
    }
}
