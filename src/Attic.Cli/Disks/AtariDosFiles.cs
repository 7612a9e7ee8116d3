using Attic.Cli.Machines;
using Attic.Cli.Output;
using Attic.Media;
using Attic.Media.AtariDos;

namespace Attic.Cli.Disks;

/// <summary>The file system of DOS 2.0S and 2.5 on an <c>.atr</c> image.</summary>
internal sealed class AtariDosFiles : DiskFileSystem
{
    private readonly byte[] _image;
    private readonly AtariDosVolume _volume;

    private AtariDosFiles(byte[] image)
    {
        _image = image;
        _volume = AtariDosVolume.Open(image);
    }

    /// <inheritdoc/>
    public override long FreeBytes => (long)_volume.FreeSectors * _volume.SectorData;

    /// <inheritdoc cref="DiskFileSystem.Open"/>
    public static new AtariDosFiles Open(string path) => Open(path, change: false);

    /// <summary>Opens a disk that is going to be changed: merges its journal, and fails where a machine has it in a drive.</summary>
    public static AtariDosFiles OpenToChange(string path) => Open(path, change: true);

    /// <inheritdoc/>
    public override IReadOnlyList<ListedFile> List() => [.. _volume.List().Select(Look)];

    /// <inheritdoc/>
    public override byte[] Read(string path) => _volume.ReadFile(path);

    /// <inheritdoc/>
    public override void Put(string path, FileInfo source) => _volume.WriteFile(path, File.ReadAllBytes(source.FullName));

    /// <inheritdoc/>
    protected override void Save(string path)
    {
        using var target = new StagedFile(path);
        target.Stream.Write(_image);
        target.Commit();
    }

    private static AtariDosFiles Open(string path, bool change)
    {
        using var image = DiskFiles.OpenEightBit(path, change);
        return change && image.WriteProtected
            ? throw CommandFailure.BadInput($"{path} is write-protected: {image.Protection}.")
            : image.FormatName is "atr" ? new(image.ToFile())
            : throw CommandFailure.BadInput($"{path}: files are read and written on .atr images, not on .{image.FormatName} ones.");
    }

    private ListedFile Look(AtariDosEntry entry)
    {
        if (entry.Open)
        {
            return new ListedDosFile(entry.Name, null, entry.Sectors, entry.Locked, "was never closed");
        }

        try
        {
            return new ListedDosFile(entry.Name, _volume.ReadFile(entry.Name).Length, entry.Sectors, entry.Locked, null);
        }
        catch (MediaFormatException damage)
        {
            return new ListedDosFile(entry.Name, null, entry.Sectors, entry.Locked, $"is broken: {damage.Message}");
        }
        catch (Exception unusual) when (unusual is ArgumentException or FileNotFoundException)
        {
            // Names that no DOS takes, in small letters or of dashes, make a directory look better.
            return new ListedDosFile(entry.Name, null, entry.Sectors, entry.Locked, unusual.Message);
        }
    }
}
