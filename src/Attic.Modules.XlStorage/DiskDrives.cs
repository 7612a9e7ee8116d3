using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Modules.XlStorage;

/// <summary>
/// Disk drives D1: to D8: on the serial bus, all of one model. A drive is switched on while it has a disk: without one the
/// computer starts what else it has.
/// </summary>
/// <remarks>
/// Commands: R and S; W (with verification) and P; ! and " (format); N and O (PERCOM) and ? (high speed) where the model has them.
/// Sources: Atari 810 and 1050 field service manuals; ICD, "US Doubler" manual; <see cref="DriveModel"/> for the times.
/// </remarks>
internal sealed class DiskDrives : SioResponder, IFloppyDrives, IActivity, IInstantSio
{
    private const int Drives = 8;
    private const int LargestSector = 256;
    private const int StatusBytes = 4;
    private const byte FirstId = 0x31;
    private const byte Good = 0xFF;
    private const byte NoDisk = 0x7F;
    private const byte Protected = 0xBF;

    private readonly DiskDrive[] _drives = new DiskDrive[Drives];
    private readonly DriveModel _model;

    public DiskDrives(XlChipContext context, DriveModel model)
        : base(context, "disk", LargestSector, model.Slow, model.Fast)
    {
        _model = model;
        for (int unit = 0; unit < Drives; unit++)
        {
            _drives[unit] = new DiskDrive($"d{unit + 1}", Ticks, model, context.Configuration.Seed + (uint)(unit * 97 * (context.Configuration.Seed == 0 ? 0 : 1)));
        }
    }

    /// <inheritdoc/>
    public int DriveCount => Drives;

    /// <inheritdoc/>
    public long Disk => Activity;

    /// <inheritdoc/>
    public long Sound => 0;

    /// <inheritdoc/>
    public long Keys => 0;

    /// <inheritdoc/>
    protected override long AckDelay => Ticks.Microseconds(_model.AckDelay);

    private DiskDrive Drive => _drives[(Command.Device - FirstId) & (Drives - 1)];

    /// <inheritdoc/>
    public override void Reset(ResetKind kind, MasterCycles at)
    {
        // Drives are no part of the computer: its RESET key does not reach them.
        if (kind == ResetKind.Cold)
        {
            PowerOn();
            foreach (var drive in _drives)
            {
                drive.PowerOn();
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The disk is not one of an 8-bit Atari.</exception>
    public IFloppyMedium? Insert(int drive, IFloppyMedium disk, MasterCycles at) =>
        _drives[drive].Exchange(disk as IAtariDisk ?? throw new InvalidDataException($"{disk?.Name} is no disk of an 8-bit Atari (.atr, .xfd, .atx)."));

    /// <inheritdoc/>
    public IFloppyMedium? Eject(int drive, MasterCycles at)
    {
        var disk = _drives[drive].Exchange(null);
        disk?.Settle();
        return disk;
    }

    /// <inheritdoc/>
    public IFloppyMedium? DiskIn(int drive) => _drives[drive].Disk;

    /// <inheritdoc/>
    public override void Visit(StateVisitor visitor)
    {
        base.Visit(visitor);
        foreach (var drive in _drives)
        {
            drive.Visit(visitor);
        }
    }

    /// <inheritdoc/>
    public int Transfer(in SioCommand command, Span<byte> data, out bool good)
    {
        good = false;
        if (!Answers(command.Device) || (char)command.Command is not ('R' or 'W' or 'P' or 'S'))
        {
            return -1;
        }

        var drive = _drives[command.Device - FirstId];
        var shape = drive.Shape;
        if (command.Command == (byte)'S')
        {
            GiveStatus(drive, data, long.MaxValue);
            good = true;
            return StatusBytes;
        }

        int length = shape.LengthOf(Math.Max(1, command.Aux));
        if (command.Aux < 1 || command.Aux > shape.Sectors || length > data.Length || !drive.StandsAt(command.Aux, command.Command != (byte)'R'))
        {
            return -1;
        }

        byte controller;
        good = command.Command == (byte)'R' ? drive.Read(data[..length], out controller) : drive.Write(data[..length], out controller);
        drive.SetResult(good, controller);
        return length;
    }

    /// <inheritdoc/>
    protected override bool Answers(byte device) => device is >= FirstId and < FirstId + Drives && _drives[device - FirstId].Disk is not null;

    /// <inheritdoc/>
    protected override SioVerdict Judge(in SioCommand command)
    {
        bool fast = _model.FastByCommandBit && (command.Command & 0x80) != 0;
        var shape = _drives[command.Device - FirstId].Shape;
        bool onDisk = command.Aux >= 1 && command.Aux <= shape.Sectors;
        return Verb(command) switch
        {
            'R' => new(onDisk, 0, fast),
            'W' or 'P' => new(onDisk, onDisk ? shape.LengthOf(command.Aux) : 0, fast),
            'S' or '!' => new(true, 0, fast),
            '"' => new(_model.FormatsEnhanced, 0, fast),
            'N' => new(_model.HasPercom, 0, fast),
            'O' => new(_model.HasPercom, _model.HasPercom ? PercomBlock.Bytes : 0, fast),
            '?' => new(_model.PokeyDivisor > 0),
            _ => new(false),
        };
    }

    /// <inheritdoc/>
    protected override long Begin(long now)
    {
        var drive = Drive;
        long starts = now + Ticks.Microseconds(_model.ControllerDelay);
        long after = Ticks.Microseconds(_model.AfterRead);
        switch (Verb(Command))
        {
            case 'R':
                return drive.Reach(starts, Command.Aux, writing: false) + after;
            case 'P':
                return drive.Reach(starts, Command.Aux, writing: true) + after;
            case 'W':
                return drive.NextPass(drive.Reach(starts, Command.Aux, writing: true)) + after;
            case '!' or '"' when drive.Disk is { WriteProtected: false }:
                return drive.FormattedAt(starts);
            default:
                return now + Ticks.Microseconds(_model.StatusDelay);
        }
    }

    /// <inheritdoc/>
    protected override SioResult Finish(long now)
    {
        var drive = Drive;
        switch (Verb(Command))
        {
            case 'R':
                return ReadSector(drive);
            case 'W' or 'P':
                return WriteSector(drive);
            case 'S':
                GiveStatus(drive, Data, now);
                return new(true, StatusBytes);
            case 'N':
                drive.GivePercom(Data);
                return new(true, PercomBlock.Bytes);
            case 'O':
                return new(drive.TakePercom(Data[..PercomBlock.Bytes]), 0);
            case '?':
                Data[0] = _model.PokeyDivisor;
                return new(true, 1);
            case '!':
                return Format(drive, _model.HasPercom ? drive.FormatShape : AtariDiskShape.Single);
            default:
                return Format(drive, AtariDiskShape.Enhanced);
        }
    }

    // Without the bit that asks for speed.
    private char Verb(in SioCommand command) => (char)(_model.FastByCommandBit ? command.Command & 0x7F : command.Command);

    private static void GiveStatus(DiskDrive drive, Span<byte> data, long now)
    {
        // The third byte is the time that a format may take, in units of about a second.
        (data[0], data[1], data[2], data[3]) = (drive.Status(now), drive.Disk is null ? NoDisk : drive.Controller, 0xE0, 0);
    }

    private SioResult ReadSector(DiskDrive drive)
    {
        int length = drive.Shape.LengthOf(Math.Max(1, Command.Aux));
        Data[..length].Clear();
        bool good = drive.Read(Data[..length], out byte controller);
        drive.SetResult(good, controller);
        return new(good, length);
    }

    private SioResult WriteSector(DiskDrive drive)
    {
        bool good = drive.Write(Data[..drive.Shape.LengthOf(Math.Max(1, Command.Aux))], out byte controller);
        drive.SetResult(good, controller);
        drive.Disk?.Settle();
        return new(good, 0);
    }

    // The answer is a sector of the numbers of bad sectors, ended by FF FF: none.
    private SioResult Format(DiskDrive drive, AtariDiskShape shape)
    {
        bool good = drive.Disk is { } disk && disk.Format(shape);
        drive.SetResult(good, good ? Good : drive.Disk is null ? NoDisk : Protected);
        if (good)
        {
            drive.Describe();
            drive.Disk!.Settle();
        }

        int length = shape.SectorBytes;
        Data[..length].Clear();
        Data[..2].Fill(0xFF);
        return new(good, length);
    }
}
