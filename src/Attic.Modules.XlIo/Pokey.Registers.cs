using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlIo;

/// <content>Registers at $D200.</content>
internal sealed partial class Pokey
{
    // From a write to SKCTL to the first one that initialisation feeds into the polynomial counters.
    private const int HaltDelay = 1;

    private const int RandomRegister = 10;

    /// <inheritdoc/>
    public byte Read(ushort address, MasterCycles at)
    {
        long now = Cycle(at);
        if ((address & 15) == RandomRegister)
        {
            // It depends on the time and on SKCTL and AUDCTL alone, not on what the timers do.
            return Random(now);
        }

        Advance(now);
        return Peek(address, at);
    }

    /// <inheritdoc/>
    public byte Peek(ushort address, MasterCycles at)
    {
        long now = Cycle(at);
        return (address & 15) switch
        {
            < 8 => Pot(address & 7, now),
            8 => AllPots(now),
            9 => _s.Kbcode,
            RandomRegister => Random(now),
            13 => _s.Serin,
            14 => _s.Irqst,
            15 => Skstat(now),
            _ => 0xFF,
        };
    }

    /// <inheritdoc/>
    public void Write(ushort address, byte value, MasterCycles at)
    {
        long now = Cycle(at);
        Advance(now);
        SettleQuietChannels(now);
        int register = address & 15;
        switch (register)
        {
            case < 8:
                WriteChannel(register >> 1, register, value, now);
                break;
            case 8:
                _s.AudibleChanges += _s.Audctl != value ? 1 : 0;
                Reclock(now, value, _s.Skctl);
                ShowLevel(now);
                break;
            case 9:
                _s.Restart = now + StimerDelay;
                break;
            case 10:
                _s.Errors = 0xE0;
                break;
            case 11:
                StartPots(now);
                break;
            case 13:
                WriteSerout(value);
                break;
            case 14:
                WriteIrqen(value, now);
                break;
            case 15:
                WriteSkctl(value, now);
                break;
            default:
                break;
        }

        FindLoudChannels();
        Schedule();
    }

    /// <inheritdoc/>
    public void OnWire(Wire wire, bool level, MasterCycles at)
    {
        Advance(Cycle(at));
        _s.Speaker = (byte)(level ? 0 : 1);
        ShowLevel(_s.Now);
    }

    private void WriteChannel(int channel, int register, byte value, long now)
    {
        if ((register & 1) == 0)
        {
            _s.AudibleChanges += _s.Audf[channel] != value && (_s.Audc[channel] & 15) != 0 ? 1 : 0;
            WriteAudf(channel, value, now);
            return;
        }

        _s.AudibleChanges += _s.Audc[channel] != value ? 1 : 0;
        _s.Audc[channel] = value;
        ShowLevel(now);
    }

    private void WriteSkctl(byte value, long now)
    {
        bool before = IsInitialising;
        LatchPots(now);
        if (before != ((value & 3) == 0))
        {
            _s.PolyHalted = before ? HaltDelay : now - _s.PolySince + HaltDelay;
            _s.PolySince = now;
        }

        Reclock(now, _s.Audctl, value);
        ChangeSerialMode(now);
        ChangeKeyboardMode(now);
    }

    private byte Random(long now)
    {
        bool nine = (_s.Audctl & 0x80) != 0;
        long index = now - _s.PolySince;
        int shifts = IsInitialising ? (int)Math.Clamp(index - HaltDelay, 0, 8) : 0;
        if (IsInitialising)
        {
            index = Math.Min(_s.PolyHalted, _s.PolyHalted - HaltDelay + index);
        }
        // Initialisation feeds ones into the upper end.
        byte value = nine
            ? _random9[index % PolynomialCounters.Period9]
            : PolynomialCounters.Random17(_bits17, (int)(index % PolynomialCounters.Period17));
        return (byte)((value >> shifts) | ~(0xFF >> shifts));
    }

    private byte Skstat(long now) => (byte)(
        _s.Errors
        | (InputLine(now) ? 0x10 : 0)
        | ((_s.ModifiersSeen & 1) == 0 ? 0x08 : 0)
        | (_s.KeyState < 2 ? 0x04 : 0)
        | (_s.InBits == 0 && _s.InRunning == 0 ? 0x02 : 0)
        | 0x01);
}
