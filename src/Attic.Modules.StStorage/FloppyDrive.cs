using System.Runtime.InteropServices;
using Attic.Abi.Media;
using Attic.Abi.State;

namespace Attic.Modules.StStorage;

/// <summary>A drive's moving parts and sensors. All times are master cycles.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DriveState
{
    /// <summary>While the motor runs: a moment at which the index hole passed, or would have.</summary>
    public long IndexAt;

    /// <summary>When the disk is in place.</summary>
    public long SeatedAt;

    /// <summary>Which disk: <see cref="IFloppyMedium.Fingerprint"/>, 1 for none; 0 in erased state.</summary>
    public ulong Disk;

    /// <summary>While the motor stands: cycles that the disk has turned since the index hole.</summary>
    public int Angle;

    /// <summary>Where the heads are.</summary>
    public int Cylinder;
}

/// <summary>
/// A 3.5-inch drive at 300 rpm: heads on a stepper with a track 0 sensor, an index sensor, and a write-protect sensor
/// that also sees a disk come and go: an empty drive reads as protected, and so does an open notch; the body of a disk
/// that slides in covers the sensor for a while. Acceleration of the motor is not modelled, its speed is exact.
/// </summary>
internal sealed class FloppyDrive
{
    /// <summary>The stop at the inner end, beyond the last cylinder that formats use.</summary>
    public const int LastCylinder = 85;

    private const ulong Empty = 1;
    private readonly string _name;
    private readonly string _diskName;
    private readonly long _slide;
    private readonly long _emptyTime;
    private readonly long _indexPulse;
    private IFloppyMedium? _disk;
    private DriveState _state;

    /// <summary>A drive without a disk.</summary>
    /// <param name="name">Its name in state and messages.</param>
    /// <param name="millisecond">Master cycles of a millisecond.</param>
    /// <param name="revolution">Master cycles of a revolution.</param>
    public FloppyDrive(string name, long millisecond, long revolution)
    {
        _name = name;
        _diskName = name + ".disk";
        Revolution = revolution;

        // Long enough for a system that looks at the sensor every 16 pictures.
        _slide = 400 * millisecond;
        _emptyTime = 500 * millisecond;

        // As measured on an ST's own drive; 1.5 to 4 ms are usual.
        _indexPulse = 371 * millisecond / 100;
        _state.Disk = Empty;
    }

    public long Revolution { get; }

    public IFloppyMedium? Disk => _disk;

    public int Cylinder => _state.Cylinder;

    public bool AtTrack0 => _state.Cylinder == 0;

    public void PowerOn(int angle) =>
        _state = new() { Angle = angle, Disk = _disk?.Fingerprint ?? Empty };

    /// <summary>Puts a disk in; at power-on it is in place at once.</summary>
    public IFloppyMedium? Insert(IFloppyMedium disk, long at)
    {
        var before = _disk;
        _disk = disk;
        _state.Disk = disk.Fingerprint;
        _state.SeatedAt = at == 0 ? 0 : at + _slide + (before is null ? 0 : _emptyTime);
        return before;
    }

    public IFloppyMedium? Eject()
    {
        var before = _disk;
        _disk = null;
        _state.Disk = Empty;
        return before;
    }

    /// <summary>The disk under the heads, null while there is none in place.</summary>
    public IFloppyMedium? Readable(long at) => at >= _state.SeatedAt ? _disk : null;

    /// <summary>What the write-protect sensor says.</summary>
    public bool Protected(long at) =>
        _disk is null || at < _state.SeatedAt - _slide || (at >= _state.SeatedAt && _disk.WriteProtected);

    public void StartMotor(long at) => _state.IndexAt = at - _state.Angle;

    public void StopMotor(long at) => _state.Angle = (int)((at - _state.IndexAt) % Revolution);

    public void Step(bool inwards) =>
        _state.Cylinder = Math.Clamp(_state.Cylinder + (inwards ? 1 : -1), 0, LastCylinder);

    /// <summary>The first index pulse after <paramref name="at"/> while the motor runs; never without a disk.</summary>
    public long NextIndex(long at)
    {
        if (_disk is null)
        {
            return long.MaxValue;
        }

        long from = Math.Max(at, _state.SeatedAt);
        return from + Revolution - ((from - _state.IndexAt) % Revolution);
    }

    /// <summary>Whether the index hole is at its sensor.</summary>
    public bool IndexLevel(long at) => Readable(at) is not null && at - RevolutionStart(at) < _indexPulse;

    /// <summary>The last moment at which byte 0 of the track came under the heads.</summary>
    public long RevolutionStart(long at) => at - ((at - _state.IndexAt) % Revolution);

    /// <summary>When a byte of the track begins to pass.</summary>
    /// <param name="revolutionStart">When byte 0 did.</param>
    /// <param name="position">The byte; beyond one revolution too.</param>
    /// <param name="trackBytes">Bytes of one revolution.</param>
    public long MomentOf(long revolutionStart, int position, int trackBytes) =>
        revolutionStart + (((position * Revolution) + trackBytes - 1) / trackBytes);

    /// <summary>Visits mechanics and disk.</summary>
    /// <exception cref="InvalidDataException">The state was saved with another disk, or with none, in this drive, or is damaged.</exception>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct(_name, ref _state);
        ulong actual = _disk?.Fingerprint ?? Empty;
        if (_state.Disk != 0 && _state.Disk != actual)
        {
            _state.Disk = actual;
            throw new InvalidDataException($"The state was saved with another disk in {_name}.");
        }

        _state.Disk = actual;
        if (_state.Cylinder is < 0 or > LastCylinder || _state.Angle < 0 || _state.IndexAt < -Revolution || _state.SeatedAt < 0)
        {
            throw new InvalidDataException($"The state holds an impossible position of {_name}.");
        }

        if (_disk is not null)
        {
            visitor.Part(_diskName, _disk);
        }
    }
}
