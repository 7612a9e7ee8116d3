using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Time;

namespace Attic.Modules.StIo.Mfp;

/// <summary>The register file as the processor sees it (MC68901 data sheet, register map).</summary>
public sealed partial class Mfp68901
{
    private static readonly string[] RegisterNames =
    [
        "GPIP", "AER", "DDR", "IERA", "IERB", "IPRA", "IPRB", "ISRA", "ISRB", "IMRA", "IMRB", "VR",
        "TACR", "TBCR", "TCDCR", "TADR", "TBDR", "TCDR", "TDDR", "SCR", "UCR", "RSR", "TSR", "UDR",
    ];

    private enum Register
    {
        Gpip,
        Aer,
        Ddr,
        Iera,
        Ierb,
        Ipra,
        Iprb,
        Isra,
        Isrb,
        Imra,
        Imrb,
        Vr,
        Tacr,
        Tbcr,
        Tcdcr,
        Tadr,
        Tbdr,
        Tcdr,
        Tddr,
        Scr,
        Ucr,
        Rsr,
        Tsr,
        Udr,
    }

    /// <inheritdoc/>
    public ushort Read(uint address, ByteLanes lanes, MasterCycles at)
    {
        if ((lanes & ByteLanes.Lower) != ByteLanes.Lower)
        {
            return 0xFFFF;
        }

        Advance(at);
        var register = RegisterAt(address);
        int value = 0xFF00 | Look(register);
        if (register >= Register.Rsr)
        {
            ReadUsart(register, at);
            UpdateRequest(at.Count);
        }

        Schedule();
        return (ushort)value;
    }

    /// <inheritdoc/>
    public ushort Peek(uint address, MasterCycles at)
    {
        Advance(at);
        Schedule();
        return (ushort)(0xFF00 | Look(RegisterAt(address)));
    }

    /// <inheritdoc/>
    public void Write(uint address, ushort value, ByteLanes lanes, MasterCycles at)
    {
        if ((lanes & ByteLanes.Lower) != ByteLanes.Lower)
        {
            return;
        }

        Advance(at);
        Store(RegisterAt(address), (byte)value, at);
        UpdateRequest(at.Count);
        Settle(at);
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        for (int index = 0; index < RegisterNames.Length; index++)
        {
            registers.Add(new(Name, RegisterNames[index], Look((Register)index), 8));
        }
    }

    private static Register RegisterAt(uint address) => (Register)((address & 0x3E) >> 1);

    private static ushort WithUpper(ushort old, byte value) => (ushort)((value << 8) | (old & 0xFF));

    private static ushort WithLower(ushort old, byte value) => (ushort)((old & 0xFF00) | value);

    private byte Look(Register register) => register switch
    {
        Register.Gpip => Pins(),
        Register.Aer => _state.ActiveEdge,
        Register.Ddr => _state.Direction,
        Register.Iera => (byte)(_state.Enabled >> 8),
        Register.Ierb => (byte)_state.Enabled,
        Register.Ipra => (byte)(_state.Pending >> 8),
        Register.Iprb => (byte)_state.Pending,
        Register.Isra => (byte)(_state.InService >> 8),
        Register.Isrb => (byte)_state.InService,
        Register.Imra => (byte)(_state.Mask >> 8),
        Register.Imrb => (byte)_state.Mask,
        Register.Vr => _state.Vector,
        Register.Tacr => _state.Timers[TimerA].Mode,
        Register.Tbcr => _state.Timers[TimerB].Mode,
        Register.Tcdcr => (byte)((_state.Timers[TimerC].Mode << 4) | _state.Timers[TimerD].Mode),
        Register.Tadr => (byte)_state.Timers[TimerA].Counter,
        Register.Tbdr => (byte)_state.Timers[TimerB].Counter,
        Register.Tcdr => (byte)_state.Timers[TimerC].Counter,
        Register.Tddr => (byte)_state.Timers[TimerD].Counter,
        Register.Scr => _state.SyncCharacter,
        Register.Ucr => _state.UsartControl,
        Register.Rsr => _state.ReceiverStatus,
        Register.Tsr => _state.TransmitterStatus,
        Register.Udr => _state.ReceiveBuffer,
        _ => 0xFF,
    };

    private void Store(Register register, byte value, MasterCycles at)
    {
        switch (register)
        {
            case Register.Gpip:
                _state.Latch = value;
                UpdatePins(at);
                break;
            case Register.Aer:
                _state.ActiveEdge = value;
                UpdatePins(at);
                UpdateGates();
                break;
            case Register.Ddr:
                _state.Direction = value;
                UpdatePins(at);
                break;
            case Register.Iera:
                Enable(WithUpper(_state.Enabled, value));
                break;
            case Register.Ierb:
                Enable(WithLower(_state.Enabled, value));
                break;

            // Of pending and in service a program can only clear bits.
            case Register.Ipra:
                _state.Pending &= WithUpper(0x00FF, value);
                break;
            case Register.Iprb:
                _state.Pending &= WithLower(0xFF00, value);
                break;
            case Register.Isra:
                _state.InService &= WithUpper(0x00FF, value);
                break;
            case Register.Isrb:
                _state.InService &= WithLower(0xFF00, value);
                break;
            case Register.Imra:
                _state.Mask = WithUpper(_state.Mask, value);
                break;
            case Register.Imrb:
                _state.Mask = WithLower(_state.Mask, value);
                break;
            case Register.Vr:
                _state.Vector = (byte)(value & 0xF8);
                _state.InService = IsAutomaticEndOfInterrupt ? (ushort)0 : _state.InService;
                break;
            case Register.Tacr:
                ControlWithOutput(TimerA, value);
                break;
            case Register.Tbcr:
                ControlWithOutput(TimerB, value);
                break;
            case Register.Tcdcr:
                Control(TimerC, (value >> 4) & 7);
                Control(TimerD, value & 7);
                break;
            case >= Register.Tadr and <= Register.Tddr:
                _state.Timers[register - Register.Tadr].SetData(value);
                break;
            default:
                WriteUsart(register, value, at);
                break;
        }
    }

    private void Enable(ushort channels)
    {
        _state.Enabled = channels;
        _state.Pending &= channels;
    }

    private void ControlWithOutput(int timer, byte value)
    {
        if ((value & 0x10) != 0)
        {
            _state.Timers[timer].Output = 0;
        }

        Control(timer, value & 0x0F);
    }

    private void Control(int timer, int mode)
    {
        if (_state.Timers[timer].Mode != mode)
        {
            _state.Timers[timer].SetMode((byte)mode);
            UpdateGates();
        }
    }

    private void UpdateGates()
    {
        for (int timer = TimerA; timer <= TimerB; timer++)
        {
            bool open = _state.Timers[timer].MeasuresPulses && InputLevel(timer) == ActiveLevel(timer);
            _state.Timers[timer].Gate = open ? (ushort)1 : (ushort)0;
        }
    }
}
