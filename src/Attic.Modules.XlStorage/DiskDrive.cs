using Attic.Abi.Media;
using Attic.Abi.State;

namespace Attic.Modules.XlStorage;

/// <summary>
/// One drive's mechanics: 288 rpm, a stepper of 5.3 ms a track, sectors that pass the head one after another.
/// </summary>
/// <remarks>Sources: Atari 810 field service manual (rotation, step rate); Atari 1050 technical manual (both densities).</remarks>
internal sealed class DiskDrive
{
    private const ulong Empty = 1;
    private const int StepMicroseconds = 5_300;
    private const int SettleMicroseconds = 10_000;
    private const int SpinUpMicroseconds = 400_000;
    private const int MotorMicroseconds = 3_000_000;

    // From the ID address mark to the end of the data field beyond the data themselves.
    private const int SectorOverhead = 30;

    private readonly string _name;
    private readonly long _millisecond;
    private readonly long _revolution;
    private DriveState _s;

    /// <summary>A drive without a disk.</summary>
    /// <param name="name">Its name in states.</param>
    /// <param name="millisecond">Machine cycles of a millisecond.</param>
    public DiskDrive(string name, long millisecond)
    {
        (_name, _millisecond) = (name, millisecond);
        _revolution = millisecond * 60_000 / 288;
        PowerOn();
    }

    public IFloppyMedium? Disk { get; private set; }

    public byte Status => (byte)(_s.Status | (Disk is { WriteProtected: true } ? 0x08 : 0));

    public byte Controller => _s.Controller;

    public bool MotorRuns(long now) => now < _s.MotorUntil;

    public void PowerOn() => _s = new() { Disk = Disk?.Fingerprint ?? Empty, Controller = 0xFF, Spare = 0 };

    public IFloppyMedium? Exchange(IFloppyMedium? disk)
    {
        var before = Disk;
        Disk = disk;
        _s.Disk = disk?.Fingerprint ?? Empty;
        return before;
    }

    public void SetResult(bool good, byte controller) =>
        (_s.Status, _s.Controller) = ((byte)(good ? 0 : 0x04), controller);

    /// <summary>When the head, sent off now, has read the sector of that index.</summary>
    public long ReadyAt(long now, int cylinder, int index)
    {
        long at = Seek(now, cylinder);
        var sectors = Disk!.SectorsOf(cylinder, 0);
        long track = Disk.TrackBytes(cylinder, 0);
        if (index >= sectors.Length || track <= 0)
        {
            return at + (2 * _revolution);
        }

        long position = sectors[index].Position * _revolution / track;
        long wait = (position - (at % _revolution) + _revolution) % _revolution;
        return at + wait + ((sectors[index].Length + SectorOverhead) * _revolution / track);
    }

    /// <summary>When all tracks of a format have been written and verified.</summary>
    public long FormattedAt(long now) => Seek(now, 0) + (Disk?.Cylinders ?? 40) * ((3 * _revolution) + Microseconds(StepMicroseconds));

    /// <summary>The sector with a number that comes to the head first; beyond the last when there is none.</summary>
    public int Find(long now, int cylinder, int number)
    {
        var sectors = Disk!.SectorsOf(cylinder, 0);
        (int best, long soonest) = (sectors.Length, long.MaxValue);
        for (int index = 0; index < sectors.Length; index++)
        {
            if (sectors[index].Number == number && (sectors[index].Flags & FloppySectorFlags.IdCrcError) == 0)
            {
                long ready = Peek(now, cylinder, index);
                (best, soonest) = ready < soonest ? (index, ready) : (best, soonest);
            }
        }

        return best;
    }

    /// <summary>Visits mechanics and disk.</summary>
    /// <exception cref="InvalidDataException">The state was saved with another disk, or with none, in this drive.</exception>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct(_name, ref _s);
        ulong actual = Disk?.Fingerprint ?? Empty;
        bool other = _s.Disk != 0 && _s.Disk != actual;
        _s.Disk = actual;
        _s.Cylinder = Math.Clamp(_s.Cylinder, 0, 65_535);
        if (other)
        {
            throw new InvalidDataException($"The state was saved with another disk in {_name}.");
        }

        if (Disk is not null)
        {
            visitor.Part(_name + ".disk", Disk);
        }
    }

    private long Peek(long now, int cylinder, int index)
    {
        var before = _s;
        long ready = ReadyAt(now, cylinder, index);
        _s = before;
        return ready;
    }

    private long Seek(long now, int cylinder)
    {
        long at = MotorRuns(now) ? now : now + Microseconds(SpinUpMicroseconds);
        int steps = Math.Abs(cylinder - _s.Cylinder);
        at += steps == 0 ? 0 : Microseconds((steps * StepMicroseconds) + SettleMicroseconds);
        (_s.Cylinder, _s.MotorUntil) = (cylinder, at + Microseconds(MotorMicroseconds));
        return at;
    }

    private long Microseconds(long count) => count * _millisecond / 1000;
}
