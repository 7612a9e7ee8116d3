using Attic.Abi.Media;

namespace Attic.Abi.Machines;

/// <summary>The floppy drives of a machine.</summary>
public interface IFloppyDrives
{
    /// <summary>How many drives there are; 0 is A.</summary>
    int DriveCount { get; }

    /// <summary>Puts a disk in; one that is in already comes out first, and the machine notices the change.</summary>
    void Insert(int drive, IFloppyMedium disk);

    /// <summary>Takes the disk out.</summary>
    /// <returns>The disk, null when the drive was empty.</returns>
    IFloppyMedium? Eject(int drive);

    /// <summary>The disk in a drive, or null.</summary>
    IFloppyMedium? DiskIn(int drive);
}
