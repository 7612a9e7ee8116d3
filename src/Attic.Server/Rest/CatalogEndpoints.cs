using Attic.Engine.Catalogs;
using Attic.Engine.Machines;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>Catalogs and their entries (§9).</summary>
internal sealed class CatalogEndpoints(EngineCard card)
{
    private const int DefaultLimit = 100;
    private static readonly string[] s_states = ["unknown", "online", "offline", "dead", "local_only"];

    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Get("catalogs/list", Scopes.FilesRead, List);
        routes.Get("catalogs/{catalog}/entries", Scopes.FilesRead, Entries);
        routes.Get("catalogs/{catalog}/entries/{entry_id}", Scopes.FilesRead, Entry);
    }

    private Task<object> List(ApiRequest request) => Task.FromResult<object>(new
    {
        Catalogs = CatalogKind.All
            .Where(kind => File.Exists(card.Root.Resolve(kind.IndexPath, Engine.Card.CardAccess.Read).Host))
            .Select(kind => new { Name = kind.UrlName, Path = kind.IndexPath, Entries = card.Catalogs.Entries(kind).Count }).ToArray(),
    });

    private Task<object> Entries(ApiRequest request)
    {
        string? query = request.Query.OptionalString("query");
        bool missing = request.Query.OptionalBool("missing_only", false);
        string state = request.Query.OptionalChoice("state", "", s_states);
        long limit = request.Query.OptionalInteger("limit", 1, 1000) ?? DefaultLimit;
        long offset = request.Query.OptionalInteger("offset", 0, int.MaxValue) ?? 0;
        request.Query.Check();
        var kind = CatalogKind.OfUrl(request.Path("catalog"));
        var found = card.Catalogs.Entries(kind)
            .Where(entry => query is null || Matches(entry, query))
            .Where(entry => state.Length == 0 || string.Equals(entry.AvailabilityState, state, StringComparison.Ordinal))
            .Select(entry => (Entry: entry, Present: card.Presence.Look(kind, entry, hash: false).LocalPresent))
            .Where(each => !missing || !each.Present)
            .ToList();
        return Task.FromResult<object>(new
        {
            Total = found.Count,
            Entries = found.Skip((int)offset).Take((int)limit).Select(each => Describe(kind, each.Entry, each.Present)).ToArray(),
        });
    }

    private Task<object> Entry(ApiRequest request)
    {
        var kind = CatalogKind.OfUrl(request.Path("catalog"));
        var entry = card.Catalogs.Find(kind, request.Path("entry_id"));
        return Task.FromResult(Describe(kind, entry, card.Presence.Look(kind, entry, hash: false).LocalPresent));
    }

    private static bool Matches(CatalogEntry entry, string query) =>
        entry.Id.Contains(query, StringComparison.OrdinalIgnoreCase) || entry.Title?.Contains(query, StringComparison.OrdinalIgnoreCase) == true;

    private static object Describe(CatalogKind kind, CatalogEntry entry, bool present)
    {
        bool dead = string.Equals(entry.AvailabilityState, "dead", StringComparison.Ordinal);
        return new
        {
            entry.Id,
            Catalog = kind.UrlName,
            entry.Title,
            entry.Class,
            entry.LocalPath,
            LocalPresent = present,
            entry.Sha256,
            entry.Size,
            entry.MachineTags,
            entry.Format,
            entry.CreatedAt,
            entry.UpdatedAt,
            entry.SourceUrl,
            entry.HostedUrl,
            entry.AvailabilityState,
            entry.AvailabilityCheckedAt,
            entry.DownloadFailCount,
            entry.DeadLinkReason,
            entry.WriteProtect,
            DeadMarked = dead,
            DeadSource = (string?)null,
            LastDeadReason = entry.DeadLinkReason,
            LastDeadMarkedAtUs = (long?)null,
            DeadRetryAttempts = 0,
            DeadRetrySuccesses = 0,
            DeadRetryFailures = 0,
            LastDeadRetryAtUs = (long?)null,
            LastDeadRetryResult = "none",
        };
    }
}
