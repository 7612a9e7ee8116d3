using Attic.Abi.Media;
using Attic.Abi.State;

namespace Attic.Modules.XlStorage;

/// <summary>
/// One drive's mechanics: a motor, a stepper, and sectors that pass the head at their angles. The angle follows from the
/// emulated time alone.
/// </summary>
internal sealed class DiskDrive
{
    private const ulong Empty = 1;

    // Bytes from an ID address mark to the first byte of data, and of the CRC behind them: IBM 3740 and System 34 formats with the
    // gaps that these drives' controllers write.
    private const int FmBeforeData = 25;
    private const int MfmBeforeData = 48;
    private const int CrcBytes = 2;

    // Units of 8 µs that a byte takes at 125 and at 250 kbit/s.
    private const int FmByte = 8;
    private const int MfmByte = 4;

    // The 810 has no sensor for track 0: it steps outwards this often.
    private const int RestoreSteps = 43;

    private readonly string _name;
    private readonly ClockTicks _ticks;
    private readonly DriveModel _model;
    private readonly long _turn;
    private readonly long _phase;
    private readonly uint _seed;
    private DriveState _s;

    /// <summary>A drive without a disk.</summary>
    /// <param name="name">Its name in states.</param>
    /// <param name="ticks">The clock.</param>
    /// <param name="model">Which drive.</param>
    /// <param name="seed">Seeds the angle at power-on and the weak bytes.</param>
    public DiskDrive(string name, ClockTicks ticks, DriveModel model, uint seed)
    {
        (_name, _ticks, _model, _seed) = (name, ticks, model, seed);
        _turn = ticks.Nanoseconds(60_000_000_000 / model.Rpm);
        _phase = (long)((ulong)(seed * 2_654_435_761u) * (ulong)_turn >> 32);
        PowerOn();
    }

    public IAtariDisk? Disk { get; private set; }

    public AtariDiskShape Shape => Disk?.Shape ?? AtariDiskShape.Single;

    /// <summary>Controller status, inverted.</summary>
    public byte Controller => _s.Controller;

    /// <summary>The disk that the next format makes, if the drive can be told.</summary>
    public AtariDiskShape FormatShape => PercomBlock.Read(_s.Percom, _model.Sides) ?? Shape;

    /// <summary>The status byte: bit 3 write protected, 4 motor on, 5 double density, 6 double sided, 7 enhanced density.</summary>
    public byte Status(long now)
    {
        ReadOnlySpan<byte> percom = _s.Percom;
        return (byte)(_s.Status
            | (Disk is { WriteProtected: true } ? 0x08 : 0)
            | (now < _s.MotorUntil ? 0x10 : 0)
            | (percom[6] != 0 ? 0x20 : 0)
            | (percom[4] != 0 ? 0x40 : 0)
            | (percom[2] == 0 && percom[3] == 26 ? 0x80 : 0));
    }

    public void PowerOn()
    {
        _s = new() { Disk = Disk?.Fingerprint ?? Empty, Controller = 0xFF, Index = -1, Noise = (_seed * 747_796_405u) | 1, Spare = 0 };
        PercomBlock.Write(Shape, _s.Percom);
    }

    public IAtariDisk? Exchange(IAtariDisk? disk)
    {
        var before = Disk;
        Disk = disk;
        _s.Disk = disk?.Fingerprint ?? Empty;
        PercomBlock.Write(Shape, _s.Percom);
        return before;
    }

    public void SetResult(bool good, byte controller) => (_s.Status, _s.Controller) = ((byte)(good ? 0 : 0x04), controller);

    public void GivePercom(Span<byte> block) => ((ReadOnlySpan<byte>)_s.Percom).CopyTo(block);

    /// <summary>Takes a PERCOM block; false when the drive cannot make such disks.</summary>
    public bool TakePercom(ReadOnlySpan<byte> block)
    {
        if (PercomBlock.Read(block, _model.Sides) is null)
        {
            return false;
        }

        block.CopyTo(_s.Percom);
        return true;
    }

    /// <summary>After a format the block describes what is there.</summary>
    public void Describe() => PercomBlock.Write(Shape, _s.Percom);

    /// <summary>
    /// Sends the head to a sector, tries as often as this drive does, and says when it will be through. The sector that then
    /// passed is remembered.
    /// </summary>
    /// <param name="now">When the controller begins.</param>
    /// <param name="sector">From 1 through the whole disk.</param>
    /// <param name="writing">Whether its data are to be written: what is wrong with them does not matter then.</param>
    public long Reach(long now, int sector, bool writing)
    {
        var shape = Shape;
        _s.Track = shape.TrackOf(sector);
        _s.Index = -1;
        if (!shape.IsFloppy)
        {
            _s.Index = Soonest(now, shape.NumberOf(sector), writing, out _);
            return now;
        }

        long at = Seek(now, shape.CylinderOf(_s.Track));
        for (int attempt = 1; ; attempt++)
        {
            _s.Index = Soonest(at, shape.NumberOf(sector), writing, out long passes);
            if (_s.Index >= 0)
            {
                at = passes;
                if (writing || IsGood(Disk!.SectorsOfTrack(_s.Track)[_s.Index]))
                {
                    break;
                }
            }
            else
            {
                at += _ticks.Microseconds(_model.Search);
            }

            if (attempt == _model.Tries)
            {
                break;
            }

            at += RetryPause(attempt);
        }

        _s.MotorUntil = at + _ticks.Microseconds(_model.MotorOff);
        return at;
    }

    /// <summary>Finds a sector without taking time; false when it is not there or not good, so that it takes the usual way.</summary>
    public bool StandsAt(int sector, bool writing)
    {
        _s.Track = Shape.TrackOf(sector);
        _s.Index = Soonest(0, Shape.NumberOf(sector), writing, out _);
        if (_s.Index < 0)
        {
            return false;
        }

        var found = Disk!.SectorsOfTrack(_s.Track)[_s.Index];
        return IsGood(found) && found.WeakFrom < 0 && !HasTwin(found.Number);
    }

    /// <summary>When the sector that <see cref="Reach"/> found comes by again: for the verification of a write.</summary>
    public long NextPass(long now)
    {
        if (_s.Index < 0 || !Shape.IsFloppy)
        {
            return now;
        }

        long at = End(now, Disk!.SectorsOfTrack(_s.Track)[_s.Index]);
        _s.MotorUntil = at + _ticks.Microseconds(_model.MotorOff);
        return at;
    }

    /// <summary>When all tracks of a format have been written and verified: two revolutions each, twice.</summary>
    public long FormattedAt(long now)
    {
        long at = Seek(now, 0) + (FormatShape.Tracks * 4L * _turn);
        (_s.Cylinder, _s.MotorUntil) = (FormatShape.Cylinders - 1, at + _ticks.Microseconds(_model.MotorOff));
        return at;
    }

    /// <summary>Reads the sector that <see cref="Reach"/> found.</summary>
    /// <param name="data">Takes its data; what the disk does not give is left as it is.</param>
    /// <param name="controller">The controller's status, inverted.</param>
    /// <returns>Whether it was read without fault.</returns>
    public bool Read(Span<byte> data, out byte controller)
    {
        const byte NotFound = 0xEF;
        var sectors = Disk is null ? [] : Disk.SectorsOfTrack(_s.Track);
        if ((uint)_s.Index >= (uint)sectors.Length)
        {
            controller = NotFound;
            return false;
        }

        var sector = sectors[_s.Index];
        var content = Disk!.ReadSector(_s.Track, _s.Index);
        content[..Math.Min(content.Length, data.Length)].CopyTo(data);
        if (sector.WeakFrom >= 0)
        {
            Blur(data[Math.Min(sector.WeakFrom, data.Length)..]);
        }

        // A long sector leaves the data request unanswered as well.
        const byte DataRequest = 0x02;
        var flags = (byte)sector.Flags;
        flags |= (sector.Flags & AtariSectorFlags.Long) != 0 ? DataRequest : (byte)0;
        controller = (byte)~flags;
        return flags == 0;
    }

    /// <summary>Writes the sector that <see cref="Reach"/> found.</summary>
    public bool Write(ReadOnlySpan<byte> data, out byte controller)
    {
        const byte NotFound = 0xEF;
        const byte Protected = 0xBF;
        const byte WriteFault = 0xDF;
        var sectors = Disk is null ? [] : Disk.SectorsOfTrack(_s.Track);
        if (Disk is { WriteProtected: true } || (uint)_s.Index >= (uint)sectors.Length)
        {
            controller = Disk is { WriteProtected: true } ? Protected : NotFound;
            return false;
        }

        int length = Math.Min(data.Length, sectors[_s.Index].Length);
        bool done = Disk!.WriteSector(_s.Track, _s.Index, data[..length]);
        controller = done ? (byte)0xFF : WriteFault;
        return done;
    }

    /// <summary>Visits mechanics and disk.</summary>
    /// <exception cref="InvalidDataException">The state was saved with another disk, or with none, in this drive.</exception>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct(_name, ref _s);
        ulong actual = Disk?.Fingerprint ?? Empty;
        bool other = _s.Disk != 0 && _s.Disk != actual;
        _s.Disk = actual;
        _s.Cylinder = Math.Clamp(_s.Cylinder, 0, 255);
        _s.Track = Math.Clamp(_s.Track, 0, 65_535);
        _s.Noise |= 1;
        if (other)
        {
            throw new InvalidDataException($"The state was saved with another disk in {_name}.");
        }

        if (Disk is not null)
        {
            visitor.Part(_name + ".disk", Disk);
        }
    }

    private static bool IsGood(in AtariSector sector) => sector.Flags == AtariSectorFlags.None;

    // The 810 looks again at once, after two failures from track 0; the 1050 steps away and back.
    private long RetryPause(int attempt)
    {
        bool missing = _s.Index < 0;
        if (!_model.WaitsForLongSectors)
        {
            return missing && attempt == 2 ? Steps(RestoreSteps) + Steps(_s.Cylinder) : 0;
        }

        return missing ? Steps(_s.Cylinder) + Steps(_s.Cylinder) : Steps(1);
    }

    private long Steps(int count) => count == 0 ? 0 : _ticks.Microseconds(((long)count * _model.Step) + _model.Settle);

    // The sector with a number that comes to the head first; those without data pass by unless they are to be written.
    private int Soonest(long now, int number, bool writing, out long end)
    {
        (int best, end) = (-1, long.MaxValue);
        bool readable = Disk is not null && (!Shape.Mfm || _model.ReadsMfm) && (Shape.SectorBytes == 128 || _model.HasPercom);
        var sectors = readable ? Disk!.SectorsOfTrack(_s.Track) : [];
        long soonest = long.MaxValue;
        for (int index = 0; index < sectors.Length; index++)
        {
            ref readonly var sector = ref sectors[index];
            bool hasData = (sector.Flags & AtariSectorFlags.NoData) == 0;

            // Both bits together are a bad ID field, which no search accepts.
            bool hasId = hasData || (sector.Flags & AtariSectorFlags.CrcError) == 0;
            if (sector.Number != number || !hasId || !(hasData || writing))
            {
                continue;
            }

            long begins = now + Wait(now, sector);
            if (begins < soonest)
            {
                (best, soonest) = (index, begins);
            }
        }

        end = best < 0 ? now : End(now, sectors[best]);
        return best;
    }

    // Which of two sectors with one number is read depends on the time.
    private bool HasTwin(int number)
    {
        int count = 0;
        foreach (ref readonly var sector in Disk!.SectorsOfTrack(_s.Track))
        {
            count += sector.Number == number ? 1 : 0;
        }

        return count > 1;
    }

    // Cycles until an ID field begins.
    private long Wait(long now, in AtariSector sector)
    {
        long position = sector.Position * _turn / AtariSector.UnitsPerTurn;
        long angle = (now + _phase) % _turn;
        return (position - angle + _turn) % _turn;
    }

    // When the data field that comes next is over.
    private long End(long now, in AtariSector sector)
    {
        var shape = Shape;
        int data = shape.SectorBytes;
        int physical = 128 << (sector.SizeCode & 3);
        int bytes = _model.WaitsForLongSectors ? Math.Max(data, physical) : data;
        int units = shape.Mfm ? (MfmBeforeData + bytes + CrcBytes) * MfmByte : (FmBeforeData + bytes + CrcBytes) * FmByte;
        return now + Wait(now, sector) + (units * _turn / AtariSector.UnitsPerTurn);
    }

    private long Seek(long now, int cylinder)
    {
        long at = now < _s.MotorUntil ? now : now + _ticks.Microseconds(_model.SpinUp);
        int steps = Math.Abs(cylinder - _s.Cylinder);
        if (steps > 0)
        {
            bool inwards = cylinder > _s.Cylinder;
            at += Steps(steps + (inwards && _model.Overshoots ? 1 : 0));
        }

        _s.Cylinder = cylinder;
        return at;
    }

    // Weak flux reads as anything: xorshift, part of the state.
    private void Blur(Span<byte> data)
    {
        foreach (ref byte value in data)
        {
            _s.Noise ^= _s.Noise << 13;
            _s.Noise ^= _s.Noise >> 17;
            _s.Noise ^= _s.Noise << 5;
            value = (byte)_s.Noise;
        }
    }
}
