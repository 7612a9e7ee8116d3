using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Catalogs;

/// <summary>
/// The catalogs of a card. Index files are read again when they changed, so a user may edit them while the engine runs.
/// Safe for use by several threads.
/// </summary>
/// <param name="card">The card.</param>
public sealed class CatalogStore(CardRoot card)
{
    private readonly Dictionary<CatalogKind, Cached> _cache = [];
    private readonly Lock _access = new();

    private readonly record struct Stamp(long Length, DateTime Written);

    private sealed record Cached(Stamp Stamp, IReadOnlyList<CatalogEntry> Entries);

    /// <summary>The entries of a catalog, by id.</summary>
    /// <exception cref="EngineException"><c>CATALOG_NOT_FOUND</c>, <c>CATALOG_SYNC_FAILED</c> when the index is broken.</exception>
    public IReadOnlyList<CatalogEntry> Entries(CatalogKind kind)
    {
        lock (_access)
        {
            var stamp = StampOf(kind);
            if (!_cache.TryGetValue(kind, out var cached) || cached.Stamp != stamp)
            {
                cached = new(stamp, CatalogIndexFile.Read(card, kind));
                _cache[kind] = cached;
            }

            return cached.Entries;
        }
    }

    /// <summary>Finds an entry.</summary>
    /// <param name="kind">The catalog.</param>
    /// <param name="entryId">The entry's id.</param>
    /// <param name="requestField">The field of the request that named it, for the error.</param>
    /// <exception cref="EngineException"><c>CATALOG_NOT_FOUND</c>; <c>CATALOG_ENTRY_NOT_FOUND</c> with <c>catalog</c>, <c>entry_id</c>, <c>request_field</c>.</exception>
    public CatalogEntry Find(CatalogKind kind, string entryId, string requestField = "entry_id") =>
        Entries(kind).FirstOrDefault(entry => string.Equals(entry.Id, entryId, StringComparison.Ordinal))
        ?? throw new EngineException(
            ErrorCode.CatalogEntryNotFound,
            $"The catalog '{kind.Binding}' has no entry '{entryId}'.",
            ErrorDetails.Of(("catalog", kind.Binding), ("entry_id", entryId), ("request_field", requestField)));

    /// <summary>Changes a catalog and its index file; if writing fails, nothing changed.</summary>
    /// <param name="kind">The catalog.</param>
    /// <param name="change">Gives the new entries for the present ones; the same instance means no change.</param>
    /// <exception cref="EngineException"><c>CATALOG_NOT_FOUND</c>, <c>CATALOG_SYNC_FAILED</c>.</exception>
    public void Update(CatalogKind kind, Func<IReadOnlyList<CatalogEntry>, IReadOnlyList<CatalogEntry>> change)
    {
        lock (_access)
        {
            var present = Entries(kind);
            var changed = change(present);
            if (ReferenceEquals(present, changed))
            {
                return;
            }

            IReadOnlyList<CatalogEntry> ordered = [.. changed.OrderBy(entry => entry.Id, StringComparer.Ordinal)];
            CatalogIndexFile.Write(card, kind, ordered);
            _cache[kind] = new(StampOf(kind), ordered);
        }
    }

    private Stamp StampOf(CatalogKind kind)
    {
        var file = new FileInfo(card.HostOf(kind.IndexPath));
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc) : default;
    }
}
