namespace Attic.Cpm.Drives;

/// <summary>A name of eight characters and a type of three, upper case, blank-padded, as a File Control Block holds them.</summary>
internal readonly struct CpmName : IEquatable<CpmName>
{
    /// <summary>Characters in it.</summary>
    public const int Length = 11;

    private const int TypeAt = 8;
    private readonly string _text;

    private CpmName(string text) => _text = text;

    /// <summary>Whether it holds a question mark, which matches any character.</summary>
    public bool IsAmbiguous => _text.Contains('?', StringComparison.Ordinal);

    /// <summary>Character 0 to 10.</summary>
    public char this[int index] => _text[index];

    /// <summary>Reads a name out of a File Control Block; bit 7 of a character is an attribute, not part of it.</summary>
    /// <param name="field">Eleven bytes.</param>
    public static CpmName FromFcb(ReadOnlySpan<byte> field)
    {
        Span<char> text = stackalloc char[Length];
        for (int at = 0; at < Length; at++)
        {
            text[at] = char.ToUpperInvariant((char)(field[at] & 0x7F));
        }

        return new CpmName(new string(text));
    }

    /// <summary>The name of a host file.</summary>
    /// <returns>False if it does not fit: longer than 8.3, or with characters that CP/M cannot type.</returns>
    public static bool TryFromHost(string fileName, out CpmName name)
    {
        int dot = fileName.LastIndexOf('.');
        string stem = dot < 0 ? fileName : fileName[..dot];
        string type = dot < 0 ? "" : fileName[(dot + 1)..];
        bool fits = stem.Length is > 0 and <= 8 && type.Length <= 3 && (stem + type).All(IsAllowed);
        name = fits ? new CpmName((stem.PadRight(8) + type.PadRight(3)).ToUpperInvariant()) : default;
        return fits;
    }

    /// <summary>Parses what a user types: <c>NAME.TYP</c>, with ? and *.</summary>
    public static CpmName Parse(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string stem = dot < 0 ? text : text[..dot];
        string type = dot < 0 ? "" : text[(dot + 1)..];
        return new CpmName((Expand(stem, TypeAt) + Expand(type, Length - TypeAt)).ToUpperInvariant());
    }

    /// <summary>Whether this pattern matches a name.</summary>
    public bool Matches(CpmName other)
    {
        for (int at = 0; at < Length; at++)
        {
            if (_text[at] != '?' && _text[at] != other._text[at])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The host file's name, <c>NAME.TYP</c>.</summary>
    /// <returns>False if it has characters that could leave the folder or that no file may have.</returns>
    public bool TryToHost(out string fileName)
    {
        string stem = _text[..TypeAt].TrimEnd();
        string type = _text[TypeAt..].TrimEnd();
        fileName = type.Length == 0 ? stem : $"{stem}.{type}";
        return stem.Length > 0 && (stem + type).All(IsAllowed);
    }

    /// <summary>Writes the eleven characters.</summary>
    public void CopyTo(Span<byte> field)
    {
        for (int at = 0; at < Length; at++)
        {
            field[at] = (byte)_text[at];
        }
    }

    /// <inheritdoc />
    public bool Equals(CpmName other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is CpmName other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => TryToHost(out string name) ? name : _text;

    private static bool IsAllowed(char character) => character is > ' ' and < '\x7F' && !"/\\<>.,;:=?*[]|".Contains(character, StringComparison.Ordinal);

    private static string Expand(string part, int length)
    {
        int star = part.IndexOf('*', StringComparison.Ordinal);
        string text = star < 0 ? part : part[..star] + new string('?', length);
        return text.Length > length ? text[..length] : text.PadRight(length);
    }
}
