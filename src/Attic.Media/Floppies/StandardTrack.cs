using Attic.Abi.Media;

namespace Attic.Media.Floppies;

/// <summary>
/// Where the sectors of a track lie when the ST's own formatter wrote it: gap after the index hole, then per sector sync,
/// ID field, gap, sync, data field, gap (TOS <c>Flopfmt</c>; 11 sectors fit with the shortened gaps of the copy programs).
/// </summary>
public static class StandardTrack
{
    /// <summary>Bytes of one revolution: 250 kbit/s at 300 rpm.</summary>
    public const int Bytes = 6250;

    // 60 × 4E, then per sector 12 × 00, ID 10, 22 × 4E, 12 × 00, mark 4, data 512, CRC 2, 40 × 4E.
    private const int Gap1 = 60;
    private const int SyncBytes = 12;
    private const int SectorPitch = 614;

    // 11 sectors: 10 × 4E, then per sector 3 × 00, ID 10, 22 × 4E, 12 × 00, mark 4, data 512, CRC 2, 1 × 4E.
    private const int TightGap1 = 10;
    private const int TightSyncBytes = 3;
    private const int TightSectorPitch = 566;

    /// <summary>Lays out a track.</summary>
    /// <param name="cylinder">Goes into the ID fields.</param>
    /// <param name="side">Goes into the ID fields.</param>
    /// <param name="count">Sectors, 0 to 11.</param>
    /// <param name="interleave">Distance from a sector to the next in number, in sectors; 1 puts them in sequence.</param>
    /// <returns>The sectors in the order of their positions.</returns>
    public static FloppySector[] Layout(int cylinder, int side, int count, int interleave = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, DiskContent.MaxSectorsPerTrack);
        ArgumentOutOfRangeException.ThrowIfLessThan(interleave, 1);
        byte[] numbers = Interleaved(count, interleave);
        bool tight = Gap1 + (count * SectorPitch) > Bytes;
        int first = tight ? TightGap1 + TightSyncBytes : Gap1 + SyncBytes;
        int pitch = tight ? TightSectorPitch : SectorPitch;
        var sectors = new FloppySector[count];
        for (int index = 0; index < count; index++)
        {
            sectors[index] = new((byte)cylinder, (byte)side, numbers[index], 2, first + (index * pitch), FloppySectorFlags.None);
        }

        return sectors;
    }

    private static byte[] Interleaved(int count, int interleave)
    {
        byte[] numbers = new byte[count];
        int at = 0;
        for (int number = 1; number <= count; number++)
        {
            while (numbers[at % count] != 0)
            {
                at++;
            }

            numbers[at % count] = (byte)number;
            at += interleave;
        }

        return numbers;
    }
}
