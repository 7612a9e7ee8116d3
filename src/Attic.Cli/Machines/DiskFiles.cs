using Attic.Media;
using Attic.Media.Durability;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;

namespace Attic.Cli.Machines;

/// <summary>Opens disk images and says in the user's words what is wrong with one.</summary>
internal static class DiskFiles
{
    /// <summary>Opens an image for a drive.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepChanges">Whether writes go into the file; otherwise they are gone at the end.</param>
    /// <exception cref="CommandFailure">The file is missing, in use or no disk image.</exception>
    public static IDiskFile Open(string path, bool keepChanges) =>
        Open(path, () => keepChanges ? DiskFile.Open(path) : DiskFile.FromBytes(Path.GetFileName(path), File.ReadAllBytes(path)));

    /// <summary>Opens an image of an ST's disk, whose files the <c>disk</c> verb works with.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepChanges">Whether writes go into the file; otherwise they are gone at the end.</param>
    /// <exception cref="CommandFailure">The file is missing, in use or no disk image.</exception>
    public static FloppyImage OpenFloppy(string path, bool keepChanges) =>
        Open(path, () => keepChanges ? FloppyImage.Open(path) : FloppyImage.FromBytes(Path.GetFileName(path), File.ReadAllBytes(path)));

    /// <summary>Opens an image of an 8-bit Atari's disk, whose files the <c>disk</c> verb works with.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepChanges">Whether writes go into the file; otherwise they are gone at the end.</param>
    /// <exception cref="CommandFailure">The file is missing, in use or no disk image.</exception>
    public static DiskImage8 OpenEightBit(string path, bool keepChanges) =>
        Open(path, () => keepChanges ? DiskImage8.Open(path) : DiskImage8.FromBytes(Path.GetFileName(path), File.ReadAllBytes(path)));

    private static T Open<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (MediaFormatException damage)
        {
            throw CommandFailure.BadInput($"{path} is no disk image that the drives take. {damage.Message}", "They take .st and .msa, or on an XL .atr, .xfd and .atx, also packed with gzip or zip.", damage);
        }
        catch (FileInUseException busy)
        {
            throw CommandFailure.BadInput(busy.Message, "Eject the disk there first.", busy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"Cannot open {path}: {error.Message}", inner: error);
        }
    }
}
