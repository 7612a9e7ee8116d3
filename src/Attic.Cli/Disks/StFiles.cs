using Attic.Cli.Machines;
using Attic.Media.Fat;
using Attic.Media.Floppies;

namespace Attic.Cli.Disks;

/// <summary>The FAT12 file system of an ST's disk.</summary>
internal sealed class StFiles : DiskFileSystem
{
    private readonly DiskContent _content;
    private readonly byte[] _sectors;
    private readonly Fat12Volume _volume;

    private StFiles(DiskContent content)
    {
        _content = content;
        _sectors = content.ToSectors();
        _volume = Fat12Volume.Open(_sectors);
    }

    /// <inheritdoc/>
    public override long FreeBytes => _volume.FreeBytes;

    /// <inheritdoc cref="DiskFileSystem.Open"/>
    public static new StFiles Open(string path)
    {
        using var image = DiskFiles.OpenFloppy(path, keepChanges: false);
        return new(image.CopyContent());
    }

    /// <summary>Opens a disk that is going to be changed: merges its journal, and fails where a machine has it in a drive.</summary>
    public static StFiles OpenToChange(string path)
    {
        using var image = DiskFiles.OpenFloppy(path, keepChanges: true);
        return image.WriteProtected
            ? throw CommandFailure.BadInput($"{path} is write-protected: {image.Protection}.")
            : new(image.CopyContent());
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ListedFile> List() => [.. Walk(string.Empty)];

    /// <inheritdoc/>
    public override byte[] Read(string path) => _volume.ReadFile(path);

    /// <inheritdoc/>
    public override void Put(string path, FileInfo source)
    {
        byte[] content = File.ReadAllBytes(source.FullName);
        string[] parts = path.Split('/', '\\');
        for (int depth = 1; depth < parts.Length; depth++)
        {
            string folder = string.Join('/', parts[..depth]);
            if (!_volume.Exists(folder))
            {
                _volume.MakeFolder(folder, source.LastWriteTime);
            }
        }

        _volume.WriteFile(path, content, source.LastWriteTime);
    }

    /// <inheritdoc/>
    protected override void Save(string path) => FloppyImage.Save(path, new DiskContent(_content.Geometry, _sectors));

    private IEnumerable<ListedFile> Walk(string folder)
    {
        foreach (var entry in _volume.List(folder))
        {
            if (entry.Name is "." or "..")
            {
                continue;
            }

            string path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (!entry.IsFolder)
            {
                yield return new ListedStFile(path, entry.Length, entry.Modified);
                continue;
            }

            // A damaged disk can hold a folder inside itself; no path that TOS accepts is deeper.
            const int DeepestFolder = 16;
            if (path.Count(c => c == '/') < DeepestFolder)
            {
                foreach (var inner in Walk(path))
                {
                    yield return inner;
                }
            }
        }
    }
}
