using System.Collections.Concurrent;
using System.Security.Cryptography;
using Attic.Engine.Card;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;

namespace Attic.Engine.Catalogs;

/// <summary>Whether an entry's file lies on the card; this alone decides it (contract §9).</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Catalog">The catalog's binding name.</param>
/// <param name="LocalPresent">Whether the file is there.</param>
/// <param name="LocalPath">Where it is, <c>/sdcard/…</c>; null when it isn't.</param>
/// <param name="FileSize">Bytes; null when it isn't there.</param>
/// <param name="MtimeUs">When it was last written, in Unix µs; null when it isn't there.</param>
/// <param name="Sha256">SHA-256 of the file, 64 lower-case hex digits; null when it isn't there or was not read.</param>
/// <param name="IndexedAtUs">When this was found out, R-clock.</param>
public sealed record PresenceRecord(
    string EntryId,
    string Catalog,
    bool LocalPresent,
    string? LocalPath,
    long? FileSize,
    long? MtimeUs,
    string? Sha256,
    long IndexedAtUs);

/// <summary>
/// The presence records of a card. A file is hashed once for each size and time of writing. Safe for use by several
/// threads.
/// </summary>
/// <param name="card">The card.</param>
public sealed class PresenceIndex(CardRoot card)
{
    private readonly ConcurrentDictionary<(CatalogKind Kind, string EntryId), PresenceRecord> _records = new();
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written, string Sha256)> _hashes = new(StringComparer.Ordinal);

    /// <summary>Looks for an entry's file now and remembers what it found.</summary>
    /// <param name="kind">The entry's catalog.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="hash">Whether the file is hashed if it is not known already.</param>
    public PresenceRecord Look(CatalogKind kind, CatalogEntry entry, bool hash)
    {
        long now = RuntimeClock.NowUs;
        var record = TryFile(kind, entry) is { } path && new FileInfo(path.Host) is { Exists: true } file
            ? new(entry.Id, kind.Binding, true, path.Virtual, file.Length, UnixUs(file.LastWriteTimeUtc), Hash(path, file, hash), now)
            : new PresenceRecord(entry.Id, kind.Binding, false, null, null, null, null, now);
        _records[(kind, entry.Id)] = record;
        return record;
    }

    /// <summary>What the last look found; null when nobody has looked.</summary>
    public PresenceRecord? Known(CatalogKind kind, string entryId) => _records.GetValueOrDefault((kind, entryId));

    /// <summary>The hash of a file of the card.</summary>
    public string HashOf(CardPath path) => Hash(path, new FileInfo(path.Host), compute: true)!;

    // An index is a file that users edit and that may come from elsewhere: its paths are outside paths.
    private CardPath? TryFile(CatalogKind kind, CatalogEntry entry)
    {
        try
        {
            return card.Resolve(entry.LocalPath, CardAccess.Read, [kind.Root]);
        }
        catch (EngineException refused) when (refused.Code == ErrorCode.PathNotAllowed)
        {
            return null;
        }
    }

    private string? Hash(CardPath path, FileInfo file, bool compute)
    {
        if (_hashes.TryGetValue(path.Host, out var known) && known.Length == file.Length && known.Written == file.LastWriteTimeUtc)
        {
            return known.Sha256;
        }

        if (!compute)
        {
            return null;
        }

        using var stream = file.OpenRead();
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        _hashes[path.Host] = (file.Length, file.LastWriteTimeUtc, hash);
        return hash;
    }

    private static long UnixUs(DateTime moment) => (moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
