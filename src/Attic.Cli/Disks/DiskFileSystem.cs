using Attic.Media.Floppies8;

namespace Attic.Cli.Disks;

/// <summary>The files of a disk image, whatever the machine: what the <c>disk</c> verbs work with.</summary>
internal abstract class DiskFileSystem
{
    /// <summary>Bytes that new files can take.</summary>
    public abstract long FreeBytes { get; }

    /// <summary>What the file system is called in messages.</summary>
    public static string NameOf(string path) => IsEightBit(path) ? "DOS 2" : "FAT12";

    /// <summary>Opens a disk for reading.</summary>
    /// <exception cref="CommandFailure">The file is missing or no disk image.</exception>
    /// <exception cref="Media.MediaFormatException">The disk holds no file system that makes sense.</exception>
    public static DiskFileSystem Open(string path) => IsEightBit(path) ? AtariDosFiles.Open(path) : StFiles.Open(path);

    /// <summary>Opens a disk, changes it and saves it whole; after an exception the file is as it was.</summary>
    /// <param name="path">The image.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="CommandFailure">As above, or it may not be written, or a machine has it in a drive.</exception>
    /// <exception cref="Media.MediaFormatException">The disk holds no file system that makes sense.</exception>
    public static void Change(string path, Action<DiskFileSystem> change)
    {
        DiskFileSystem disk = IsEightBit(path) ? AtariDosFiles.OpenToChange(path) : StFiles.OpenToChange(path);
        change(disk);
        disk.Save(path);
    }

    /// <summary>All files.</summary>
    public abstract IReadOnlyList<ListedFile> List();

    /// <summary>A file's content.</summary>
    /// <param name="path">Its path on the disk.</param>
    public abstract byte[] Read(string path);

    /// <summary>Writes a file; one of the same name is replaced.</summary>
    /// <param name="path">Its path on the disk; missing folders are made.</param>
    /// <param name="source">The file of this computer.</param>
    public abstract void Put(string path, FileInfo source);

    /// <summary>Writes the disk to its file, whole or not at all.</summary>
    protected abstract void Save(string path);

    // By its first bytes, or by its name; what cannot be read is told where it is opened.
    private static bool IsEightBit(string path)
    {
        Span<byte> head = stackalloc byte[16];
        int read = 0;
        if (File.Exists(path))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }

        return DiskImage8.Recognises(path, head[..read]);
    }
}
