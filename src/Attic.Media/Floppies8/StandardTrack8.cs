using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

/// <summary>Where sectors lie on a track that a drive of the time formatted.</summary>
/// <remarks>
/// Orders: 810 and 1050 write odd sectors before even ones (9:1 and 13:1); double density drives 1, 7, 13, 6, … (15:1).
/// Spacing from ID field to ID field: 11.07 ms in FM, 7.68 ms in enhanced density, 10.94 ms in double density.
/// Source: A. Lee, "Altirra Hardware Reference Manual", disk drives, measured on drives; the tables in the drives' ROMs.
/// </remarks>
internal static class StandardTrack8
{
    private const int FmSpacing = 1_384;
    private const int EnhancedSpacing = 960;
    private const int DoubleSpacing = 1_368;

    private static readonly byte[] DoubleOrder = [1, 7, 13, 6, 12, 18, 5, 11, 17, 4, 10, 16, 3, 9, 15, 2, 8, 14];

    /// <summary>Units of 8 µs between two neighbours.</summary>
    public static int Spacing(AtariDiskShape shape) =>
        shape.SectorsPerTrack == 26 ? EnhancedSpacing : shape.Mfm ? DoubleSpacing : FmSpacing;

    /// <summary>The numbers of a track's sectors in the order in which they pass the head.</summary>
    /// <param name="shape">The disk's shape.</param>
    /// <param name="count">Sectors of this track, fewer than usual at the end of an odd disk.</param>
    public static byte[] Order(AtariDiskShape shape, int count)
    {
        if (shape.SectorBytes == 256 && count == DoubleOrder.Length)
        {
            return DoubleOrder;
        }

        byte[] order = new byte[count];
        int odd = (count + 1) / 2;
        for (int place = 0; place < count; place++)
        {
            order[place] = (byte)(place < odd ? (2 * place) + 1 : 2 * (place - odd + 1));
        }

        return order;
    }

    /// <summary>Lays out all tracks of a disk.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="offsetOf">The offset in the file of the sector with that number, from 1 through the whole disk.</param>
    public static MappedSector[][] LayOut(AtariDiskShape shape, Func<int, int> offsetOf)
    {
        var tracks = new MappedSector[shape.Tracks][];
        for (int track = 0; track < tracks.Length; track++)
        {
            int before = track * shape.SectorsPerTrack;
            byte[] order = Order(shape, Math.Clamp(shape.Sectors - before, 0, shape.SectorsPerTrack));
            tracks[track] = new MappedSector[order.Length];
            for (int place = 0; place < order.Length; place++)
            {
                int sector = before + order[place];
                tracks[track][place] = new(
                    new(order[place], (ushort)(place * Spacing(shape)), AtariSectorFlags.None, (ushort)shape.LengthOf(sector), (byte)(shape.SectorBytes >> 8), -1),
                    offsetOf(sector));
            }
        }

        return tracks;
    }
}
