using System.Buffers.Binary;

namespace Attic.Media.Floppies;

/// <summary>The shape of a disk whose tracks are all alike; sectors hold 512 bytes.</summary>
/// <param name="Cylinders">1 to <see cref="DiskContent.MaxCylinders"/>.</param>
/// <param name="Sides">1 or 2.</param>
/// <param name="SectorsPerTrack">1 to <see cref="DiskContent.MaxSectorsPerTrack"/>.</param>
public readonly record struct DiskGeometry(int Cylinders, int Sides, int SectorsPerTrack)
{
    /// <summary>The usual single-sided disk, 360 KB.</summary>
    public static DiskGeometry SingleSided { get; } = new(80, 1, 9);

    /// <summary>The usual double-sided disk, 720 KB.</summary>
    public static DiskGeometry DoubleSided { get; } = new(80, 2, 9);

    /// <summary>Sectors of the whole disk.</summary>
    public int Sectors => Cylinders * Sides * SectorsPerTrack;

    /// <summary>Bytes of the whole disk.</summary>
    public int Bytes => Sectors * DiskContent.SectorBytes;

    /// <summary>Whether a double-density drive can hold it.</summary>
    public bool IsPossible =>
        Cylinders is >= 1 and <= DiskContent.MaxCylinders && Sides is 1 or 2 && SectorsPerTrack is >= 1 and <= DiskContent.MaxSectorsPerTrack;

    /// <summary>The shape of a raw image: from its boot sector when that agrees with the length, else from the length.</summary>
    /// <exception cref="MediaFormatException">Neither gives a shape.</exception>
    public static DiskGeometry Of(ReadOnlySpan<byte> image)
    {
        if (image.Length < DiskContent.SectorBytes || image.Length % DiskContent.SectorBytes != 0)
        {
            throw new MediaFormatException(image.Length, "whole sectors of 512 bytes", $"{image.Length} bytes");
        }

        return FromBootSector(image) ?? FromLength(image.Length)
            ?? throw new MediaFormatException(
                image.Length,
                "80 to 85 tracks of 9, 10 or 11 sectors on 1 or 2 sides, or a boot sector that describes the disk",
                $"{image.Length} bytes");
    }

    // BIOS parameter block: bytes per sector at 11, sectors per track at 24, sides at 26, little-endian words.
    private static DiskGeometry? FromBootSector(ReadOnlySpan<byte> image)
    {
        int bytesPerSector = BinaryPrimitives.ReadUInt16LittleEndian(image[11..]);
        int sectorsPerTrack = BinaryPrimitives.ReadUInt16LittleEndian(image[24..]);
        int sides = BinaryPrimitives.ReadUInt16LittleEndian(image[26..]);
        if (bytesPerSector != DiskContent.SectorBytes || sectorsPerTrack is < 8 or > DiskContent.MaxSectorsPerTrack || sides is not (1 or 2))
        {
            return null;
        }

        int cylinderBytes = sectorsPerTrack * sides * DiskContent.SectorBytes;
        var geometry = new DiskGeometry(image.Length / cylinderBytes, sides, sectorsPerTrack);
        return image.Length % cylinderBytes == 0 && geometry.IsPossible ? geometry : null;
    }

    private static DiskGeometry? FromLength(int length)
    {
        for (int sides = 1; sides <= 2; sides++)
        {
            for (int sectorsPerTrack = 9; sectorsPerTrack <= 11; sectorsPerTrack++)
            {
                int cylinderBytes = sectorsPerTrack * sides * DiskContent.SectorBytes;
                if (length % cylinderBytes == 0 && length / cylinderBytes is >= 80 and <= 85)
                {
                    return new(length / cylinderBytes, sides, sectorsPerTrack);
                }
            }
        }

        return null;
    }
}
