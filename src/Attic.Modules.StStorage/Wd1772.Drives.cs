using Attic.Abi.Media;
using Attic.Abi.Time;

namespace Attic.Modules.StStorage;

/// <content>Drives: selection, motor, disks in and out.</content>
internal sealed partial class Wd1772
{
    /// <inheritdoc/>
    public int DriveCount => _drives.Length;

    /// <inheritdoc/>
    public IFloppyMedium? Insert(int drive, IFloppyMedium disk, MasterCycles at)
    {
        var chosen = DriveAt(drive);
        ArgumentNullException.ThrowIfNull(disk);
        Advance(at.Count);
        var before = chosen.Insert(disk, at.Count);
        before?.Settle();
        Disturbed(at.Count);
        return before;
    }

    /// <inheritdoc/>
    public IFloppyMedium? Eject(int drive, MasterCycles at)
    {
        var chosen = DriveAt(drive);
        Advance(at.Count);
        var disk = chosen.Eject();
        disk?.Settle();
        Disturbed(at.Count);
        return disk;
    }

    /// <inheritdoc/>
    public IFloppyMedium? DiskIn(int drive) => DriveAt(drive).Disk;

    private FloppyDrive DriveAt(int drive) =>
        (uint)drive < _drives.Length
            ? _drives[drive]
            : throw new ArgumentOutOfRangeException(nameof(drive), drive, $"There are {_drives.Length} drives.");

    private void PowerOn()
    {
        Array.Clear(_sector);
        Array.Clear(_track);
        _s = default;

        // Where a disk stopped last time is chance; the seed stands for it.
        uint chance = _configuration.Seed;
        foreach (var drive in _drives)
        {
            chance = (chance * 1_664_525) + 1_013_904_223;
            drive.PowerOn((int)((chance >> 8) % (ulong)drive.Revolution));
        }
    }

    private void StartMotor(long at)
    {
        _s.Motor = true;
        _s.SpunUp = false;
        _s.IndexSeen = at;
        _s.Activity++;
        foreach (var drive in _drives)
        {
            drive.StartMotor(at);
        }
    }

    private void StopMotor(long at)
    {
        _s.Motor = false;
        _s.SpunUp = false;
        foreach (var drive in _drives)
        {
            drive.StopMotor(at);
            drive.Disk?.Settle();
        }
    }

    private void Select(byte lines)
    {
        _s.Side = (byte)(~lines & 1);
        _s.Drive = (byte)((lines & 2) == 0 ? 0 : (lines & 4) == 0 ? 1 : 0xFF);
    }

    // Another disk, drive or side is under the head: what the controller waits for comes at another time.
    private void Disturbed(long at)
    {
        _s.IndexSeen = Math.Max(_s.IndexSeen, at);
        if (_s.Phase == FdcPhase.Searching)
        {
            PlanSearch(at);
        }

        Plan();
    }
}
