using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Catalogs;

/// <summary>
/// Brings the indexes of a card up to date with the shipped ones, entry by entry, since users and the engine add to
/// them: a shipped entry that nobody edited follows ours, an edited one is kept, all others are left alone.
/// </summary>
/// <param name="card">The card.</param>
/// <param name="catalogs">Its catalogs.</param>
public sealed class CatalogSeeder(CardRoot card, CatalogStore catalogs)
{
    /// <summary>Whether a path on the card (relative) is an index, which a <see cref="CardSeeder"/> leaves to this class.</summary>
    public static bool IsIndex(string path) =>
        CatalogKind.All.Any(kind => string.Equals($"{CardRoots.Card}/{path}", kind.IndexPath, StringComparison.Ordinal));

    /// <summary>Merges the shipped indexes into the card's.</summary>
    /// <param name="folders">What ships.</param>
    /// <returns>One line for each entry of the user's that was kept although ours changed, and for each index that is broken.</returns>
    /// <exception cref="IOException">The card can't be written.</exception>
    public IReadOnlyList<string> Seed(IReadOnlyList<ShippedFolder> folders)
    {
        var shipped = folders.SelectMany(folder => folder.Files())
            .Where(file => IsIndex(file.Target))
            .ToLookup(file => $"{CardRoots.Card}/{file.Target}", file => file.Host, StringComparer.Ordinal);
        var record = SeedRecord.Read(card);
        var lines = new List<string>();
        foreach (var kind in CatalogKind.All)
        {
            try
            {
                Seed(kind, shipped[kind.IndexPath], record, lines);
            }
            catch (EngineException broken) when (broken.Code == ErrorCode.CatalogSyncFailed)
            {
                // A user's slip in an index must not keep the engine from starting; requests for it say the same.
                lines.Add($"card: {broken.Message}");
            }
        }

        record.Write();
        return lines;
    }

    private void Seed(CatalogKind kind, IEnumerable<string> shipped, SeedRecord record, List<string> lines)
    {
        if (!File.Exists(card.HostOf(kind.IndexPath)))
        {
            CatalogIndexFile.Write(card, kind, []);
        }

        foreach (string host in shipped)
        {
            var ours = CatalogIndexFile.Parse(File.ReadAllBytes(host), kind);
            catalogs.Update(kind, present => Merged(kind, present, ours, record, lines));
        }
    }

    private static IReadOnlyList<CatalogEntry> Merged(
        CatalogKind kind,
        IReadOnlyList<CatalogEntry> present,
        IReadOnlyList<CatalogEntry> ours,
        SeedRecord record,
        List<string> lines)
    {
        var merged = present.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        bool changed = false;
        foreach (var entry in ours)
        {
            string key = $"{kind.IndexPath}#{entry.Id}";
            string shipped = Described(entry);
            string? before = record.Shipped.GetValueOrDefault(key);
            record.Shipped[key] = shipped;
            if (!merged.TryGetValue(entry.Id, out var theirs))
            {
                merged[entry.Id] = entry;
                changed = true;
            }
            else if (string.Equals(Described(theirs), shipped, StringComparison.Ordinal) || string.Equals(before, shipped, StringComparison.Ordinal))
            {
                continue;
            }
            else if (string.Equals(Described(theirs), before, StringComparison.Ordinal))
            {
                merged[entry.Id] = Updated(theirs, entry);
                changed = true;
            }
            else
            {
                lines.Add($"card: kept your entry {entry.Id}; ours has changed");
            }
        }

        return changed ? [.. merged.Values] : present;
    }

    // What describes an entry, without what the engine finds out and writes into it.
    private static string Described(CatalogEntry entry) => CatalogIndexFile.FormatEntry(
        WithDescription(new() { Id = entry.Id, LocalPath = "", Class = "", Format = "" }, entry));

    private static CatalogEntry Updated(CatalogEntry theirs, CatalogEntry ours) =>
        WithDescription(theirs, ours) with { Sha256 = ours.Sha256 ?? theirs.Sha256, Size = ours.Size ?? theirs.Size };

    private static CatalogEntry WithDescription(CatalogEntry entry, CatalogEntry source) => entry with
    {
        LocalPath = source.LocalPath,
        Title = source.Title,
        Class = source.Class,
        Format = source.Format,
        MachineTags = source.MachineTags,
        SourceUrl = source.SourceUrl,
        HostedUrl = source.HostedUrl,
        WriteProtect = source.WriteProtect,
    };
}
