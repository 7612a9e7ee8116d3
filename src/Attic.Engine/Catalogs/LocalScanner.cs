using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Catalogs;

/// <summary>What a scan for local files found.</summary>
/// <param name="Added">Ids of entries that were made for files that no entry named.</param>
/// <param name="Updated">Ids of local entries whose file has changed.</param>
/// <param name="Unreadable">Virtual paths of files that can't be read.</param>
/// <param name="Broken">Catalogs whose index is absent or broken; nothing was entered into them.</param>
public sealed record LocalScan(
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Updated,
    IReadOnlyList<string> Unreadable,
    IReadOnlyList<CatalogKind> Broken);

/// <summary>
/// Makes what a user drops into <c>roms</c>, <c>disks</c>, <c>cartridges</c> and <c>cassettes</c> usable: each file that no catalog names
/// gets an entry, and the entries of local files follow their files.
/// </summary>
/// <param name="card">The card.</param>
/// <param name="catalogs">Its catalogs.</param>
/// <param name="presence">What lies on it.</param>
public sealed class LocalScanner(CardRoot card, CatalogStore catalogs, PresenceIndex presence)
{
    private static readonly CatalogKind s_none = new("", "", "", "");

    /// <summary>Scans the card.</summary>
    /// <exception cref="EngineException"><c>CATALOG_SYNC_FAILED</c>: an index can't be written.</exception>
    public LocalScan Scan()
    {
        var scan = (Added: new List<string>(), Updated: new List<string>(), Unreadable: new List<string>());
        var usable = CatalogKind.All.Where(IsUsable).ToList();
        var known = usable
            .SelectMany(catalogs.Entries)
            .Select(entry => entry.LocalPath)
            .ToHashSet(StringComparer.Ordinal);
        var fresh = CardRoots.Scannable
            .SelectMany(root => card.FilesBelow(root, root))
            .Where(file => !known.Contains(file.Virtual))
            .GroupBy(file => Classify(file, scan.Unreadable))
            .ToDictionary(group => group.Key ?? s_none, group => group.ToList());
        foreach (var kind in usable)
        {
            catalogs.Update(kind, present => Changed(kind, present, fresh.GetValueOrDefault(kind) ?? [], scan.Added, scan.Updated));
        }

        return new(scan.Added, scan.Updated, scan.Unreadable, [.. CatalogKind.All.Except(usable)]);
    }

    private bool IsUsable(CatalogKind kind)
    {
        try
        {
            _ = catalogs.Entries(kind);
            return true;
        }
        catch (EngineException broken) when (broken.Code == ErrorCode.CatalogNotFound || broken.Code == ErrorCode.CatalogSyncFailed)
        {
            // A user's slip in one index must not hide the files of the others.
            return false;
        }
    }

    private static CatalogKind? Classify(CardPath file, List<string> unreadable)
    {
        try
        {
            using var stream = File.OpenRead(file.Host);
            byte[] start = new byte[Math.Min(LocalFiles.StartBytes, stream.Length)];
            int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return LocalFiles.KindOf(file, start.AsSpan(0, read), stream.Length);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            unreadable.Add(file.Virtual);
            return null;
        }
    }

    private IReadOnlyList<CatalogEntry> Changed(
        CatalogKind kind,
        IReadOnlyList<CatalogEntry> present,
        List<CardPath> fresh,
        List<string> added,
        List<string> updated)
    {
        var entries = present.Select(entry => Followed(kind, entry, updated)).ToList();
        foreach (var file in fresh)
        {
            var entry = LocalFiles.Entry(kind, file, presence.HashOf(file), new FileInfo(file.Host).Length, entries);
            entries.Add(entry);
            added.Add(entry.Id);
        }

        return entries.SequenceEqual(present) ? present : entries;
    }

    // What was published keeps its published hash; what is only here has the hash of what is here.
    private CatalogEntry Followed(CatalogKind kind, CatalogEntry entry, List<string> updated)
    {
        bool local = string.Equals(entry.AvailabilityState, CatalogEntry.LocalOnly, StringComparison.Ordinal);
        var record = presence.Look(kind, entry, hash: local);
        if (!local || !record.LocalPresent || (string.Equals(record.Sha256, entry.Sha256, StringComparison.Ordinal) && record.FileSize == entry.Size))
        {
            return entry;
        }

        updated.Add(entry.Id);
        return entry with { Sha256 = record.Sha256, Size = record.FileSize, UpdatedAt = DateTimeOffset.UtcNow };
    }
}
