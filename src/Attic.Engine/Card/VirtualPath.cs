using System.Text;
using Attic.Engine.Errors;

namespace Attic.Engine.Card;

/// <summary>
/// The text of a path from outside, made canonical without looking at any disk: <c>/sdcard/root/name/…</c>. Everything
/// that could mean another file on some host is refused: NUL and control characters, alternate streams, device names,
/// names ending in a dot or blank, and steps above the card.
/// </summary>
internal static class VirtualPath
{
    private const int LongestPath = 4096;
    private const int LongestName = 255;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly HashSet<string> s_deviceNames = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$", .. Numbered("COM"), .. Numbered("LPT")],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The names below the card, from its root on; empty for the card itself.</summary>
    /// <param name="path">As the client wrote it: with or without the leading slash, percent-encoded or not.</param>
    /// <exception cref="EngineException"><c>PATH_NOT_ALLOWED</c>.</exception>
    public static string[] Parse(string path)
    {
        if (path.Length is 0 or > LongestPath)
        {
            throw Refused(path, $"A path has 1 to {LongestPath} characters.");
        }

        string text = UnicodeComposition.Compose(Decode(path)).Replace('\\', '/');
        var names = new List<string>();
        bool aboveCard = false;
        foreach (string name in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (name)
            {
                case ".":
                    break;
                case ".." when names.Count == 0:
                    aboveCard = true;
                    break;
                case "..":
                    names.RemoveAt(names.Count - 1);
                    break;
                default:
                    names.Add(Checked(name, path));
                    break;
            }
        }

        return !aboveCard && names.Count > 0 && string.Equals(names[0], "sdcard", StringComparison.Ordinal)
            ? [.. names.Skip(1)]
            : throw Refused(path, "Paths begin with /sdcard/ and stay below it.");
    }

    /// <summary>The canonical text of names below the card. A percent sign that would decode is written as %25.</summary>
    public static string Format(IEnumerable<string> names)
    {
        var text = new StringBuilder(CardRoots.Card);
        foreach (string name in names)
        {
            text.Append('/');
            for (int at = 0; at < name.Length; at++)
            {
                text.Append(IsEscape(name, at) ? "%25" : name[at].ToString());
            }
        }

        return text.ToString();
    }

    /// <summary>The refusal of a path, with the roots that would be allowed.</summary>
    public static EngineException Refused(string path, string reason, CardAccess access = CardAccess.Read) => new(
        ErrorCode.PathNotAllowed,
        $"The path is not allowed. {reason}",
        ErrorDetails.Of(
            ("path", path.Length > LongestPath ? path[..LongestPath] : path),
            ("allowed_roots", CardRoots.For(access).ToArray()),
            ("reason", reason)));

    private static IEnumerable<string> Numbered(string port) => Enumerable.Range(0, 10).Select(n => $"{port}{n}");

    private static string Checked(string name, string path)
    {
        if (name.Any(char.IsControl))
        {
            throw Refused(path, "Control characters are not part of a name.");
        }

        if (name.Contains(':', StringComparison.Ordinal))
        {
            throw Refused(path, "A colon names a drive or an alternate stream.");
        }

        if (name[^1] is '.' or ' ')
        {
            throw Refused(path, "A name does not end in a dot or a blank.");
        }

        if (s_deviceNames.Contains(name.Split('.')[0].TrimEnd()))
        {
            throw Refused(path, "The name is a device's on some systems.");
        }

        return Encoding.UTF8.GetByteCount(name) <= LongestName
            ? name
            : throw Refused(path, $"A name takes at most {LongestName} bytes.");
    }

    // One round of decoding: what is escaped twice stays a plain name with percent signs in it.
    private static string Decode(string path)
    {
        byte[] source = Encode(path);
        var bytes = new List<byte>(source.Length);
        for (int at = 0; at < source.Length; at++)
        {
            if (source[at] == '%' && at + 2 < source.Length && IsHex(source[at + 1]) && IsHex(source[at + 2]))
            {
                bytes.Add((byte)((Nibble(source[at + 1]) << 4) | Nibble(source[at + 2])));
                at += 2;
            }
            else
            {
                bytes.Add(source[at]);
            }
        }

        try
        {
            return s_strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw Refused(path, "The escaped bytes are not UTF-8.");
        }
    }

    private static byte[] Encode(string path)
    {
        try
        {
            return s_strict.GetBytes(path);
        }
        catch (EncoderFallbackException)
        {
            throw Refused("", "The path is not valid Unicode.");
        }
    }

    private static bool IsEscape(string name, int at) =>
        name[at] == '%' && at + 2 < name.Length && char.IsAsciiHexDigit(name[at + 1]) && char.IsAsciiHexDigit(name[at + 2]);

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    private static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
