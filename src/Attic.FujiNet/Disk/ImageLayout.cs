namespace Attic.FujiNet.Disk;

/// <summary>The kinds of disk images on the wire.</summary>
public enum ImageType : byte
{
    /// <summary>Found out by looking.</summary>
    Auto = 0,

    /// <summary>8-bit Ataris', with a header.</summary>
    Atr = 1,

    /// <summary>Acorn's DFS, one side.</summary>
    Ssd = 2,

    /// <summary>Acorn's DFS, two sides; not supported.</summary>
    Dsd = 3,

    /// <summary>Sectors and nothing else.</summary>
    Raw = 4,
}

/// <summary>Where the sectors of an image lie in its file.</summary>
/// <param name="Type">The kind of image.</param>
/// <param name="SectorBytes">Bytes of a sector.</param>
/// <param name="Sectors">How many there are.</param>
/// <param name="HeaderBytes">Bytes before the first.</param>
/// <param name="ShortSectors">How many at the front hold 128 bytes only.</param>
/// <param name="ShortStride">Bytes that each of these takes in the file.</param>
/// <param name="MayBeCut">Whether the file may end early; what is missing reads as zeros.</param>
public sealed record ImageLayout(
    ImageType Type,
    int SectorBytes,
    uint Sectors,
    int HeaderBytes = 0,
    int ShortSectors = 0,
    int ShortStride = 0,
    bool MayBeCut = false)
{
    private const int ShortBytes = 128;

    /// <summary>Bytes of a sector's content.</summary>
    /// <param name="sector">The sector, from 0.</param>
    public int LengthOf(uint sector) => sector < ShortSectors ? ShortBytes : SectorBytes;

    /// <summary>Where a sector starts in the file.</summary>
    /// <param name="sector">The sector, from 0.</param>
    public long OffsetOf(uint sector)
    {
        long shortened = Math.Min(sector, (uint)ShortSectors);
        return HeaderBytes + (shortened * ShortStride) + ((sector - shortened) * SectorBytes);
    }

    /// <summary>Bytes of the whole file.</summary>
    public long FileBytes => OffsetOf(Sectors);
}
