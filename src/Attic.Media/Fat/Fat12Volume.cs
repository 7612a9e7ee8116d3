using System.Buffers.Binary;
using Attic.Media.Floppies;

namespace Attic.Media.Fat;

/// <summary>
/// The FAT12 file system of ST (and PC) floppy disks, over the sectors of a disk in memory. Paths are separated by
/// <c>\</c> or <c>/</c>, without regard to case. No boot sector or allocation table, however hostile, makes it loop or
/// leave the image.
/// </summary>
public sealed class Fat12Volume
{
    private const byte FolderAttribute = 0x10;
    private const byte LabelAttribute = 0x08;
    private const byte ArchiveAttribute = 0x20;
    private const byte DeletedMark = 0xE5;
    private readonly Memory<byte> _image;
    private readonly FatGeometry _geometry;
    private readonly FatTable _table;

    private Fat12Volume(Memory<byte> image)
    {
        _image = image;
        _geometry = FatGeometry.Read(image.Span);
        _table = new(image, _geometry);
    }

    /// <summary>The disk's sectors.</summary>
    public ReadOnlyMemory<byte> Image => _image;

    /// <summary>Bytes that files can still take.</summary>
    public long FreeBytes => (long)_table.FreeClusters * _geometry.ClusterBytes;

    /// <summary>Opens the file system of a disk; it works on <paramref name="image"/> itself.</summary>
    /// <param name="image">All sectors of the disk.</param>
    /// <exception cref="MediaFormatException">The boot sector describes no FAT12 disk of this size.</exception>
    public static Fat12Volume Open(Memory<byte> image) => new(image);

    /// <summary>Makes an empty disk as the ST's desktop does: two sectors per cluster, two tables, 112 root entries.</summary>
    /// <param name="geometry">The disk's shape.</param>
    /// <param name="serial">24-bit serial number; TOS tells disks apart by it.</param>
    /// <exception cref="ArgumentException">The shape is impossible or too small.</exception>
    public static Fat12Volume Format(DiskGeometry geometry, int serial = 0)
    {
        const int FatSectors = 5;
        const int RootEntries = 112;
        if (!geometry.IsPossible || geometry.Sectors < 32)
        {
            throw new ArgumentException($"{geometry} cannot hold a file system.", nameof(geometry));
        }

        byte[] image = new byte[geometry.Bytes];
        byte media = (byte)(geometry.Sides == 2 ? 0xF9 : 0xF8);
        var boot = image.AsSpan();
        boot[8] = (byte)serial;
        boot[9] = (byte)(serial >> 8);
        boot[10] = (byte)(serial >> 16);
        PutWord(boot, 11, FatGeometry.SectorBytes);
        boot[13] = 2;
        PutWord(boot, 14, 1);
        boot[16] = 2;
        PutWord(boot, 17, RootEntries);
        PutWord(boot, 19, geometry.Sectors);
        boot[21] = media;
        PutWord(boot, 22, FatSectors);
        PutWord(boot, 24, geometry.SectorsPerTrack);
        PutWord(boot, 26, geometry.Sides);
        for (int copy = 0; copy < 2; copy++)
        {
            ReadOnlySpan<byte> firstEntries = [media, 0xFF, 0xFF];
            firstEntries.CopyTo(boot[((1 + (copy * FatSectors)) * FatGeometry.SectorBytes)..]);
        }

        return new(image);
    }

    /// <summary>What a folder holds, in the order of its entries.</summary>
    /// <param name="folder">Its path; empty for the root.</param>
    /// <exception cref="FileNotFoundException">There is no such folder.</exception>
    /// <exception cref="MediaFormatException">The disk is damaged.</exception>
    public IReadOnlyList<FatEntry> List(string folder = "") =>
        [.. Slots(FolderCluster(Split(folder))).TakeWhile(at => Byte(at) != 0).Where(IsEntry).Select(Describe)];

    /// <summary>Whether there is a file or folder of that path.</summary>
    /// <exception cref="MediaFormatException">The disk is damaged.</exception>
    public bool Exists(string path) => TryLocate(Split(path), out _);

    /// <summary>The content of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MediaFormatException">The disk is damaged.</exception>
    public byte[] ReadFile(string path)
    {
        int entry = LocateFile(path);
        long length = Length(entry);
        var chain = _table.Chain(FirstCluster(entry));
        if (length > (long)chain.Count * _geometry.ClusterBytes)
        {
            throw new MediaFormatException(entry + 28, $"a length within {chain.Count} clusters", $"{length}");
        }

        byte[] content = new byte[length];
        for (int index = 0; index * _geometry.ClusterBytes < length; index++)
        {
            int at = index * _geometry.ClusterBytes;
            int bytes = Math.Min(_geometry.ClusterBytes, content.Length - at);
            _image.Span.Slice(_geometry.OffsetOf(chain[index]), bytes).CopyTo(content.AsSpan(at));
        }

        return content;
    }

    /// <summary>Writes a file, replacing one of the same name.</summary>
    /// <param name="path">Its path; the folder must exist.</param>
    /// <param name="content">Its content.</param>
    /// <param name="modified">Its time stamp, 1980 to 2107; without one 1 January 1980.</param>
    /// <exception cref="FileNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">The name is not of the form 8.3.</exception>
    /// <exception cref="IOException">The disk or its root folder is full, or a folder has that name; nothing is changed.</exception>
    /// <exception cref="MediaFormatException">The disk is damaged.</exception>
    public void WriteFile(string path, ReadOnlySpan<byte> content, DateTime? modified = null)
    {
        string[] parts = Split(path);
        int folder = FolderCluster(parts.AsSpan(0, Math.Max(parts.Length - 1, 0)));
        byte[] name = FatName.Encode(parts.LastOrDefault(""));
        List<int> old = [];
        if (TryFind(folder, parts[^1], out int existing))
        {
            if (IsFolder(existing))
            {
                throw new IOException($"{path} is a folder.");
            }

            old = _table.Chain(FirstCluster(existing));
        }

        int clusters = (content.Length + _geometry.ClusterBytes - 1) / _geometry.ClusterBytes;
        Require(clusters, old.Count, path);
        int entry = old.Count > 0 || existing > 0 ? existing : FreeSlot(folder, clusters, path);
        _table.Free(old);
        var chain = _table.Allocate(clusters);
        for (int index = 0; index < chain.Count; index++)
        {
            var part = content[(index * _geometry.ClusterBytes)..];
            var cluster = _image.Span.Slice(_geometry.OffsetOf(chain[index]), _geometry.ClusterBytes);
            cluster.Clear();
            part[..Math.Min(part.Length, cluster.Length)].CopyTo(cluster);
        }

        PutEntry(entry, name, ArchiveAttribute, chain.FirstOrDefault(), content.Length, modified);
    }

    /// <summary>Makes a folder.</summary>
    /// <param name="path">Its path; the folder above must exist.</param>
    /// <param name="modified">Its time stamp.</param>
    /// <exception cref="FileNotFoundException">There is no folder above.</exception>
    /// <exception cref="ArgumentException">The name is not of the form 8.3.</exception>
    /// <exception cref="IOException">The disk is full, or something has that name.</exception>
    /// <exception cref="MediaFormatException">The disk is damaged.</exception>
    public void MakeFolder(string path, DateTime? modified = null)
    {
        string[] parts = Split(path);
        int parent = FolderCluster(parts.AsSpan(0, Math.Max(parts.Length - 1, 0)));
        byte[] name = FatName.Encode(parts.LastOrDefault(""));
        if (TryFind(parent, parts[^1], out _))
        {
            throw new IOException($"{path} exists already.");
        }

        Require(1, 0, path);
        int entry = FreeSlot(parent, 1, path);
        int cluster = _table.Allocate(1)[0];
        int at = _geometry.OffsetOf(cluster);
        _image.Span.Slice(at, _geometry.ClusterBytes).Clear();
        PutEntry(at, ".          "u8, FolderAttribute, cluster, 0, modified);
        PutEntry(at + FatGeometry.EntryBytes, "..         "u8, FolderAttribute, parent, 0, modified);
        PutEntry(entry, name, FolderAttribute, cluster, 0, modified);
    }

    /// <summary>Deletes a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MediaFormatException">The disk is damaged.</exception>
    public void Delete(string path)
    {
        int entry = LocateFile(path);
        _table.Free(_table.Chain(FirstCluster(entry)));
        _image.Span[entry] = DeletedMark;
    }

    private static string[] Split(string path) => path.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries);

    private int LocateFile(string path) =>
        TryLocate(Split(path), out int entry) && !IsFolder(entry)
            ? entry
            : throw new FileNotFoundException($"There is no file {path} on the disk.", path);

    private bool TryLocate(ReadOnlySpan<string> parts, out int entry)
    {
        entry = 0;
        int folder = 0;
        for (int index = 0; index < parts.Length; index++)
        {
            if (!TryFind(folder, parts[index], out entry) || (index + 1 < parts.Length && !IsFolder(entry)))
            {
                return false;
            }

            folder = FirstCluster(entry);
        }

        return parts.Length > 0;
    }

    // 0 is the root.
    private int FolderCluster(ReadOnlySpan<string> parts)
    {
        if (parts.Length == 0)
        {
            return 0;
        }

        return TryLocate(parts, out int entry) && IsFolder(entry)
            ? FirstCluster(entry)
            : throw new FileNotFoundException($"There is no folder {string.Join('\\', parts!)} on the disk.");
    }

    private bool TryFind(int folder, string name, out int entry)
    {
        foreach (int at in Slots(folder))
        {
            if (Byte(at) == 0)
            {
                break;
            }

            if (IsEntry(at) && FatName.Decode(_image.Span[at..]).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                entry = at;
                return true;
            }
        }

        entry = 0;
        return false;
    }

    private IEnumerable<int> Slots(int folder)
    {
        if (folder == 0)
        {
            for (int index = 0; index < _geometry.RootEntries; index++)
            {
                yield return (_geometry.RootStart * FatGeometry.SectorBytes) + (index * FatGeometry.EntryBytes);
            }

            yield break;
        }

        foreach (int cluster in _table.Chain(folder))
        {
            for (int at = 0; at < _geometry.ClusterBytes; at += FatGeometry.EntryBytes)
            {
                yield return _geometry.OffsetOf(cluster) + at;
            }
        }
    }

    // A free slot of a folder, which grows by a cluster when it has none; room for the file's own clusters must remain.
    private int FreeSlot(int folder, int reserved, string path)
    {
        foreach (int at in Slots(folder))
        {
            if (Byte(at) is 0 or DeletedMark)
            {
                return at;
            }
        }

        if (folder == 0)
        {
            throw new IOException($"The root folder has no room for {path}.");
        }

        Require(reserved + 1, 0, path);
        int cluster = _table.Allocate(1)[0];
        _table.Link(_table.Chain(folder)[^1], cluster);
        int start = _geometry.OffsetOf(cluster);
        _image.Span.Slice(start, _geometry.ClusterBytes).Clear();
        return start;
    }

    private void Require(int clusters, int released, string path)
    {
        if (clusters > _table.FreeClusters + released)
        {
            throw new IOException($"The disk has no room for {path}: {clusters} clusters needed, {_table.FreeClusters + released} free.");
        }
    }

    private FatEntry Describe(int at)
    {
        bool folder = IsFolder(at);
        return new(FatName.Decode(_image.Span[at..]), folder, folder ? 0 : Length(at), Byte(at + 11), Time(Word(at + 24), Word(at + 22)));
    }

    // Neither deleted, nor the disk's label, nor a long name's piece.
    private bool IsEntry(int at) => Byte(at) != DeletedMark && (Byte(at + 11) & LabelAttribute) == 0;

    private bool IsFolder(int at) => (Byte(at + 11) & FolderAttribute) != 0;

    private int FirstCluster(int at) => Word(at + 26);

    private long Length(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_image.Span[(at + 28)..]);

    private byte Byte(int at) => _image.Span[at];

    private int Word(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_image.Span[at..]);

    private void PutEntry(int at, ReadOnlySpan<byte> name, byte attributes, int cluster, int length, DateTime? modified)
    {
        var stamp = modified ?? new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        var entry = _image.Span.Slice(at, FatGeometry.EntryBytes);
        entry.Clear();
        name.CopyTo(entry);
        entry[11] = attributes;
        PutWord(entry, 22, (stamp.Hour << 11) | (stamp.Minute << 5) | (stamp.Second / 2));
        PutWord(entry, 24, ((stamp.Year - 1980) << 9) | (stamp.Month << 5) | stamp.Day);
        PutWord(entry, 26, cluster);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[28..], (uint)length);
    }

    private static DateTime? Time(int date, int time)
    {
        int month = (date >> 5) & 15;
        int day = date & 31;
        int year = 1980 + (date >> 9);
        int hour = time >> 11;
        int minute = (time >> 5) & 63;
        int second = (time & 31) * 2;
        bool possible = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
        return possible ? new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified) : null;
    }

    private static void PutWord(Span<byte> bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], (ushort)value);
}
