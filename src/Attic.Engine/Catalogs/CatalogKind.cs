using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Catalogs;

/// <summary>One of the four catalogs of the contract (§9), or the one of tapes.</summary>
/// <param name="UrlName">Its name in URLs.</param>
/// <param name="Binding">Its name in requests and replies of media.</param>
/// <param name="IdPrefix">What its entries' ids begin with.</param>
/// <param name="Root">The folder that its files lie in.</param>
public sealed record CatalogKind(string UrlName, string Binding, string IdPrefix, string Root)
{
    /// <summary>ROM images: operating systems and others.</summary>
    public static readonly CatalogKind Rom = new("roms", "rom", "rom.", CardRoots.Roms);

    /// <summary>Floppy disks.</summary>
    public static readonly CatalogKind Disk = new("floppies", "disk", "disk.", CardRoots.Disks);

    /// <summary>The ST's operating systems.</summary>
    public static readonly CatalogKind Tos = new("tos", "tos", "tos.", CardRoots.Roms);

    /// <summary>Cartridges.</summary>
    public static readonly CatalogKind Cartridge = new("cartridges", "cartridge", "cart.", CardRoots.Cartridges);

    /// <summary>Tapes.</summary>
    public static readonly CatalogKind Cassette = new("cassettes", "cassette", "tape.", CardRoots.Cassettes);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CatalogKind> All { get; } = [Rom, Disk, Tos, Cartridge, Cassette];

    /// <summary>The index file's virtual path.</summary>
    public string IndexPath => $"{CardRoots.EngineConfig}/{Binding}_catalog.json";

    /// <summary>The catalog of a name in a URL.</summary>
    /// <exception cref="EngineException"><c>CATALOG_NOT_FOUND</c> with <c>catalog</c>.</exception>
    public static CatalogKind OfUrl(string name) =>
        All.FirstOrDefault(kind => string.Equals(kind.UrlName, name, StringComparison.Ordinal)) ?? throw NotFound(name);

    /// <summary>The catalog that an entry's id belongs to by its prefix, or null.</summary>
    public static CatalogKind? OfId(string entryId) =>
        All.FirstOrDefault(kind => entryId.StartsWith(kind.IdPrefix, StringComparison.Ordinal));

    /// <summary>The refusal of a catalog that is unknown or whose index file is absent.</summary>
    internal static EngineException NotFound(string name) => new(
        ErrorCode.CatalogNotFound,
        $"There is no catalog '{name}', or its index file is absent.",
        ErrorDetails.Of(("catalog", name)));
}
