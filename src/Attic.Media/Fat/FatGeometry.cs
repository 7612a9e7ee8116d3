using System.Buffers.Binary;
using Attic.Media.Floppies;

namespace Attic.Media.Fat;

/// <summary>Where things are on a FAT12 disk: the BIOS parameter block of its boot sector, checked.</summary>
/// <param name="SectorsPerCluster">1 to 128, a power of two.</param>
/// <param name="FatStart">First sector of the first allocation table.</param>
/// <param name="FatSectors">Sectors of one table.</param>
/// <param name="Fats">1 or 2.</param>
/// <param name="RootStart">First sector of the root folder.</param>
/// <param name="RootEntries">Entries of the root folder.</param>
/// <param name="DataStart">Sector of cluster 2.</param>
/// <param name="Clusters">Data clusters; they are numbered 2 to this + 1.</param>
internal sealed record FatGeometry(
    int SectorsPerCluster, int FatStart, int FatSectors, int Fats, int RootStart, int RootEntries, int DataStart, int Clusters)
{
    public const int SectorBytes = DiskContent.SectorBytes;
    public const int EntryBytes = 32;

    // Above that a disk would be FAT16.
    private const int MaxClusters = 4084;

    public int ClusterBytes => SectorsPerCluster * SectorBytes;

    /// <summary>Reads a boot sector.</summary>
    /// <exception cref="MediaFormatException">A field is impossible or points beyond the disk.</exception>
    public static FatGeometry Read(ReadOnlySpan<byte> image)
    {
        Check(image.Length >= SectorBytes, image.Length, "a boot sector of 512 bytes", image.Length);
        Check(Word(image, 11) == SectorBytes, 11, "512 bytes per sector", Word(image, 11));
        int perCluster = image[13];
        Check(perCluster is > 0 and <= 128 && (perCluster & (perCluster - 1)) == 0, 13, "a power of two of sectors per cluster", perCluster);
        int fatStart = Word(image, 14);
        Check(fatStart >= 1, 14, "at least one reserved sector", fatStart);
        int fats = image[16];
        Check(fats is 1 or 2, 16, "1 or 2 allocation tables", fats);
        int rootEntries = Word(image, 17);
        Check(rootEntries > 0 && rootEntries % (SectorBytes / EntryBytes) == 0, 17, "a root folder of whole sectors", rootEntries);
        int sectors = Word(image, 19);
        Check(sectors > 0 && sectors <= image.Length / SectorBytes, 19, $"1 to {image.Length / SectorBytes} sectors", sectors);
        int fatSectors = Word(image, 22);
        Check(fatSectors > 0, 22, "an allocation table", fatSectors);

        int rootStart = fatStart + (fats * fatSectors);
        int dataStart = rootStart + (rootEntries * EntryBytes / SectorBytes);
        int clusters = (sectors - dataStart) / perCluster;
        Check(dataStart < sectors && clusters >= 1, 22, $"room for data in {sectors} sectors", dataStart);
        Check(clusters <= MaxClusters, 19, $"at most {MaxClusters} clusters (FAT12)", clusters);
        Check(fatSectors * SectorBytes * 2 / 3 >= clusters + 2, 22, $"an allocation table for {clusters} clusters", fatSectors);
        return new(perCluster, fatStart, fatSectors, fats, rootStart, rootEntries, dataStart, clusters);
    }

    public int OffsetOf(int cluster) => (DataStart + ((cluster - 2) * SectorsPerCluster)) * SectorBytes;

    private static int Word(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image[at..]);

    private static void Check(bool sound, int offset, string expected, int found)
    {
        if (!sound)
        {
            throw new MediaFormatException(offset, expected, $"{found}");
        }
    }
}
