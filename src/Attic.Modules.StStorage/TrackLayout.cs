namespace Attic.Modules.StStorage;

/// <summary>Bytes between the parts of a sector on an MFM track, counted from its ID address mark (IBM System 34).</summary>
internal static class TrackLayout
{
    /// <summary>A1 A1 A1 FE before the ID's four bytes.</summary>
    public const int MarkBytes = 4;

    /// <summary>Track, side, sector, size and two of CRC.</summary>
    public const int IdBytes = 6;

    /// <summary>From the first A1 to the end of the ID's CRC.</summary>
    public const int IdEnd = MarkBytes + IdBytes;

    /// <summary>4E after the ID, before write gate opens.</summary>
    public const int GapBytes = 22;

    /// <summary>00 before the data address mark.</summary>
    public const int SyncBytes = 12;

    /// <summary>From the ID's first A1 to the first byte of data.</summary>
    public const int DataStart = IdEnd + GapBytes + SyncBytes + MarkBytes;

    /// <summary>The controller looks for a data mark within so many bytes after an ID (WD1772 data sheet, Read Sector).</summary>
    public const int DataMarkWindow = 43;

    /// <summary>The largest sector.</summary>
    public const int MaxSectorBytes = 1024;

    /// <summary>The longest track that is handled: 6250 bytes and what a slow drive adds.</summary>
    public const int MaxTrackBytes = 6656;

    public const byte Gap = 0x4E;
    public const byte Sync = 0xA1;
    public const byte IdMark = 0xFE;
    public const byte DataMark = 0xFB;
    public const byte DeletedMark = 0xF8;
}
