using System.Text;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Files;

/// <summary>What a client wants of a listing, and the page that answers it.</summary>
internal readonly record struct ListRequest(string Uri, int Start, int Max, ListOptions Options, int MaxName)
{
    private const int LongestName = 220;
    private const int HeaderBytes = 10;
    private const int MetadataBytes = 16;
    private const byte DirectoryEntry = 1;
    private const byte CutEntry = 0x80;

    private bool IsCompact => Options.HasFlag(ListOptions.Compact);

    private bool IsFormatted => Options.HasFlag(ListOptions.Formatted);

    private int Overhead => 2 + (IsCompact ? 0 : MetadataBytes);

    public static bool TryRead(ReadOnlySpan<byte> bytes, out ListRequest list)
    {
        var payload = new PayloadReader(bytes);
        byte version = payload.Byte();
        string uri = payload.Text();
        int start = payload.Word();
        int max = payload.Word();
        var options = payload.Left > 0 ? (ListOptions)payload.Byte() : ListOptions.None;
        int maxName = payload.Left > 0 ? payload.Byte() : 0;
        list = new(uri, start, max, options, maxName == 0 ? LongestName : Math.Min(maxName, LongestName));
        return version == DevicePayload.Version && !payload.Failed && max != 0
            && !(list.IsCompact && list.IsFormatted)
            && (list.IsFormatted || max >= list.Overhead);
    }

    /// <summary>Writes the page: whole entries, as many as fit.</summary>
    public void Write(PayloadWriter reply, IReadOnlyList<StoredEntry> entries, Func<long, DateTime> local, DateTime now)
    {
        const byte More = 1;
        const byte NameCut = 8;
        byte flags = (byte)((IsCompact ? 2 : 0) | (IsFormatted ? 4 : 0));
        reply.Byte(DevicePayload.Version).Byte(0).Word(0).Word(Start).Zeros(4);
        int limit = Math.Min(Max, PayloadWriter.MaxBytes - HeaderBytes);
        int count = 0;
        for (int index = Start; index < entries.Count; index++)
        {
            byte[] item = IsFormatted
                ? Encoding.UTF8.GetBytes(DirectoryLine.Format(entries[index], local, now))
                : Entry(entries[index], limit);
            if (reply.Length - HeaderBytes + item.Length > limit)
            {
                flags |= More;
                break;
            }

            flags |= !IsFormatted && (item[0] & CutEntry) != 0 ? NameCut : (byte)0;
            reply.Bytes(item);
            count++;
        }

        reply.SetByte(1, flags);
        reply.SetWord(6, count);
        reply.SetWord(8, reply.Length - HeaderBytes);
    }

    private byte[] Entry(StoredEntry entry, int limit)
    {
        byte[] name = Encoding.UTF8.GetBytes(entry.Name);
        int kept = Math.Min(Math.Min(name.Length, MaxName), limit - Overhead);
        var item = new PayloadWriter()
            .Byte((byte)((entry.IsDirectory ? DirectoryEntry : 0) | (kept < name.Length ? CutEntry : 0)))
            .ShortBlock(name.AsSpan(0, kept));
        if (!IsCompact)
        {
            item.Quad((ulong)entry.Size).Quad((ulong)entry.ModifiedUnix);
        }

        return item.Written.ToArray();
    }
}

/// <summary>Options of a listing.</summary>
[Flags]
internal enum ListOptions : byte
{
    None = 0,

    /// <summary>Without size and date.</summary>
    Compact = 1,

    /// <summary>Ordered by name; here it always is.</summary>
    Sorted = 2,

    /// <summary>Lines for people.</summary>
    Formatted = 4,
}
