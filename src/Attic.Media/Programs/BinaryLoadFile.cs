using System.Buffers.Binary;

namespace Attic.Media.Programs;

/// <summary>
/// Binary load files of the 8-bit Ataris (<c>.XEX</c>, <c>.COM</c>): segments that load at addresses, some of which set the
/// vectors INITAD ($02E2, called after the segment) and RUNAD ($02E0, called at the end). Source: Atari DOS 2.0S manual,
/// binary load files.
/// </summary>
internal static class BinaryLoadFile
{
    /// <summary>What such a file begins with; the mark may be repeated before any segment.</summary>
    private const ushort Mark = 0xFFFF;
    private const int HeaderBytes = 4;

    /// <summary>
    /// The file for the loader: where to run if the file does not say, then for each segment its length, its address and
    /// its bytes, then a length of 0. All numbers are 16 bits, low byte first.
    /// </summary>
    /// <param name="file">The file's bytes.</param>
    /// <exception cref="MediaFormatException">The file is damaged or no such file.</exception>
    public static byte[] ToStream(ReadOnlySpan<byte> file)
    {
        if (file.Length < 2 || Word(file, 0) != Mark)
        {
            throw new MediaFormatException(0, "FF FF, the mark of a binary load file", file.Length < 2 ? $"{file.Length} bytes in all" : $"{file[0]:X2} {file[1]:X2}");
        }

        var stream = new MemoryStream(file.Length + HeaderBytes);
        int at = SkipMarks(file, 0);
        if (at + HeaderBytes > file.Length)
        {
            throw new MediaFormatException(at, "a segment's first and last address", $"{file.Length - at} bytes");
        }

        stream.Write(file.Slice(at, 2));
        while (at < file.Length)
        {
            at = CopySegment(file, at, stream);
            at = SkipMarks(file, at);
            if (IsPadding(file[at..]))
            {
                break;
            }
        }

        stream.Write([0, 0]);
        return stream.ToArray();
    }

    private static int CopySegment(ReadOnlySpan<byte> file, int at, MemoryStream stream)
    {
        if (at + HeaderBytes > file.Length)
        {
            throw new MediaFormatException(at, "a segment's first and last address", $"{file.Length - at} bytes");
        }

        int first = Word(file, at);
        int last = Word(file, at + 2);
        if (last < first)
        {
            throw new MediaFormatException(at + 2, $"a last address from ${first:X4} on", $"${last:X4}");
        }

        int length = last - first + 1;
        at += HeaderBytes;
        if (length > file.Length - at)
        {
            throw new MediaFormatException(at, $"{length} bytes of a segment ${first:X4}–${last:X4}", $"{file.Length - at}");
        }

        // A segment of all 64 KB would have a length of 0 to the loader, and leaves it no place to be.
        if (length > ushort.MaxValue)
        {
            throw new MediaFormatException(at - HeaderBytes, "a segment shorter than all memory", "$0000–$FFFF");
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)first);
        stream.Write(header);
        stream.Write(file.Slice(at, length));
        return at + length;
    }

    private static int SkipMarks(ReadOnlySpan<byte> file, int at)
    {
        while (at + 2 <= file.Length && Word(file, at) == Mark)
        {
            at += 2;
        }

        return at;
    }

    // Files that came from disks or modems end with zeros up to a full sector or block.
    private static bool IsPadding(ReadOnlySpan<byte> rest) => rest.IndexOfAnyExcept((byte)0) < 0;

    private static int Word(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);
}
