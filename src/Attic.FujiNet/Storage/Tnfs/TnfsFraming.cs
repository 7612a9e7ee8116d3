using System.Buffers.Binary;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>
/// Finds the end of a packet in a TCP stream. TNFS packets carry no length, so it follows from the command: strings end in NUL,
/// data has a count, the rest is fixed.
/// </summary>
internal static class TnfsFraming
{
    /// <summary>More bytes are needed.</summary>
    public const int Incomplete = -1;

    private const int StatFixed = 22;
    private const int EntryFixed = 13;

    /// <summary>Length of the request at the front of a stream.</summary>
    /// <param name="stream">What has come so far.</param>
    /// <returns>Its length in bytes; <see cref="Incomplete"/>; 0 for a command without a known form, after which the stream cannot be followed.</returns>
    public static int RequestLength(ReadOnlySpan<byte> stream)
    {
        if (!TnfsHeader.TryRead(stream, out var header))
        {
            return Incomplete;
        }

        return header.Command switch
        {
            TnfsCommand.Mount => Strings(stream, fixedBytes: 2, count: 3),
            TnfsCommand.Unmount or TnfsCommand.Size or TnfsCommand.Free => Fixed(stream, 0),
            TnfsCommand.ReadDirectory or TnfsCommand.CloseDirectory or TnfsCommand.TellDirectory or TnfsCommand.Close => Fixed(stream, 1),
            TnfsCommand.ReadDirectoryExtended => Fixed(stream, 2),
            TnfsCommand.Read => Fixed(stream, 3),
            TnfsCommand.SeekDirectory => Fixed(stream, 5),
            TnfsCommand.Seek => Fixed(stream, 6),
            TnfsCommand.Write => Counted(stream, before: 1),
            TnfsCommand.OpenDirectory or TnfsCommand.MakeDirectory or TnfsCommand.RemoveDirectory or TnfsCommand.Unlink or TnfsCommand.Stat => Strings(stream, 0, 1),
            TnfsCommand.ChangeMode => Strings(stream, 2, 1),
            TnfsCommand.Open or TnfsCommand.OpenDirectoryExtended => Strings(stream, 4, header.Command == TnfsCommand.Open ? 1 : 2),
            TnfsCommand.Rename => Strings(stream, 0, 2),
            _ => 0,
        };
    }

    /// <summary>Length of the answer at the front of a stream, as <see cref="RequestLength"/>.</summary>
    public static int ReplyLength(ReadOnlySpan<byte> stream)
    {
        if (!TnfsHeader.TryRead(stream, out var header) || stream.Length == TnfsHeader.Length)
        {
            return Incomplete;
        }

        bool done = stream[TnfsHeader.Length] == (byte)TnfsResult.Ok;
        if (!done)
        {
            // A refused mount still states the server's version; other errors are the result alone.
            return header.Command == TnfsCommand.Mount ? Math.Min(stream.Length, TnfsHeader.Length + 3) : Fixed(stream, 1);
        }

        return header.Command switch
        {
            TnfsCommand.Mount => Fixed(stream, 5),
            TnfsCommand.OpenDirectory or TnfsCommand.Open => Fixed(stream, 2),
            TnfsCommand.ReadDirectory => Strings(stream, 1, 1),
            TnfsCommand.OpenDirectoryExtended => Fixed(stream, 4),
            TnfsCommand.ReadDirectoryExtended => Entries(stream),
            TnfsCommand.TellDirectory or TnfsCommand.Seek or TnfsCommand.Size or TnfsCommand.Free => Fixed(stream, 5),
            TnfsCommand.Read => Counted(stream, before: 1),
            TnfsCommand.Write => Fixed(stream, 3),
            TnfsCommand.Stat => Strings(stream, 1 + StatFixed, 2),
            _ => Fixed(stream, 1),
        };
    }

    private static int Fixed(ReadOnlySpan<byte> stream, int payload)
    {
        int length = TnfsHeader.Length + payload;
        return stream.Length >= length ? length : Incomplete;
    }

    private static int Counted(ReadOnlySpan<byte> stream, int before)
    {
        int at = TnfsHeader.Length + before;
        return stream.Length < at + 2 ? Incomplete : Fixed(stream, before + 2 + BinaryPrimitives.ReadUInt16LittleEndian(stream[at..]));
    }

    private static int Strings(ReadOnlySpan<byte> stream, int fixedBytes, int count)
    {
        int at = TnfsHeader.Length + fixedBytes;
        for (; count > 0; count--)
        {
            int end = at < stream.Length ? stream[at..].IndexOf((byte)0) : -1;
            if (end < 0)
            {
                return Incomplete;
            }

            at += end + 1;
        }

        return at;
    }

    private static int Entries(ReadOnlySpan<byte> stream)
    {
        int at = TnfsHeader.Length + 1;
        if (stream.Length < at + 4)
        {
            return Incomplete;
        }

        int left = stream[at];
        for (at += 4; left > 0; left--)
        {
            int end = at + EntryFixed < stream.Length ? stream[(at + EntryFixed)..].IndexOf((byte)0) : -1;
            if (end < 0)
            {
                return Incomplete;
            }

            at += EntryFixed + end + 1;
        }

        return at;
    }
}
