namespace Attic.Abi.Media;

/// <summary>What is wrong or special with a sector; the bits are those of the floppy controller's status register (FD1771, FD2793).</summary>
[Flags]
public enum AtariSectorFlags : byte
{
    /// <summary>A good sector.</summary>
    None = 0,

    /// <summary>The ID field gives a size above the density's: the controller loses data that the drive does not take.</summary>
    Long = 0x04,

    /// <summary>The data field's CRC is wrong.</summary>
    CrcError = 0x08,

    /// <summary>There is an ID field but no data field.</summary>
    NoData = 0x10,

    /// <summary>The data field begins with a mark other than FB.</summary>
    Deleted = 0x20,
}

/// <summary>A sector as it lies on a track of an 8-bit Atari's disk.</summary>
/// <param name="Number">Its number in the ID field; several sectors of a track may have the same.</param>
/// <param name="Position">Where the ID field begins, in units of 8 µs from the index at 288 rpm: 0 to 26,041.</param>
/// <param name="Flags">What is special with it.</param>
/// <param name="Length">Bytes of data that are known and that a drive sends; 0 without a data field.</param>
/// <param name="SizeCode">Size in the ID field: 128 shifted left by it.</param>
/// <param name="WeakFrom">First byte that reads differently each time, to the sector's end; -1 when there is none.</param>
public readonly record struct AtariSector(
    byte Number, ushort Position, AtariSectorFlags Flags, ushort Length, byte SizeCode, short WeakFrom)
{
    /// <summary>Units of <see cref="Position"/> in a revolution: 60 s / 288 / 8 µs.</summary>
    public const int UnitsPerTurn = 26_042;
}

/// <summary>The shape of an 8-bit Atari's disk.</summary>
/// <param name="SectorBytes">Bytes of a sector: 128 or 256; the first three of a disk are sent as 128 in any case.</param>
/// <param name="SectorsPerTrack">18 or 26.</param>
/// <param name="Cylinders">Tracks of a side; above 80 the image is of no floppy disk and seeks take no time.</param>
/// <param name="Sides">1 or 2.</param>
/// <param name="Sectors">Sectors of the whole disk, at most 65,535: what SIO can name.</param>
/// <param name="Mfm">Whether it is recorded in MFM (1050 and later); else in FM.</param>
public sealed record AtariDiskShape(int SectorBytes, int SectorsPerTrack, int Cylinders, int Sides, int Sectors, bool Mfm)
{
    /// <summary>Sectors that are sent as 128 bytes whatever the density.</summary>
    public const int BootSectors = 3;

    /// <summary>Bytes of such a sector.</summary>
    public const int BootSectorBytes = 128;

    /// <summary>The 810's: 90 KB.</summary>
    public static AtariDiskShape Single { get; } = new(128, 18, 40, 1, 720, false);

    /// <summary>The 1050's enhanced (or medium, dual) density: 130 KB.</summary>
    public static AtariDiskShape Enhanced { get; } = new(128, 26, 40, 1, 1040, true);

    /// <summary>Double density: 180 KB.</summary>
    public static AtariDiskShape Double { get; } = new(256, 18, 40, 1, 720, true);

    /// <summary>The XF551's double density on two sides: 360 KB.</summary>
    public static AtariDiskShape DoubleSided { get; } = new(256, 18, 40, 2, 1440, true);

    /// <summary>Tracks of the whole disk.</summary>
    public int Tracks => Cylinders * Sides;

    /// <summary>Whether this is a floppy disk's shape, with tracks that take time to reach.</summary>
    public bool IsFloppy => Cylinders <= 80;

    /// <summary>The track, 0 to <see cref="Tracks"/> - 1, on which a sector lies; the second side follows the first.</summary>
    /// <param name="sector">1 to <see cref="Sectors"/>.</param>
    public int TrackOf(int sector) => (sector - 1) / SectorsPerTrack;

    /// <summary>A sector's number on its track.</summary>
    /// <param name="sector">1 to <see cref="Sectors"/>.</param>
    public int NumberOf(int sector) => ((sector - 1) % SectorsPerTrack) + 1;

    /// <summary>Bytes that SIO moves for a sector.</summary>
    /// <param name="sector">1 to <see cref="Sectors"/>.</param>
    public int LengthOf(int sector) => sector <= BootSectors ? BootSectorBytes : SectorBytes;

    /// <summary>Where the head stands for a track: on the second side the numbering comes back from the inner edge (XF551).</summary>
    /// <param name="track">0 to <see cref="Tracks"/> - 1.</param>
    public int CylinderOf(int track) => track < Cylinders ? track : (2 * Cylinders) - 1 - track;
}

/// <summary>A disk of the 8-bit Ataris as their drives see it: tracks of sectors at angles, duplicates and damage included.</summary>
public interface IAtariDisk : IFloppyMedium
{
    /// <summary>The disk's shape; changed by <see cref="Format(AtariDiskShape)"/> and by loading a state.</summary>
    AtariDiskShape Shape { get; }

    /// <summary>The sectors of a track in the order of their positions.</summary>
    /// <param name="track">0 to <see cref="AtariDiskShape.Tracks"/> - 1; others are empty.</param>
    ReadOnlySpan<AtariSector> SectorsOfTrack(int track);

    /// <summary>The data of a sector, as many bytes as its <see cref="AtariSector.Length"/>.</summary>
    /// <param name="track">Track.</param>
    /// <param name="index">Index in <see cref="SectorsOfTrack"/>.</param>
    ReadOnlySpan<byte> ReadSector(int track, int index);

    /// <summary>Writes the data field of a sector anew: what was wrong with it is right afterwards.</summary>
    /// <param name="track">Track.</param>
    /// <param name="index">Index in <see cref="SectorsOfTrack"/>.</param>
    /// <param name="data">As many bytes as its <see cref="AtariSector.Length"/>.</param>
    /// <returns>False when the disk is protected or the image has no room for the data; nothing is changed then.</returns>
    bool WriteSector(int track, int index, ReadOnlySpan<byte> data);

    /// <summary>Makes the disk anew, all sectors zero.</summary>
    /// <param name="shape">Its new shape.</param>
    /// <returns>False when it is protected or its file's format has no such shape; nothing is changed then.</returns>
    bool Format(AtariDiskShape shape);
}
