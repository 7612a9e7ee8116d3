using System.Text;

namespace Attic.Media.AtariDos;

/// <summary>File names of eight and three characters: letters, digits and the underscore.</summary>
internal static class AtariDosName
{
    public const int Bytes = 11;
    private const int StemBytes = 8;

    /// <summary>The directory's form of a name, in upper case.</summary>
    /// <exception cref="ArgumentException">The name is not of that form or does not begin with a letter.</exception>
    public static byte[] Encode(string name)
    {
        string[] parts = name.ToUpperInvariant().Split('.');
        string extension = parts.Length > 1 ? parts[1] : "";
        if (parts.Length > 2 || parts[0].Length is 0 or > StemBytes || extension.Length > Bytes - StemBytes
            || !char.IsAsciiLetter(parts[0][0]) || !(parts[0] + extension).All(IsAllowed))
        {
            throw new ArgumentException($"'{name}' is no name of eight and three letters and digits, with a letter first.", nameof(name));
        }

        return Encoding.ASCII.GetBytes(parts[0].PadRight(StemBytes) + extension.PadRight(Bytes - StemBytes));
    }

    /// <summary>The readable form of an entry's name.</summary>
    public static string Decode(ReadOnlySpan<byte> entry)
    {
        string stem = Encoding.Latin1.GetString(entry[..StemBytes]).TrimEnd(' ');
        string extension = Encoding.Latin1.GetString(entry[StemBytes..Bytes]).TrimEnd(' ');
        return extension.Length == 0 ? stem : $"{stem}.{extension}";
    }

    private static bool IsAllowed(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_';
}
