using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

/// <summary>How an image without tracks stores the first three sectors, which SIO always moves as 128 bytes.</summary>
/// <param name="SectorBytes">Bytes of the other sectors.</param>
/// <param name="Pitch">Bytes from one of the three to the next.</param>
/// <param name="Room">Bytes of the three together with what follows them unused.</param>
/// <param name="Sectors">Whole sectors of the image.</param>
/// <param name="Rest">Bytes behind the last whole sector; 0 in a sound image.</param>
internal readonly record struct BootLayout(int SectorBytes, int Pitch, int Room, int Sectors, int Rest)
{
    private const int Small = AtariDiskShape.BootSectorBytes;
    private const int Boot = AtariDiskShape.BootSectors;

    /// <summary>Tells the layouts apart: by the length, and by what lies in the halves that only one of them uses.</summary>
    /// <param name="sectorBytes">128 or 256.</param>
    /// <param name="sectors">The sectors in the file.</param>
    public static BootLayout Of(int sectorBytes, ReadOnlySpan<byte> sectors)
    {
        int length = sectors.Length;
        if (sectorBytes == Small)
        {
            return new(Small, Small, Boot * Small, length / Small, length % Small);
        }

        bool whole = length % sectorBytes == 0;
        int room = whole ? Boot * sectorBytes : Boot * Small;
        int behind = length - room;
        bool packed = whole && length >= room && !IsEmpty(sectors[Small..(2 * Small)]) && IsEmpty(sectors[(Boot * Small)..room]);
        return new(sectorBytes, whole && !packed ? sectorBytes : Small, room, behind < 0 ? 0 : Boot + (behind / sectorBytes), Math.Abs(behind % sectorBytes));
    }

    /// <summary>Where a sector begins.</summary>
    /// <param name="sector">From 1.</param>
    public int OffsetOf(int sector) =>
        sector <= Boot ? (sector - 1) * Pitch : Room + ((sector - 1 - Boot) * SectorBytes);

    private static bool IsEmpty(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);
}
