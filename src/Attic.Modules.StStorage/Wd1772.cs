using Attic.Abi.AtariSt;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.StStorage;

/// <summary>
/// Western Digital WD1772 floppy disk controller with the ST's two drives.
/// </summary>
/// <remarks>
/// Pins: data and register select come through the DMA chip; DRQ goes there; INTRQ, inverted, pulls
/// <see cref="StPins.DiskInterrupt"/> low; drive and side select come from the YM2149's port A; the motor line runs both drives.
/// Timing (data sheet, 8 MHz clock): step rates 6, 12, 2, 3 ms; head settling 15 ms; spin-up six index pulses; search for an
/// ID five; motor off after nine idle revolutions; 32 µs a byte. The measured 90 µs before a type I command steps are taken
/// from public measurements on a 520 STF. An empty or unselected drive gives no index pulses, so that a command which
/// counts them never ends by itself: systems time out and force an interrupt, as on the real machine.
/// Not modelled: MFM cells and their jitter (bytes are whole, write precompensation does nothing), the noise that Read Track
/// delivers in gaps, and a sector half written when a command is broken off (it keeps its old data).
/// </remarks>
internal sealed partial class Wd1772 : IChip, IDeadlineHandler, IBytePortSink, IFloppyDrives, IRegisterSource, IActivity
{
    private const int SpinUpPulses = 6;
    private const int SearchPulses = 5;

    // The first of them ends a revolution that was under way: nine whole ones.
    private const int MotorOffPulses = 10;
    private const long Never = long.MaxValue;

    private readonly MachineConfiguration _configuration;
    private readonly DeadlineSlots _deadlines;
    private readonly int _slot;
    private readonly Wire _interruptWire;
    private readonly int _interruptDriver;
    private readonly BytePort _selectPort;
    private readonly FloppyDrive[] _drives;
    private readonly long _millisecond;
    private readonly byte[] _sector = new byte[TrackLayout.MaxSectorBytes];
    private readonly ushort[] _track = new ushort[TrackLayout.MaxTrackBytes];
    private IDataPort _port = null!;
    private FdcState _s;
    private long _looks;
    private long _seen;

    public Wd1772(ChipContext context)
    {
        _configuration = context.Configuration;
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim("fdc", this);
        _interruptWire = context.Wiring.Wire(StPins.DiskInterrupt);
        _interruptDriver = _interruptWire.AddDriver();
        _selectPort = context.Wiring.Port(StPins.PsgPortA);
        _selectPort.Connect(this);

        // The chip is clocked with a quarter of the master clock, which is near enough to 8 MHz for its data sheet's times.
        _millisecond = 32_000;
        long revolution = context.Configuration.MasterClock.CyclesIn(200_000);
        _drives = [new("drive_a", _millisecond, revolution), new("drive_b", _millisecond, revolution)];
        Reset(ResetKind.Cold, MasterCycles.Zero);
    }

    /// <inheritdoc/>
    public string Name => "fdc";

    /// <summary>The data request line.</summary>
    public bool Request => _s.Request;

    /// <inheritdoc/>
    long IActivity.Disk => _s.Activity + (IsTurningOrBusy ? ++_looks : _looks);

    // A motor without a disk in a selected drive runs for ever, since no index pulse ends it: nothing to wait for.
    private bool IsTurningOrBusy => (_s.Status & FdcStatus.Busy) != FdcStatus.None || NextIndex() != Never;

    /// <inheritdoc/>
    long IActivity.Sound => 0;

    /// <inheritdoc/>
    long IActivity.Keys => 0;

    private FloppyDrive? Drive => _s.Drive < _drives.Length ? _drives[_s.Drive] : null;

    /// <summary>Connects the data request line.</summary>
    public void Connect(IDataPort port) => _port = port;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            PowerOn();
        }
        else
        {
            Advance(at.Count);
            if (_s.Motor)
            {
                StopMotor(at.Count);
            }
        }

        _s = new()
        {
            EventAt = Never,
            IndexSeen = at.Count,
            Sector = 1,
            Track = _s.Track,
            TypeOneStatus = true,
            Activity = _s.Activity,
        };
        Select(_selectPort.Value);
        _interruptWire.Drive(_interruptDriver, true, at);
        Plan();
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now) => Advance(now.Count);

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at) => Advance(at.Count);

    /// <summary>The YM2149's port A: bit 0 low selects side 1, bit 1 low drive A, bit 2 low drive B.</summary>
    public void OnPort(BytePort port, byte before, byte value, MasterCycles at)
    {
        if (((before ^ value) & 7) == 0)
        {
            return;
        }

        Advance(at.Count);
        Select(value);
        Disturbed(at.Count);
    }

    /// <summary>Reads a register: 0 status, 1 track, 2 sector, 3 data.</summary>
    public byte ReadRegister(int register, long at)
    {
        Advance(at);
        byte value = PeekRegister(register, at);
        switch (register)
        {
            case 0 when !_s.InterruptHeld:
                SetInterrupt(false, at);
                break;
            case 3:
                _s.Request = false;
                break;
        }

        return value;
    }

    /// <summary>The value of a register, without the effects of a read.</summary>
    public byte PeekRegister(int register, long at) => register switch
    {
        0 => (byte)StatusAt(at),
        1 => _s.Track,
        2 => _s.Sector,
        _ => _s.Data,
    };

    /// <summary>Writes a register: 0 command, 1 track, 2 sector, 3 data.</summary>
    public void WriteRegister(int register, byte value, long at)
    {
        Advance(at);
        switch (register)
        {
            case 0:
                WriteCommand(value, at);
                Plan();
                break;
            case 1:
                _s.Track = value;
                break;
            case 2:
                _s.Sector = value;
                break;
            default:
                _s.Data = value;
                _s.Request = false;
                break;
        }
    }

    /// <summary>The DMA chip's mode or count changed: a byte that waits may find its way now.</summary>
    public void PortChanged(long at)
    {
        if (_s.Request)
        {
            Serve(reading: !IsWriteSector && !IsWriteTrack);
        }

        Plan();
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        registers.Add(new(Name, "command", _s.Command, 8));
        registers.Add(new(Name, "status", (byte)StatusAt(_seen), 8));
        registers.Add(new(Name, "track", _s.Track, 8));
        registers.Add(new(Name, "sector", _s.Sector, 8));
        registers.Add(new(Name, "data", _s.Data, 8));
        registers.Add(new(Name, "phase", (byte)_s.Phase, 8));
        registers.Add(new(Name, "intrq", _s.Interrupt ? 1u : 0u, 1));
        registers.Add(new(Name, "drq", _s.Request ? 1u : 0u, 1));
        registers.Add(new(Name, "drive", _s.Drive, 8));
        registers.Add(new(Name, "side", _s.Side, 1));
        registers.Add(new(Name, "cylinder_a", (ulong)_drives[0].Cylinder, 8));
        registers.Add(new(Name, "cylinder_b", (ulong)_drives[1].Cylinder, 8));
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _s);
        visitor.Memory("sector", _sector);
        visitor.Array<ushort>("track", _track);
        _drives[0].Visit(visitor);
        _drives[1].Visit(visitor);
        CheckPlausible();
    }

    // A damaged state file must end in an error, neither in a loop nor outside an array.
    private void CheckPlausible()
    {
        int room = _s.Phase is FdcPhase.ReadingTrack or FdcPhase.WritingTrack ? _track.Length : _sector.Length;
        bool times = _s.EventAt >= 0 && _s.IndexSeen >= 0 && _s.TrackStart >= 0;
        bool places = _s.Index >= 0 && _s.Found >= 0 && _s.Position >= 0 && _s.Length <= room && _s.Index <= Math.Max(_s.Length, 0);
        if (!times || !places)
        {
            throw new InvalidDataException("The state holds an impossible transfer of the floppy controller.");
        }
    }

    // Does everything that was to happen up to now, in order; an index pulse comes before a byte of the same moment.
    private void Advance(long now)
    {
        while (true)
        {
            long index = NextIndex();
            if (Math.Min(index, _s.EventAt) > now)
            {
                break;
            }

            if (index <= _s.EventAt)
            {
                _s.IndexSeen = index;
                OnIndex(index);
            }
            else
            {
                long at = _s.EventAt;
                _s.EventAt = Never;
                OnEvent(at);
            }
        }

        _seen = now;
        Plan();
    }

    private long NextIndex() => _s.Motor && Drive is { } drive ? drive.NextIndex(_s.IndexSeen) : Never;

    private void Plan() => _deadlines.Set(_slot, new(Math.Min(NextIndex(), NextVisible())));

    // While bytes go through the DMA chip nobody sees them before it touches memory.
    private long NextVisible()
    {
        bool reading = _s.Phase is FdcPhase.ReadingData or FdcPhase.ReadingTrack;
        bool writing = _s.Phase is FdcPhase.WritingData or FdcPhase.WritingTrack;
        if (!(reading && _port.TakesData) && !(writing && _port.GivesData))
        {
            return _s.EventAt;
        }

        int bytes = Math.Min(_port.BytesToBurst, _s.Length - _s.Index);
        return bytes > 1 ? MomentOf(_s.Position + bytes - 1) : _s.EventAt;
    }

    private void OnIndex(long at)
    {
        if (_s.IndexInterrupts)
        {
            SetInterrupt(true, at);
        }

        switch (_s.Phase)
        {
            case FdcPhase.Idle:
                if (++_s.IndexCount >= MotorOffPulses)
                {
                    StopMotor(at);
                }

                break;
            case FdcPhase.SpinUp:
                if (++_s.IndexCount >= SpinUpPulses)
                {
                    _s.SpunUp = true;
                    Begin(at);
                }

                break;
            case FdcPhase.Searching:
                if (++_s.IndexCount >= SearchPulses)
                {
                    _s.Status |= FdcStatus.RecordNotFound;
                    Finish(at);
                }

                break;
            case FdcPhase.AwaitingIndex:
                BeginTrack(at);
                break;
        }
    }

    private void OnEvent(long at)
    {
        switch (_s.Phase)
        {
            case FdcPhase.Preparing:
                BeginSteps(at);
                break;
            case FdcPhase.Stepping:
                StepOn(at);
                break;
            case FdcPhase.Settling:
                Settled(at);
                break;
            case FdcPhase.Searching:
                OnIdField(at);
                break;
            case FdcPhase.ReadingId:
                OnIdByte(at);
                break;
            case FdcPhase.ReadingData or FdcPhase.CheckingData:
                OnReadByte(at);
                break;
            case FdcPhase.WritingRequest or FdcPhase.WritingGate or FdcPhase.WritingData or FdcPhase.WritingEnd:
                OnWriteByte(at);
                break;
            case FdcPhase.FormatRequest:
                OnFormatRequest(at);
                break;
            case FdcPhase.ReadingTrack:
                OnTrackByteRead(at);
                break;
            case FdcPhase.WritingTrack:
                OnTrackByteWritten(at);
                break;
        }
    }

    private FdcStatus StatusAt(long at)
    {
        var status = _s.Status | (_s.Motor ? FdcStatus.MotorOn : FdcStatus.None);
        if (!_s.TypeOneStatus)
        {
            return status | (_s.Request ? FdcStatus.DataRequest : FdcStatus.None);
        }

        status |= _s.SpunUp ? FdcStatus.SpinUp : FdcStatus.None;
        if (Drive is { } drive)
        {
            status |= _s.Motor && drive.IndexLevel(at) ? FdcStatus.Index : FdcStatus.None;
            status |= drive.AtTrack0 ? FdcStatus.Track0 : FdcStatus.None;
            status |= drive.Protected(at) ? FdcStatus.WriteProtect : FdcStatus.None;
        }

        return status;
    }

    private void SetInterrupt(bool active, long at)
    {
        _s.Interrupt = active;
        _interruptWire.Drive(_interruptDriver, !active, new(at));
    }

    private void Finish(long at)
    {
        _s.Phase = FdcPhase.Idle;
        _s.Status &= ~FdcStatus.Busy;
        _s.EventAt = Never;
        _s.IndexCount = 0;
        SetInterrupt(true, at);
    }

    private void After(FdcPhase phase, long moment)
    {
        _s.Phase = phase;
        _s.EventAt = moment;
    }

    // At a byte of the track that is being transferred.
    private void AtByte(FdcPhase phase, int position)
    {
        _s.Position = position;
        After(phase, MomentOf(position));
    }

    private long MomentOf(int position) =>
        Drive is { } drive ? drive.MomentOf(_s.TrackStart, position, TrackBytes(drive)) : _s.EventAt;

    // With the disk torn out a transfer goes on at the usual rate.
    private int TrackBytes(FloppyDrive drive) => drive.Disk?.TrackBytes(drive.Cylinder, _s.Side) ?? 6250;

    // A byte from the disk is in the data register.
    private void Offer(byte value)
    {
        _s.Status |= _s.Request ? FdcStatus.LostData : FdcStatus.None;
        _s.Data = value;
        _s.Request = true;
        Serve(reading: true);
    }

    // The data register is to be filled.
    private void Ask()
    {
        _s.Request = true;
        Serve(reading: false);
    }

    private void Serve(bool reading)
    {
        if (reading && _port.TakesData)
        {
            _port.Take(_s.Data);
            _s.Request = false;
        }
        else if (!reading && _port.GivesData)
        {
            _s.Data = _port.Give();
            _s.Request = false;
        }
    }

    // The byte to write next: what came into the data register, or zero when nothing did in time.
    private byte Fetch()
    {
        if (!_s.Request)
        {
            return _s.Data;
        }

        _s.Status |= FdcStatus.LostData;
        return 0;
    }
}
