using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlStorage;

/// <summary>
/// Disk drives D1: to D8: on the serial bus. A drive is switched on while it has a disk: without one the computer
/// starts what else it has.
/// </summary>
/// <remarks>
/// Frames as in the Atari 810 and 1050 manuals: five command bytes under COMMAND (device $31–$38, command, two auxiliary,
/// checksum with end-around carry), ACK 'A' or NAK 'N', then data frames with checksum and 'C' or 'E'. Commands: R, W, P, S, !, ",
/// and N and O (PERCOM) of the double-density drives. Not modelled: high speed.
/// </remarks>
internal sealed partial class DiskDrives : IChip, IDeadlineHandler, ISioDevice, IWireSink, IFloppyDrives, IActivity
{
    private const int Drives = 8;
    private const int CommandBytes = 5;
    private const int BitCycles = 94;
    private const int ByteCycles = (10 * BitCycles) + 4;
    private const byte Ack = (byte)'A';
    private const byte Nak = (byte)'N';
    private const byte Complete = (byte)'C';
    private const byte Error = (byte)'E';

    private readonly DeadlineSlots _deadlines;
    private readonly int _slot;
    private readonly SioBus _bus;
    private readonly DiskDrive[] _drives = new DiskDrive[Drives];
    private readonly long _millisecond;
    private TransactionState _s;

    public DiskDrives(XlChipContext context)
    {
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim(Name, this);
        _bus = context.Sio;
        _bus.Attach(this);
        context.Wiring.Wire(XlPins.SioCommand).Connect(this);
        _millisecond = context.Configuration.MasterClock.CyclesIn(1000) / Scanline.MasterPerCycle;
        for (int unit = 0; unit < Drives; unit++)
        {
            _drives[unit] = new DiskDrive($"d{unit + 1}", _millisecond);
        }
    }

    /// <inheritdoc/>
    public string Name => "disk";

    /// <inheritdoc/>
    public int DriveCount => Drives;

    /// <inheritdoc/>
    public long Disk => _s.Commands + (_s.Phase == DiskPhase.Idle ? 0 : 1);

    /// <inheritdoc/>
    public long Sound => 0;

    /// <inheritdoc/>
    public long Keys => 0;

    private DiskDrive Drive => _drives[_s.Unit];

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        // Drives are no part of the computer: its RESET key does not reach them.
        if (kind == ResetKind.Cold)
        {
            long commands = _s.Commands;
            _s = new() { Commands = commands };
            foreach (var drive in _drives)
            {
                drive.PowerOn();
            }
        }
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        // Everything that a drive does has a deadline.
    }

    /// <inheritdoc/>
    public IFloppyMedium? Insert(int drive, IFloppyMedium disk, MasterCycles at) => _drives[drive].Exchange(disk);

    /// <inheritdoc/>
    public IFloppyMedium? Eject(int drive, MasterCycles at) => _drives[drive].Exchange(null);

    /// <inheritdoc/>
    public IFloppyMedium? DiskIn(int drive) => _drives[drive].Disk;

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("transaction", ref _s);
        _s.Unit = Math.Min(_s.Unit, (byte)(Drives - 1));
        _s.Length = Math.Clamp(_s.Length, 0, ((Span<byte>)_s.Bytes).Length);
        _s.Sent = Math.Clamp(_s.Sent, 0, _s.Length);
        foreach (var drive in _drives)
        {
            drive.Visit(visitor);
        }
    }

    /// <inheritdoc/>
    public void OnWire(Wire wire, bool level, MasterCycles at)
    {
        if (!level)
        {
            (_s.Phase, _s.Length) = (DiskPhase.Command, 0);
            _deadlines.Set(_slot, MasterCycles.Never);
        }
        else if (_s.Phase == DiskPhase.Command)
        {
            _s.Phase = DiskPhase.Idle;
            TakeCommand(Cycle(at));
        }
    }

    /// <inheritdoc/>
    public void OnByte(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at)
    {
        bool readable = goodFrame && cyclesPerBit is > BitCycles * 95 / 100 and < BitCycles * 105 / 100;
        int limit = _s.Phase == DiskPhase.Command ? CommandBytes : ((Span<byte>)_s.Bytes).Length;
        if (_s.Phase is not (DiskPhase.Command or DiskPhase.Receiving) || _s.Length >= limit)
        {
            return;
        }

        _s.Bytes[_s.Length++] = readable ? value : (byte)~value;
        if (_s.Phase == DiskPhase.Receiving && _s.Length == FrameLength + 1)
        {
            TakeData(Cycle(at));
        }
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at)
    {
        long now = Cycle(at);
        switch (_s.Phase)
        {
            case DiskPhase.Sending:
                SendNext(now);
                break;
            case DiskPhase.Execute:
                Execute();
                Answer(now);
                break;
            case DiskPhase.Store:
                Store();
                Answer(now);
                break;
            default:
                break;
        }
    }

    private static long Cycle(MasterCycles at) => at.Count / Scanline.MasterPerCycle;

    // The sum of all bytes with the carry added back in.
    private static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum += value;
            sum = (sum & 0xFF) + (sum >> 8);
        }

        return (byte)sum;
    }

    private void Await(long cycle, DiskPhase phase)
    {
        _s.Phase = phase;
        _deadlines.Set(_slot, new(cycle * Scanline.MasterPerCycle));
    }

    // One byte, then another phase.
    private void Reply(byte value, long at, DiskPhase next)
    {
        _s.Bytes[0] = value;
        (_s.Length, _s.Sent, _s.Next) = (1, 0, next);
        Await(at, DiskPhase.Sending);
    }

    private void Answer(long now)
    {
        (_s.Sent, _s.Next) = (0, DiskPhase.Idle);
        Await(now + (_millisecond / 2), DiskPhase.Sending);
    }

    private void SendNext(long now)
    {
        if (_s.Sent < _s.Length)
        {
            _bus.ToHost(_s.Bytes[_s.Sent++], BitCycles, new(now * Scanline.MasterPerCycle));
            Await(now + ByteCycles, DiskPhase.Sending);
            return;
        }

        _s.Phase = _s.Next;
        if (_s.Phase is DiskPhase.Execute or DiskPhase.Store)
        {
            Await(FinishedAt(now), _s.Phase);
        }
        else if (_s.Phase == DiskPhase.Receiving)
        {
            _s.Length = 0;
        }
    }
}
