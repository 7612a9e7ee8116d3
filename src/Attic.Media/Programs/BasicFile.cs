using System.Buffers.Binary;

namespace Attic.Media.Programs;

/// <summary>
/// Programs in Atari BASIC: tokenised (<c>SAVE</c>) or as text (<c>LIST</c>). A tokenised file begins with seven pointers
/// relative to LOMEM, of which the first is 0: LOMEM, VNTP, VNTD, VVTP, STMTAB, STMCUR, STARP; then everything from VNTP to
/// STARP (De Re Atari, chapter 10; The Atari BASIC Source Book).
/// </summary>
internal static class BasicFile
{
    /// <summary>ATASCII's end of line.</summary>
    public const byte EndOfLine = 0x9B;

    private const int Pointers = 7;
    private const int HeaderBytes = 2 * Pointers;

    /// <summary>Whether a file is tokenised: it begins with the pointer 0, which no text does.</summary>
    public static bool IsTokenised(ReadOnlySpan<byte> file) => file.Length >= 2 && file[0] == 0 && file[1] == 0;

    /// <summary>Looks whether a tokenised file is whole.</summary>
    /// <exception cref="MediaFormatException">It is damaged.</exception>
    public static void CheckTokens(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes)
        {
            throw new MediaFormatException(file.Length, $"{HeaderBytes} bytes of pointers", $"{file.Length}");
        }

        int before = 0;
        for (int pointer = 1; pointer < Pointers; pointer++)
        {
            int value = BinaryPrimitives.ReadUInt16LittleEndian(file[(2 * pointer)..]);
            if (value < before)
            {
                throw new MediaFormatException(2 * pointer, $"a pointer from {before} on", $"{value}");
            }

            before = value;
        }

        int length = HeaderBytes + before - BinaryPrimitives.ReadUInt16LittleEndian(file[2..]);
        if (file.Length < length)
        {
            throw new MediaFormatException(file.Length, $"{length} bytes, as the pointers say", $"{file.Length}");
        }
    }

    /// <summary>A listing with the Atari's ends of lines: a file from elsewhere has its own.</summary>
    /// <param name="file">The text.</param>
    /// <exception cref="MediaFormatException">It is no listing: a line does not begin with its number.</exception>
    public static byte[] ToLines(ReadOnlySpan<byte> file)
    {
        bool native = file.Contains(EndOfLine);
        var lines = new List<byte>(file.Length + 1);
        for (int at = 0; at < file.Length; at++)
        {
            byte value = file[at];
            bool pair = value == '\r' && at + 1 < file.Length && file[at + 1] == '\n';
            if (!pair)
            {
                lines.Add(native ? value : value is (byte)'\n' or (byte)'\r' ? EndOfLine : value == '\t' ? (byte)' ' : value);
            }
        }

        if (lines.Count == 0 || lines[^1] != EndOfLine)
        {
            lines.Add(EndOfLine);
        }

        CheckNumbers(lines);
        return [.. lines];
    }

    private static void CheckNumbers(List<byte> lines)
    {
        int start = 0;
        bool any = false;
        for (int at = 0; at < lines.Count; at++)
        {
            if (lines[at] != EndOfLine)
            {
                continue;
            }

            int first = start;
            while (first < at && lines[first] == ' ')
            {
                first++;
            }

            if (first < at && !char.IsAsciiDigit((char)lines[first]))
            {
                throw new MediaFormatException(first, "a line's number", $"0x{lines[first]:X2}");
            }

            any |= first < at;
            start = at + 1;
        }

        if (!any)
        {
            throw new MediaFormatException(0, "a line of BASIC", "none");
        }
    }
}
