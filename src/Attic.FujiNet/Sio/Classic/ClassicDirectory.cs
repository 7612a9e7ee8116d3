using System.Buffers.Binary;
using System.IO.Enumeration;
using System.Text;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>An open directory of a host, in the forms in which CONFIG reads it: folders first, then names in order.</summary>
internal sealed class ClassicDirectory
{
    private const byte DetailsBit = 0x80;
    private const byte BlockBits = 0xC0;
    private const int DetailBytes = 13;
    private const int EpochYear = 1970;
    private readonly StoredEntry[] _entries;

    private ClassicDirectory(IEnumerable<StoredEntry> entries) =>
        _entries = [.. entries.OrderBy(entry => !entry.IsDirectory).ThenBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Which entry comes next.</summary>
    public int Position { get; private set; }

    /// <summary>Lists a folder.</summary>
    /// <param name="target">The folder.</param>
    /// <param name="pattern">Names of files with * and ?; nothing for all.</param>
    public static async ValueTask<ClassicDirectory> OpenAsync(StorageTarget target, string pattern)
    {
        var entries = await target.FileSystem.ListAsync(target.Path);
        return new(entries.Where(entry => !entry.Name.StartsWith('.')
            && (entry.IsDirectory || pattern.Length == 0 || FileSystemName.MatchesSimpleExpression(pattern, entry.Name))));
    }

    /// <summary>Goes to an entry.</summary>
    public void Seek(int position) => Position = Math.Min(position, _entries.Length);

    /// <summary>Bytes of an answer.</summary>
    /// <param name="length">AUX1 of the command.</param>
    /// <param name="flags">AUX2.</param>
    public static int AnswerBytes(byte length, byte flags) => (flags & BlockBits) == BlockBits ? length * 256 : length;

    /// <summary>Reads the next entry, or with block flags the next ones.</summary>
    public byte[] Read(byte length, byte flags)
    {
        byte[] answer = new byte[AnswerBytes(length, flags)];
        if ((flags & BlockBits) == BlockBits)
        {
            ReadBlock(answer, flags & 0x3F);
        }
        else
        {
            ReadOne(answer, (flags & DetailsBit) != 0);
        }

        return answer;
    }

    private static string NameOf(StoredEntry entry) => entry.IsDirectory ? entry.Name + "/" : entry.Name;

    private static byte MediaOf(StoredEntry entry) => Path.GetExtension(entry.Name).ToUpperInvariant() switch
    {
        ".ATR" or ".XFD" => 1,
        ".ATX" => 2,
        ".XEX" or ".COM" or ".BIN" => 3,
        ".CAS" => 4,
        ".WAV" => 5,
        _ => 0,
    };

    private static DateTime TimeOf(StoredEntry entry) => DateTime.UnixEpoch.AddSeconds(entry.ModifiedUnix);

    /// <summary>Shortens a name to a number of bytes, keeping its ends, which tell files apart.</summary>
    private static byte[] Shorten(string name, int room)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length <= room)
        {
            return bytes;
        }

        int front = (room - 3) / 2;
        return room < 8 ? bytes[..Math.Max(0, room)] : [.. bytes[..front], .. "..."u8, .. bytes[^(room - 3 - front)..]];
    }

    private void ReadOne(Span<byte> answer, bool details)
    {
        if (Position >= _entries.Length)
        {
            answer[..Math.Min(2, answer.Length)].Fill(0x7F);
            return;
        }

        var entry = _entries[Position++];
        int head = details && answer.Length > DetailBytes ? DetailBytes : 0;
        byte[] name = Shorten(NameOf(entry), answer.Length - head - 1);
        name.CopyTo(answer[head..]);
        if (head > 0)
        {
            WriteDetails(entry, answer, cut: Encoding.UTF8.GetByteCount(NameOf(entry)) > name.Length);
        }
    }

    private static void WriteDetails(StoredEntry entry, Span<byte> target, bool cut)
    {
        const byte isCut = 2;
        var time = TimeOf(entry);
        byte[] stamp = [(byte)(time.Year - EpochYear), (byte)time.Month, (byte)time.Day, (byte)time.Hour, (byte)time.Minute, (byte)time.Second];
        stamp.CopyTo(target);
        BinaryPrimitives.WriteUInt32LittleEndian(target[6..], (uint)Math.Min(entry.Size, uint.MaxValue));
        target[10] = entry.IsDirectory ? (byte)1 : (byte)0;
        target[11] = cut ? isCut : (byte)0;
        target[12] = MediaOf(entry);
    }

    /// <summary>Fills pages with groups of entries: "MF", the head's length, the number of groups, then the groups.</summary>
    private void ReadBlock(Span<byte> answer, int perGroup)
    {
        const int head = 4;
        const byte last = 0x80;
        "MF"u8.CopyTo(answer);
        answer[2] = head;
        int at = head;
        int groups = 0;
        int lastGroup = -1;
        while (Position < _entries.Length && groups < byte.MaxValue && TryWriteGroup(answer[at..], Math.Max(1, perGroup), out int size))
        {
            lastGroup = at;
            at += size;
            groups++;
        }

        answer[3] = (byte)groups;
        if (lastGroup >= 0 && Position >= _entries.Length)
        {
            answer[lastGroup] = last;
        }
        else if (lastGroup < 0 && answer.Length >= head + 5)
        {
            // No entry is left: an empty group that is the last.
            answer[3] = 1;
            answer[head] = last;
        }
    }

    private bool TryWriteGroup(Span<byte> target, int perGroup, out int size)
    {
        const int head = 5;
        int first = Position;
        size = head;
        int count = 0;
        while (count < perGroup && Position < _entries.Length && TryWriteEntry(_entries[Position], target, ref size))
        {
            Position++;
            count++;
        }

        if (count == 0)
        {
            return false;
        }

        target[0] = 0;
        target[1] = (byte)count;
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)(size - head));
        target[4] = (byte)first;
        return true;
    }

    private static bool TryWriteEntry(StoredEntry entry, Span<byte> target, ref int at)
    {
        const int fixedBytes = 8;
        byte[] name = Encoding.UTF8.GetBytes(NameOf(entry));
        if (at + fixedBytes + name.Length + 1 > target.Length)
        {
            return false;
        }

        var time = TimeOf(entry);
        long size = Math.Min(entry.Size, 0xFFFFFF);
        byte[] fields =
        [
            (byte)(time.Year - EpochYear), (byte)((entry.IsDirectory ? 0x80 : 0) | time.Month), (byte)(time.Day << 3 | time.Hour >> 2),
            (byte)(time.Hour << 6 | time.Minute), (byte)size, (byte)(size >> 8), (byte)(size >> 16), MediaOf(entry), .. name, 0,
        ];
        fields.CopyTo(target[at..]);
        at += fields.Length;
        return true;
    }
}
