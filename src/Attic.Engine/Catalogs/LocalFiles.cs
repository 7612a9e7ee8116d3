using System.Text;
using Attic.Engine.Card;
using Attic.Media.Programs;

namespace Attic.Engine.Catalogs;

/// <summary>Makes catalog entries for files that a user put onto the card.</summary>
internal static class LocalFiles
{
    /// <summary>As many first bytes as tell an XL's OS, whose vectors are at its end.</summary>
    public const int StartBytes = XlRomSet.OsBytes + XlRomSet.BasicBytes;

    private const int LongestSlug = 64;
    private static readonly string[] s_romEndings = [".img", ".rom", ".bin", ".tos"];
    private static readonly string[] s_xlDiskEndings = [".atr", ".xfd", ".atx", .. ProgramFile.KnownEndings];
    private static readonly string[] s_diskEndings = [".st", ".msa", ".img", ".dim", ".stx", ".zip", ".gz", .. s_xlDiskEndings];
    private static readonly string[] s_cartridgeEndings = [".stc", ".img", ".rom", ".bin", ".car"];

    private static readonly string[] s_cassetteEndings = [".cas", ".wav", ".zip", ".gz"];

    /// <summary>The catalog that a file belongs into by its place, ending and content; null for none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Its first bytes.</param>
    /// <param name="length">Bytes of the file.</param>
    public static CatalogKind? KindOf(CardPath path, ReadOnlySpan<byte> start, long length)
    {
        string ending = Path.GetExtension(path.Name).ToLowerInvariant();
        return path.Root switch
        {
            CardRoots.Roms when s_romEndings.Contains(ending, StringComparer.Ordinal) =>
                RomImage.IsTos(start, length) || IsXlOs(start, length) ? CatalogKind.Tos : CatalogKind.Rom,
            CardRoots.Disks when s_diskEndings.Contains(ending, StringComparer.Ordinal) => CatalogKind.Disk,
            CardRoots.Cartridges when s_cartridgeEndings.Contains(ending, StringComparer.Ordinal) => CatalogKind.Cartridge,
            CardRoots.Cassettes when s_cassetteEndings.Contains(ending, StringComparer.Ordinal) => CatalogKind.Cassette,
            _ => null,
        };
    }

    private static bool IsXlOs(ReadOnlySpan<byte> start, long length) => start.Length == length && XlRomSet.IsOs(start);

    /// <summary>An entry for a file.</summary>
    /// <param name="kind">Its catalog.</param>
    /// <param name="path">The file.</param>
    /// <param name="sha256">Its hash.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="taken">The catalog's entries, whose ids are taken.</param>
    /// <param name="machineTags">The machines that it is for; null to tell by its folder.</param>
    public static CatalogEntry Entry(
        CatalogKind kind,
        CardPath path,
        string sha256,
        long length,
        IReadOnlyList<CatalogEntry> taken,
        IReadOnlyList<string>? machineTags = null)
    {
        var now = DateTimeOffset.UtcNow;
        return new()
        {
            Id = FreeId(kind.IdPrefix + Slug(path.Name), taken),
            LocalPath = path.Virtual,
            Title = Path.GetFileNameWithoutExtension(path.Name),
            Class = kind == CatalogKind.Rom && IsXlBasic(path, length) ? XlRomSet.BasicClass : kind.Binding,
            Format = Path.GetExtension(path.Name).TrimStart('.').ToLowerInvariant(),
            Sha256 = sha256,
            Size = length,
            MachineTags = machineTags ?? (IsXlOnly(path, length) ? ["atari_xl"] : MachinesOf(path)),
            CreatedAt = now,
            UpdatedAt = now,
            AvailabilityState = CatalogEntry.LocalOnly,
            AvailabilityCheckedAt = now,
        };
    }

    // roms/st/x.img is for the ST; a file right in roms/ may be for anything.
    private static string[] MachinesOf(CardPath path)
    {
        string[] names = path.Virtual[(path.Root.Length + 1)..].Split('/');
        return names.Length < 2 ? [] : names[0].ToLowerInvariant() switch
        {
            "st" => ["atari_st"],
            "xl" => ["atari_xl"],
            _ => [],
        };
    }

    // What only an 8-bit Atari can mean, wherever it lies.
    private static bool IsXlOnly(CardPath path, long length)
    {
        string ending = Path.GetExtension(path.Name).ToLowerInvariant();
        return s_xlDiskEndings.Contains(ending, StringComparer.Ordinal)
            || ending is ".car"
            || path.Root is CardRoots.Cassettes
            || (path.Root is CardRoots.Roms && length is XlRomSet.OsBytes or XlRomSet.BasicBytes or XlRomSet.OsBytes + XlRomSet.BasicBytes);
    }

    private static bool IsXlBasic(CardPath path, long length)
    {
        if (length != XlRomSet.BasicBytes)
        {
            return false;
        }

        try
        {
            return XlRomSet.IsBasic(File.ReadAllBytes(path.Host));
        }
        catch (IOException)
        {
            // It went while it was looked at; the next scan sees what is there.
            return false;
        }
    }

    private static string Slug(string fileName)
    {
        var slug = new StringBuilder();
        foreach (char c in Path.GetFileNameWithoutExtension(fileName).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        string text = slug.ToString(0, Math.Min(slug.Length, LongestSlug)).Trim('-');
        return text.Length > 0 ? text : "file";
    }

    private static string FreeId(string id, IReadOnlyList<CatalogEntry> taken)
    {
        var ids = taken.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        string free = id;
        for (int number = 2; ids.Contains(free); number++)
        {
            free = $"{id}-{number}";
        }

        return free;
    }
}
