using Attic.Abi.Machines;

namespace Attic.Cli.Run;

/// <summary>
/// Tells when a machine has come to rest: the same picture, and no disk, sound or key activity, for a hundred frames.
/// </summary>
internal sealed class IdleWatch(IActivity? activity)
{
    /// <summary>Frames without any activity that count as rest: two seconds of a PAL machine.</summary>
    public const int FramesOfRest = 100;

    private long _disk;
    private long _sound;
    private long _keys;

    /// <summary>Frames since something last happened.</summary>
    public int QuietFrames { get; private set; }

    /// <summary>Whether the machine rests.</summary>
    public bool IsIdle => QuietFrames >= FramesOfRest;

    /// <summary>Starts counting anew.</summary>
    public void Restart() => QuietFrames = 0;

    /// <summary>To be called once after each frame.</summary>
    public void Look(bool pictureChanged)
    {
        bool active = pictureChanged;
        if (activity is not null)
        {
            long disk = activity.Disk;
            long sound = activity.Sound;
            long keys = activity.Keys;
            active |= disk != _disk || sound != _sound || keys != _keys;
            (_disk, _sound, _keys) = (disk, sound, keys);
        }

        QuietFrames = active ? 0 : QuietFrames + 1;
    }
}
