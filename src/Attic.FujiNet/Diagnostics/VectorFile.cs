using System.Globalization;
using System.Text;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Diagnostics;

/// <summary>
/// Reads files of vectors. A line <c>[FE]</c> names the device; each further line is a command, its payload, <c>&gt;</c>, the
/// status and the answer's payload. Bytes are pairs of hexadecimal digits; <c>XX*n</c> repeats, <c>XX..YY</c> counts,
/// <c>"…"</c> is ASCII, <c>-</c> is nothing, <c>hhhh</c> the handle of the last Open; a command with <c>~</c> before it is
/// repeated while the answer is NotReady. <c>#</c> starts a comment line.
/// </summary>
public static class VectorFile
{
    /// <summary>Reads vectors.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="ports">Ports that stand in the texts, and those that take their place. The length before a text follows it.</param>
    /// <exception cref="FormatException">A line makes no sense; the message names it.</exception>
    public static IReadOnlyList<Vector> Read(string text, IReadOnlyDictionary<int, int>? ports = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vectors = new List<Vector>();
        byte? device = null;
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            try
            {
                if (line[0] == '[')
                {
                    device = Hex(line[1..line.IndexOf(']', StringComparison.Ordinal)]);
                    continue;
                }

                vectors.Add(ReadVector(number, device ?? throw new FormatException("no device was named before"), line, ports));
            }
            catch (Exception error) when (error is FormatException or ArgumentOutOfRangeException)
            {
                throw new FormatException($"Line {number} is no vector: {error.Message}", error);
            }
        }

        return vectors;
    }

    private static Vector ReadVector(int number, byte device, string line, IReadOnlyDictionary<int, int>? ports)
    {
        int arrow = OutsideTexts(line, '>');
        if (arrow < 0)
        {
            throw new FormatException("there is no >");
        }

        var request = Split(line[..arrow]);
        var response = Split(line[(arrow + 1)..]);
        if (request.Count == 0 || response.Count == 0)
        {
            throw new FormatException("a command and a status are needed");
        }

        bool repeats = request[0].StartsWith('~');
        byte status = byte.Parse(response[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return new(number, device, Hex(request[0].TrimStart('~')), repeats, Bytes(request.Skip(1), ports), (IOStatus)status, Bytes(response.Skip(1), ports));
    }

    private static int OutsideTexts(string line, char wanted)
    {
        bool inside = false;
        for (int index = 0; index < line.Length; index++)
        {
            inside ^= line[index] == '"';
            if (!inside && line[index] == wanted)
            {
                return index;
            }
        }

        return -1;
    }

    private static List<string> Split(string part)
    {
        var tokens = new List<string>();
        int at = 0;
        while (at < part.Length)
        {
            if (char.IsWhiteSpace(part[at]))
            {
                at++;
                continue;
            }

            int end = part[at] == '"' ? part.IndexOf('"', at + 1) + 1 : EndOfWord(part, at);
            if (end <= at)
            {
                throw new FormatException("a text is not closed");
            }

            tokens.Add(part[at..end]);
            at = end;
        }

        return tokens;
    }

    private static int EndOfWord(string part, int at)
    {
        while (at < part.Length && !char.IsWhiteSpace(part[at]))
        {
            at++;
        }

        return at;
    }

    private static VectorBytes Bytes(IEnumerable<string> tokens, IReadOnlyDictionary<int, int>? ports)
    {
        var bytes = new List<byte>();
        var handles = new List<int>();
        foreach (string token in tokens)
        {
            int star = token.IndexOf('*', StringComparison.Ordinal);
            int range = token.IndexOf("..", StringComparison.Ordinal);
            if (token[0] == '"')
            {
                AddText(bytes, token[1..^1], ports);
            }
            else if (token is "hhhh")
            {
                handles.Add(bytes.Count);
                bytes.AddRange([0, 0]);
            }
            else if (star > 0)
            {
                // Only the last pair is repeated.
                bytes.AddRange(Convert.FromHexString(token.AsSpan(0, star - 2)));
                bytes.AddRange(Enumerable.Repeat(Hex(token[(star - 2)..star]), int.Parse(token.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture)));
            }
            else if (range > 0)
            {
                byte first = Hex(token[..range]);
                bytes.AddRange(Enumerable.Range(first, Hex(token[(range + 2)..]) - first + 1).Select(value => (byte)value));
            }
            else if (token is not "-")
            {
                bytes.AddRange(Convert.FromHexString(token));
            }
        }

        return new(bytes, handles);
    }

    private static void AddText(List<byte> bytes, string text, IReadOnlyDictionary<int, int>? ports)
    {
        string replaced = text;
        foreach (var (from, to) in ports ?? new Dictionary<int, int>())
        {
            replaced = replaced.Replace($":{from}", $":{to}", StringComparison.Ordinal);
        }

        int before = bytes.Count - 2;
        bool hasLength = before >= 0 && (bytes[before] | (bytes[before + 1] << 8)) == text.Length;
        if (hasLength)
        {
            (bytes[before], bytes[before + 1]) = ((byte)replaced.Length, (byte)(replaced.Length >> 8));
        }

        bytes.AddRange(Encoding.ASCII.GetBytes(replaced));
    }

    private static byte Hex(string text) => byte.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
