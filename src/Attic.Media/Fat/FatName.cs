using System.Text;

namespace Attic.Media.Fat;

/// <summary>File names of eight and three characters as a folder's entry holds them.</summary>
internal static class FatName
{
    public const int Bytes = 11;
    private const byte Deleted = 0xE5;
    private const byte DeletedSubstitute = 0x05;

    /// <summary>The entry's form of a name.</summary>
    /// <exception cref="ArgumentException">The name is not of the form 8.3 or holds characters that names cannot have.</exception>
    public static byte[] Encode(string name)
    {
        int dot = name.LastIndexOf('.');
        string stem = dot < 0 ? name : name[..dot];
        string extension = dot < 0 ? "" : name[(dot + 1)..];
        if (stem.Length is 0 or > 8 || extension.Length > 3 || !(stem + extension).All(IsAllowed))
        {
            throw new ArgumentException($"'{name}' is no file name of eight and three characters.", nameof(name));
        }

        return Encoding.ASCII.GetBytes(stem.ToUpperInvariant().PadRight(8) + extension.ToUpperInvariant().PadRight(3));
    }

    /// <summary>The readable form of an entry's name.</summary>
    public static string Decode(ReadOnlySpan<byte> entry)
    {
        Span<byte> name = stackalloc byte[Bytes];
        entry[..Bytes].CopyTo(name);
        name[0] = name[0] == DeletedSubstitute ? Deleted : name[0];
        string stem = Encoding.Latin1.GetString(name[..8]).TrimEnd(' ');
        string extension = Encoding.Latin1.GetString(name[8..]).TrimEnd(' ');
        return extension.Length == 0 ? stem : $"{stem}.{extension}";
    }

    private static bool IsAllowed(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'()-@^_`{}~".Contains(character, StringComparison.Ordinal);
}
