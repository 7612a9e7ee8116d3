using System.Buffers.Binary;

namespace Attic.Media.AtariDos;

/// <summary>
/// The volume table of contents: a bit for each sector, set while it is free, and how many are. In enhanced density sectors
/// from 720 on have theirs in a second sector, which repeats most of the first.
/// </summary>
/// <remarks>Source: Atari DOS 2.0S and 2.5 manuals; De Re Atari, chapter 9.</remarks>
/// <param name="first">Sector 360.</param>
/// <param name="second">Sector 1024, or empty.</param>
internal readonly ref struct SectorMap(Span<byte> first, Span<byte> second)
{
    /// <summary>Sectors that the first table knows.</summary>
    public const int FirstSectors = 720;

    /// <summary>Sectors that both know.</summary>
    public const int AllSectors = 1024;

    private const int FreeAt = 3;
    private const int BitsAt = 10;
    private const int SecondBitsAt = 84;
    private const int SecondFreeAt = 122;
    private const int Repeated = 84;
    private const int RepeatedFrom = 16;
    private const byte Dos2 = 2;
    private const int Files = 707;
    private const int EnhancedFiles = 1010;

    private readonly Span<byte> _first = first;
    private readonly Span<byte> _second = second;

    /// <summary>Sectors that files can have at most, plus one.</summary>
    public int Sectors => _second.IsEmpty ? FirstSectors : AllSectors;

    /// <summary>Free sectors as the tables say.</summary>
    public int Free => Word(_first, FreeAt) + (_second.IsEmpty ? 0 : Word(_second, SecondFreeAt));

    /// <summary>Whether the first table says that there is a second one.</summary>
    public static bool IsLarge(ReadOnlySpan<byte> first) => BinaryPrimitives.ReadUInt16LittleEndian(first[1..]) > Files;

    /// <summary>As after formatting: all free but boot sectors, these tables and the directory.</summary>
    public void Clear()
    {
        _first.Clear();
        _second.Clear();
        _first[0] = Dos2;
        BinaryPrimitives.WriteUInt16LittleEndian(_first[1..], (ushort)(_second.IsEmpty ? Files : EnhancedFiles));
        for (int sector = 4; sector < Sectors; sector++)
        {
            if (sector is < AtariDosVolume.ContentsSector or > AtariDosVolume.LastDirectorySector and not FirstSectors)
            {
                Set(sector, free: true);
            }
        }

        Repeat();
    }

    public bool IsFree(int sector) => sector < Sectors && (Place(sector, out int mask) & mask) != 0;

    /// <summary>Changes a sector's bit and the count.</summary>
    public void Set(int sector, bool free)
    {
        if (sector >= Sectors || IsFree(sector) == free)
        {
            return;
        }

        ref byte place = ref Place(sector, out int mask);
        place ^= (byte)mask;
        var counted = sector < FirstSectors ? _first[FreeAt..] : _second[SecondFreeAt..];
        int count = BinaryPrimitives.ReadUInt16LittleEndian(counted) + (free ? 1 : -1);
        BinaryPrimitives.WriteUInt16LittleEndian(counted, (ushort)Math.Max(0, count));
        Repeat();
    }

    /// <summary>The first free sector, 0 when there is none.</summary>
    public int FirstFree()
    {
        for (int sector = 1; sector < Sectors; sector++)
        {
            if (IsFree(sector))
            {
                return sector;
            }
        }

        return 0;
    }

    private static int Word(ReadOnlySpan<byte> table, int at) => BinaryPrimitives.ReadUInt16LittleEndian(table[at..]);

    private ref byte Place(int sector, out int mask)
    {
        mask = 0x80 >> (sector & 7);
        return ref sector < FirstSectors
            ? ref _first[BitsAt + (sector >> 3)]
            : ref _second[SecondBitsAt + ((sector - FirstSectors) >> 3)];
    }

    private void Repeat()
    {
        if (!_second.IsEmpty)
        {
            _first.Slice(RepeatedFrom, Repeated).CopyTo(_second);
        }
    }
}
