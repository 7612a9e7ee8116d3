using Attic.Abi.Media;
using Attic.Abi.Time;

namespace Attic.Abi.Machines;

/// <summary>
/// The floppy drives of a machine. A disk takes as long to change as by hand (about a second of the machine's time), so
/// that its system sees the write-protect line move; only one put in at power-on is there at once.
/// </summary>
public interface IFloppyDrives
{
    /// <summary>How many drives there are; 0 is A.</summary>
    int DriveCount { get; }

    /// <summary>Puts a disk in; one that is in already comes out first, and the machine notices the change.</summary>
    /// <param name="drive">0 for A, 1 for B.</param>
    /// <param name="disk">The disk; the caller goes on owning it and closes it after it came out.</param>
    /// <param name="at">The machine's present.</param>
    /// <returns>The disk that came out, null when the drive was empty.</returns>
    /// <exception cref="InvalidDataException">The disk is none of this machine's kind; the drive keeps what it has.</exception>
    IFloppyMedium? Insert(int drive, IFloppyMedium disk, MasterCycles at);

    /// <summary>Takes the disk out.</summary>
    /// <param name="drive">0 for A, 1 for B.</param>
    /// <param name="at">The machine's present.</param>
    /// <returns>The disk, null when the drive was empty.</returns>
    IFloppyMedium? Eject(int drive, MasterCycles at);

    /// <summary>The disk in a drive, or null.</summary>
    IFloppyMedium? DiskIn(int drive);
}
