using System.Buffers.Binary;
using Attic.Abi.Media;
using Attic.Media.Floppies8;

namespace Attic.Media.AtariDos;

/// <summary>
/// The file system of Atari DOS 2.0S and 2.5 on a disk image in memory: single, enhanced and double density. No directory or
/// table, however hostile, makes it loop or leave the image.
/// </summary>
/// <remarks>
/// Sectors 1 to 3 boot; 360 is the table of contents, 361 to 368 the directory of 64 entries of 16 bytes (flags, sectors, first
/// sector, name); each sector of a file ends with a <see cref="SectorLink"/>. A file with sectors from 720 on has flags that
/// DOS 2.0 takes for an open file. Sources: Atari DOS 2.0S and 2.5 manuals; De Re Atari, chapter 9.
/// </remarks>
public sealed class AtariDosVolume
{
    internal const int ContentsSector = 360;
    internal const int LastDirectorySector = 368;
    private const int DirectorySector = 361;
    private const int SecondContentsSector = 1024;
    private const int Entries = 64;
    private const int EntriesPerSector = 8;
    private const int EntryBytes = 16;
    private const int NameAt = 5;
    private const int ShortSector = 128;
    private const byte OpenFlag = 0x01;
    private const byte Dos2Flag = 0x02;
    private const byte LockedFlag = 0x20;
    private const byte UsedFlag = 0x40;
    private const byte DeletedFlag = 0x80;

    private readonly Memory<byte> _image;
    private readonly BootLayout _layout;

    private AtariDosVolume(Memory<byte> image)
    {
        _image = image;
        var span = image.Span;
        _ = AtrFormat.Instance.Map(span);
        _layout = BootLayout.Of(BinaryPrimitives.ReadUInt16LittleEndian(span[4..]), span[AtrFormat.HeaderBytes..]);
        if (_layout.Sectors < LastDirectorySector)
        {
            throw new MediaFormatException(span.Length, $"a disk of {LastDirectorySector} sectors and more", $"{_layout.Sectors}");
        }

        if (Sector(ContentsSector)[0] != 2)
        {
            throw new MediaFormatException(OffsetOf(ContentsSector), "2, which marks the table of contents of DOS 2", $"{Sector(ContentsSector)[0]}");
        }
    }

    /// <summary>Sectors that files can still take, as the table of contents says.</summary>
    public int FreeSectors => Map().Free;

    /// <summary>Bytes of data in a sector.</summary>
    public int SectorData => _layout.SectorBytes - SectorLink.Length;

    /// <summary>Opens a disk; it works on <paramref name="image"/> itself.</summary>
    /// <param name="image">A whole <c>.ATR</c> file.</param>
    /// <exception cref="MediaFormatException">It is no such file, or holds no DOS 2 file system.</exception>
    public static AtariDosVolume Open(Memory<byte> image) => new(image);

    /// <summary>Makes an empty disk.</summary>
    /// <param name="shape"><see cref="AtariDiskShape.Single"/>, <see cref="AtariDiskShape.Enhanced"/> or <see cref="AtariDiskShape.Double"/>.</param>
    /// <returns>A whole <c>.ATR</c> file.</returns>
    public static byte[] Create(AtariDiskShape shape)
    {
        byte[] image = AtrFormat.Instance.Blank(shape) ?? throw new ArgumentException("No ATR image has this shape.", nameof(shape));
        int contents = AtrFormat.HeaderBytes + BootLayout.Of(shape.SectorBytes, image.AsSpan(AtrFormat.HeaderBytes)).OffsetOf(ContentsSector);
        image[contents] = 2;
        image[contents + 2] = (byte)(shape.Sectors > SecondContentsSector ? 0xFF : 0);
        new AtariDosVolume(image).Map().Clear();
        return image;
    }

    /// <summary>All files, in the order of the directory.</summary>
    public IReadOnlyList<AtariDosEntry> List()
    {
        var files = new List<AtariDosEntry>();
        for (int number = 0; number < Entries; number++)
        {
            var entry = Entry(number);
            if (entry[0] == 0)
            {
                break;
            }

            if (IsFile(entry[0]) || IsOpen(entry[0]))
            {
                files.Add(new(AtariDosName.Decode(entry[NameAt..]), Word(entry, 1), (entry[0] & LockedFlag) != 0, IsOpen(entry[0]), number));
            }
        }

        return files;
    }

    /// <summary>A file's content.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MediaFormatException">Its sectors are not linked as a file's are.</exception>
    public byte[] ReadFile(string name)
    {
        int number = Find(name);
        var content = new MemoryStream();
        foreach (int sector in Chain(number))
        {
            var data = Sector(sector);
            content.Write(data[..SectorLink.Read(data).Bytes]);
        }

        return content.ToArray();
    }

    /// <summary>Writes a file; one of the same name is replaced.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="IOException">The file of this name is locked, or disk or directory are full; nothing was changed.</exception>
    public void WriteFile(string name, ReadOnlySpan<byte> content)
    {
        byte[] encoded = AtariDosName.Encode(name);
        int number = TryFind(encoded);
        int needed = Math.Max(1, (content.Length + SectorData - 1) / SectorData);
        int freed = 0;
        if (number >= 0)
        {
            RefuseLocked(number);
            freed = Chain(number).Count;
        }

        if (needed > Map().Free + freed)
        {
            throw new IOException($"The disk has room for {Map().Free + freed} sectors, and {needed} are needed for {name}.");
        }

        if (number < 0)
        {
            number = FreeEntry();
        }
        else
        {
            Release(number);
        }

        Store(number, encoded, content, needed);
    }

    /// <summary>Deletes a file.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is locked.</exception>
    public void Delete(string name)
    {
        int number = Find(name);
        RefuseLocked(number);
        Release(number);
        Entry(number)[0] = DeletedFlag;
    }

    /// <summary>Locks a file or unlocks it.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="locked">Which of both.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public void SetLocked(string name, bool locked)
    {
        var entry = Entry(Find(name));
        entry[0] = (byte)(locked ? entry[0] | LockedFlag : entry[0] & ~LockedFlag);
    }

    /// <summary>The first sector of a file.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public int FirstSectorOf(string name) => Word(Entry(Find(name)), 3);

    /// <summary>A sector's bytes, to read or to change.</summary>
    /// <param name="sector">From 1.</param>
    public Span<byte> Sector(int sector) =>
        _image.Span.Slice(OffsetOf(sector), sector <= AtariDiskShape.BootSectors ? ShortSector : _layout.SectorBytes);

    /// <summary>Writes boot sectors that load <c>DOS.SYS</c>, which must be on the disk, and says in them where it lies.</summary>
    /// <param name="boot">384 bytes as DOS 2 lays them out: 14 how DOS.SYS is stored, 15 and 16 its first sector, 17 where links stand.</param>
    /// <exception cref="FileNotFoundException">There is no DOS.SYS.</exception>
    /// <exception cref="ArgumentException">There are not 384 bytes.</exception>
    public void WriteBoot(ReadOnlySpan<byte> boot)
    {
        if (boot.Length != AtariDiskShape.BootSectors * ShortSector)
        {
            throw new ArgumentException($"Boot sectors have 384 bytes, not {boot.Length}.", nameof(boot));
        }

        int first = FirstSectorOf("DOS.SYS");
        for (int sector = 1; sector <= AtariDiskShape.BootSectors; sector++)
        {
            boot.Slice((sector - 1) * ShortSector, ShortSector).CopyTo(Sector(sector));
        }

        var header = Sector(1);
        header[14] = (byte)(_layout.SectorBytes == ShortSector ? 1 : 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[15..], (ushort)first);
        header[17] = (byte)SectorData;
    }

    /// <summary>What is wrong with the file system, a sentence each; empty for a sound disk.</summary>
    public IReadOnlyList<string> FindFaults()
    {
        var faults = new List<string>();
        var owners = new string?[SectorMap.AllSectors + 1];
        foreach (var file in List().Where(file => !file.Open))
        {
            try
            {
                var chain = Chain(file.Number);
                if (chain.Count != file.Sectors)
                {
                    faults.Add($"{file.Name} has {chain.Count} sectors, and the directory says {file.Sectors}.");
                }

                foreach (int sector in chain)
                {
                    if (owners[sector] is { } other)
                    {
                        faults.Add($"Sector {sector} belongs to {other} and to {file.Name}.");
                    }

                    owners[sector] = file.Name;
                }
            }
            catch (MediaFormatException damage)
            {
                faults.Add($"{file.Name} is broken. {damage.Message}");
            }
        }

        var map = Map();
        int free = 0;
        for (int sector = 1; sector < map.Sectors; sector++)
        {
            free += map.IsFree(sector) ? 1 : 0;
            if (map.IsFree(sector) && owners[sector] is { } owner)
            {
                faults.Add($"Sector {sector} of {owner} counts as free.");
            }

            bool system = sector is <= AtariDiskShape.BootSectors or (>= ContentsSector and <= LastDirectorySector) or SectorMap.FirstSectors;
            if (!map.IsFree(sector) && owners[sector] is null && !system)
            {
                faults.Add($"Sector {sector} is used by nothing.");
            }
        }

        if (free != map.Free)
        {
            faults.Add($"{free} sectors are free, and the table says {map.Free}.");
        }

        return faults;
    }

    private static bool IsFile(byte flags) =>
        (flags & DeletedFlag) == 0 && (flags & (UsedFlag | OpenFlag)) != (UsedFlag | OpenFlag) && (flags & (UsedFlag | Dos2Flag)) != 0;

    private static bool IsOpen(byte flags) => (flags & (DeletedFlag | UsedFlag | OpenFlag)) == (UsedFlag | OpenFlag);

    private static int Word(ReadOnlySpan<byte> entry, int at) => BinaryPrimitives.ReadUInt16LittleEndian(entry[at..]);

    private int OffsetOf(int sector) => AtrFormat.HeaderBytes + _layout.OffsetOf(sector);

    private SectorMap Map()
    {
        var first = Sector(ContentsSector);
        bool large = _layout.SectorBytes == ShortSector && _layout.Sectors >= SecondContentsSector && SectorMap.IsLarge(first);
        return new(first, large ? Sector(SecondContentsSector) : []);
    }

    private Span<byte> Entry(int number) =>
        Sector(DirectorySector + (number / EntriesPerSector)).Slice(number % EntriesPerSector * EntryBytes, EntryBytes);

    private int Find(string name)
    {
        int number = TryFind(AtariDosName.Encode(name));
        return number >= 0 ? number : throw new FileNotFoundException($"There is no file {name.ToUpperInvariant()} on the disk.");
    }

    private int TryFind(ReadOnlySpan<byte> name)
    {
        for (int number = 0; number < Entries && Entry(number)[0] != 0; number++)
        {
            var entry = Entry(number);
            if (IsFile(entry[0]) && entry.Slice(NameAt, AtariDosName.Bytes).SequenceEqual(name))
            {
                return number;
            }
        }

        return -1;
    }

    private int FreeEntry()
    {
        for (int number = 0; number < Entries; number++)
        {
            if (Entry(number)[0] is 0 or DeletedFlag)
            {
                return number;
            }
        }

        throw new IOException($"The directory is full: it has {Entries} files.");
    }

    private void RefuseLocked(int number)
    {
        if ((Entry(number)[0] & LockedFlag) != 0)
        {
            throw new IOException($"{AtariDosName.Decode(Entry(number)[NameAt..])} is locked.");
        }
    }

    // The sectors of a file, each of which says that it belongs to it.
    private List<int> Chain(int number)
    {
        var chain = new List<int>();
        int last = Math.Min(_layout.Sectors, SectorMap.AllSectors - 1);
        for (int sector = Word(Entry(number), 3); sector != 0;)
        {
            if (sector > last || chain.Count > last)
            {
                throw new MediaFormatException(OffsetOf(chain.Count == 0 ? DirectorySector : chain[^1]), $"a link to a sector up to {last}", $"{sector}");
            }

            var link = SectorLink.Read(Sector(sector));
            if (link.Number != number || sector <= AtariDiskShape.BootSectors)
            {
                throw new MediaFormatException(OffsetOf(sector), $"a sector of file {number}", $"one of file {link.Number}");
            }

            chain.Add(sector);
            sector = link.Next;
        }

        return chain;
    }

    private void Release(int number)
    {
        var map = Map();
        foreach (int sector in Chain(number))
        {
            map.Set(sector, free: true);
        }
    }

    private void Store(int number, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, int sectors)
    {
        var map = Map();
        int first = map.FirstFree();
        int high = 0;
        for (int sector = first; sector != 0;)
        {
            map.Set(sector, free: false);
            int bytes = Math.Min(content.Length, SectorData);
            int next = content.Length > bytes ? map.FirstFree() : 0;
            var target = Sector(sector);
            target.Clear();
            content[..bytes].CopyTo(target);
            new SectorLink(number, next, bytes).Write(target);
            content = content[bytes..];
            (high, sector) = (Math.Max(high, sector), next);
        }

        var entry = Entry(number);
        entry[0] = high >= SectorMap.FirstSectors ? (byte)(OpenFlag | Dos2Flag) : (byte)(UsedFlag | Dos2Flag);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[1..], (ushort)sectors);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[3..], (ushort)first);
        name.CopyTo(entry[NameAt..]);
    }
}
