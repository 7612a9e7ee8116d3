using System.Runtime.InteropServices;
using Attic.Abi.Media;

namespace Attic.Modules.StStorage;

/// <summary>Finds the sectors in the bytes that Write Track wrote.</summary>
internal static class TrackWriter
{
    /// <summary>Set in a track's byte that was written without clock bits, as only F5 and F6 do.</summary>
    public const ushort MissingClock = 0x100;

    private const ushort SyncMark = MissingClock | TrackLayout.Sync;

    /// <summary>Formats the track of a disk with what was written.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="cylinder">Where the head is.</param>
    /// <param name="side">0 or 1.</param>
    /// <param name="track">One revolution.</param>
    /// <returns>False when the disk cannot take such a track.</returns>
    public static bool Write(IFloppyMedium disk, int cylinder, int side, ReadOnlySpan<ushort> track)
    {
        var sectors = new List<FloppySector>();
        var data = new List<byte>();
        for (int at = 3; at < track.Length - TrackLayout.IdBytes; at++)
        {
            if (IsMark(track, at) && track[at] == TrackLayout.IdMark)
            {
                sectors.Add(ReadSector(track, at, data));
            }
        }

        return disk.Format(cylinder, side, CollectionsMarshal.AsSpan(sectors), CollectionsMarshal.AsSpan(data));
    }

    private static FloppySector ReadSector(ReadOnlySpan<ushort> track, int mark, List<byte> data)
    {
        var flags = HasGoodCrc(track, mark, 1 + 4) ? FloppySectorFlags.None : FloppySectorFlags.IdCrcError;
        byte size = (byte)(track[mark + 4] & 3);
        int length = 128 << size;
        int dataMark = FindDataMark(track, mark + 1 + TrackLayout.IdBytes);
        if (dataMark < 0 || dataMark + 1 + length + 2 > track.Length)
        {
            flags |= FloppySectorFlags.NoData;
            data.AddRange(new byte[length]);
        }
        else
        {
            flags |= HasGoodCrc(track, dataMark, 1 + length) ? FloppySectorFlags.None : FloppySectorFlags.DataCrcError;
            flags |= (byte)track[dataMark] == TrackLayout.DeletedMark ? FloppySectorFlags.DeletedData : FloppySectorFlags.None;
            foreach (ushort value in track.Slice(dataMark + 1, length))
            {
                data.Add((byte)value);
            }
        }

        return new((byte)track[mark + 1], (byte)track[mark + 2], (byte)track[mark + 3], size, mark - 3, flags);
    }

    private static int FindDataMark(ReadOnlySpan<ushort> track, int from)
    {
        for (int at = from; at < Math.Min(from + TrackLayout.DataMarkWindow, track.Length); at++)
        {
            if (IsMark(track, at))
            {
                return track[at] is TrackLayout.DataMark or TrackLayout.DeletedMark ? at : -1;
            }
        }

        return -1;
    }

    // The first byte after A1s without clock.
    private static bool IsMark(ReadOnlySpan<ushort> track, int at) => track[at - 1] == SyncMark && track[at] != SyncMark;

    // Of the mark at that place and what follows, up to its CRC.
    private static bool HasGoodCrc(ReadOnlySpan<ushort> track, int mark, int bytes)
    {
        ushort crc = MfmCrc.AfterSync;
        foreach (ushort value in track.Slice(mark, bytes))
        {
            crc = MfmCrc.Add(crc, (byte)value);
        }

        return (byte)track[mark + bytes] == crc >> 8 && (byte)track[mark + bytes + 1] == (byte)crc;
    }
}
