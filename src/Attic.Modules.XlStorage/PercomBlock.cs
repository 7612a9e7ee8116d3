using Attic.Abi.Media;

namespace Attic.Modules.XlStorage;

/// <summary>
/// A PERCOM block: tracks, step rate, sectors a track (high, low), sides - 1, density (bit 2 = MFM), bytes a sector (high, low),
/// drive present, three unused.
/// </summary>
internal static class PercomBlock
{
    public const int Bytes = 12;

    /// <summary>Describes a disk. One of no floppy is told as a single track.</summary>
    public static void Write(AtariDiskShape shape, Span<byte> block)
    {
        block.Clear();
        int perTrack = shape.IsFloppy ? shape.SectorsPerTrack : shape.Sectors;
        block[0] = (byte)(shape.IsFloppy ? shape.Cylinders : 1);
        block[1] = 1;
        (block[2], block[3]) = ((byte)(perTrack >> 8), (byte)perTrack);
        block[4] = (byte)(shape.Sides - 1);
        block[5] = (byte)(shape.Mfm ? 4 : 0);
        (block[6], block[7]) = ((byte)(shape.SectorBytes >> 8), (byte)shape.SectorBytes);
        block[8] = 0xFF;
    }

    /// <summary>The disk that a block asks for; null when no drive of these makes such a one.</summary>
    public static AtariDiskShape? Read(ReadOnlySpan<byte> block, int sides)
    {
        int perTrack = (block[2] << 8) | block[3];
        int bytes = (block[6] << 8) | block[7];
        int side = block[4] + 1;
        bool mfm = (block[5] & 4) != 0;
        if (block[0] != 40 || side > sides)
        {
            return null;
        }

        return (perTrack, bytes, mfm, side) switch
        {
            (18, 128, _, 1) => AtariDiskShape.Single,
            (26, 128, true, 1) => AtariDiskShape.Enhanced,
            (18, 256, true, 1) => AtariDiskShape.Double,
            (18, 256, true, 2) => AtariDiskShape.DoubleSided,
            _ => null,
        };
    }
}
