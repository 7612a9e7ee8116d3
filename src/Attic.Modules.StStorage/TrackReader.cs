using Attic.Abi.Media;

namespace Attic.Modules.StStorage;

/// <summary>Makes the bytes of a track, as Read Track delivers them, from its sectors.</summary>
internal static class TrackReader
{
    /// <summary>Fills <paramref name="track"/>.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="cylinder">Where the head is.</param>
    /// <param name="side">0 or 1.</param>
    /// <param name="track">One revolution.</param>
    public static void Read(IFloppyMedium disk, int cylinder, int side, Span<ushort> track)
    {
        track.Fill(TrackLayout.Gap);
        var sectors = disk.SectorsOf(cylinder, side);
        for (int index = 0; index < sectors.Length; index++)
        {
            PutId(track, sectors[index]);
            if ((sectors[index].Flags & FloppySectorFlags.NoData) == FloppySectorFlags.None)
            {
                PutData(track, sectors[index], disk.Read(cylinder, side, index));
            }
        }
    }

    private static void PutId(Span<ushort> track, in FloppySector sector)
    {
        int at = PutMark(track, sector.Position, TrackLayout.IdMark);
        ReadOnlySpan<byte> id = [sector.Track, sector.Side, sector.Number, sector.SizeCode];
        ushort crc = MfmCrc.Add(MfmCrc.Add(MfmCrc.AfterSync, TrackLayout.IdMark), id);
        PutField(track, at, id, crc, (sector.Flags & FloppySectorFlags.IdCrcError) != FloppySectorFlags.None);
    }

    private static void PutData(Span<ushort> track, in FloppySector sector, ReadOnlySpan<byte> data)
    {
        bool deleted = (sector.Flags & FloppySectorFlags.DeletedData) != FloppySectorFlags.None;
        byte mark = deleted ? TrackLayout.DeletedMark : TrackLayout.DataMark;
        int at = PutMark(track, sector.Position + TrackLayout.DataStart - TrackLayout.MarkBytes, mark);
        ushort crc = MfmCrc.Add(MfmCrc.Add(MfmCrc.AfterSync, mark), data);
        PutField(track, at, data, crc, (sector.Flags & FloppySectorFlags.DataCrcError) != FloppySectorFlags.None);
    }

    // The zeros before a mark take what gap there is.
    private static int PutMark(Span<ushort> track, int at, byte mark)
    {
        for (int before = 1; before <= TrackLayout.SyncBytes; before++)
        {
            ref ushort gap = ref At(track, at - before);
            if (gap != TrackLayout.Gap)
            {
                break;
            }

            gap = 0;
        }

        for (int sync = 0; sync < 3; sync++)
        {
            At(track, at + sync) = TrackLayout.Sync;
        }

        At(track, at + 3) = mark;
        return at + TrackLayout.MarkBytes;
    }

    private static void PutField(Span<ushort> track, int at, ReadOnlySpan<byte> bytes, ushort crc, bool wrong)
    {
        foreach (byte value in bytes)
        {
            At(track, at++) = value;
        }

        ushort written = wrong ? (ushort)~crc : crc;
        At(track, at) = (byte)(written >> 8);
        At(track, at + 1) = (byte)written;
    }

    // A sector may lie across the index hole.
    private static ref ushort At(Span<ushort> track, int position) => ref track[(position + track.Length) % track.Length];
}
