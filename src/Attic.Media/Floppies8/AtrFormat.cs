using System.Buffers.Binary;
using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

/// <summary>The <c>.ATR</c> format: a header of 16 bytes, then the sectors.</summary>
/// <remarks>
/// Header: 96 02, length in paragraphs of 16 bytes (low word at 2, high word at 6), sector size at 4; bit 0 of byte 15
/// write-protects. Source: Nick Kennedy, SIO2PC documentation; S. Dorndorf, "ATR disk images".
/// In double density the first three sectors are 128 bytes long; some programs store them in 256 each, or one after another
/// with the rest of the 768 bytes zero.
/// </remarks>
internal sealed class AtrFormat : IDiskFormat8
{
    /// <summary>Bytes before the first sector.</summary>
    public const int HeaderBytes = 16;

    private const int SmallSector = 128;
    private const int LargeSector = 256;
    private const int MaxSectors = 65_535;

    public static AtrFormat Instance { get; } = new();

    public static ReadOnlySpan<byte> Magic => [0x96, 0x02];

    public string Name => "atr";

    public DiskMap Map(ReadOnlySpan<byte> file)
    {
        int sectorBytes = CheckHeader(file);
        var layout = BootLayout.Of(sectorBytes, file[HeaderBytes..]);
        int sectors = layout.Sectors;
        if (layout.Rest != 0 || sectors < AtariDiskShape.BootSectors || sectors > MaxSectors)
        {
            throw new MediaFormatException(
                file.Length, $"{AtariDiskShape.BootSectors} to {MaxSectors} whole sectors of {sectorBytes} bytes", $"{file.Length - HeaderBytes} bytes");
        }

        var shape = ShapeOf(sectorBytes, sectors);
        return new(shape, StandardTrack8.LayOut(shape, sector => HeaderBytes + layout.OffsetOf(sector)), (file[15] & 1) != 0);
    }

    public byte[]? Blank(AtariDiskShape shape)
    {
        int length = (shape.Sectors * shape.SectorBytes) - (AtariDiskShape.BootSectors * (shape.SectorBytes - SmallSector));
        byte[] file = new byte[HeaderBytes + length];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2), (ushort)(length >> 4));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), (ushort)shape.SectorBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), (ushort)(length >> 20));
        return file;
    }

    /// <summary>The disk that has so many sectors: one of the usual ones, else one of no floppy drive.</summary>
    public static AtariDiskShape ShapeOf(int sectorBytes, int sectors) => (sectorBytes, sectors) switch
    {
        (SmallSector, 1040) => AtariDiskShape.Enhanced,
        (SmallSector, <= 720) => AtariDiskShape.Single with { Sectors = sectors },
        (SmallSector, 1440) => new(SmallSector, 18, 40, 2, 1440, false),
        (LargeSector, <= 720) => AtariDiskShape.Double with { Sectors = sectors },
        (LargeSector, 1440) => AtariDiskShape.DoubleSided,
        (LargeSector, 2880) => new(LargeSector, 18, 80, 2, 2880, true),
        _ => new(sectorBytes, 18, Math.Max(81, (sectors + 17) / 18), 1, sectors, sectorBytes == LargeSector),
    };

    private static int CheckHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes)
        {
            throw new MediaFormatException(file.Length, $"a header of {HeaderBytes} bytes", $"{file.Length} bytes");
        }

        if (!file.StartsWith(Magic))
        {
            throw new MediaFormatException(0, "96 02", $"{file[0]:X2} {file[1]:X2}");
        }

        int sectorBytes = BinaryPrimitives.ReadUInt16LittleEndian(file[4..]);
        if (sectorBytes is not (SmallSector or LargeSector))
        {
            throw new MediaFormatException(4, $"a sector size of {SmallSector} or {LargeSector} bytes", $"{sectorBytes}");
        }

        long claimed = (BinaryPrimitives.ReadUInt16LittleEndian(file[2..]) | ((long)BinaryPrimitives.ReadUInt16LittleEndian(file[6..]) << 16)) * 16;
        int length = file.Length - HeaderBytes;
        return claimed == length
            ? sectorBytes
            : throw new MediaFormatException(2, $"{length / 16} paragraphs as the file holds", $"{claimed / 16}");
    }
}
