using System.Security.Cryptography;

namespace Attic.Engine.Card;

/// <summary>What a seeding did, as paths on the card.</summary>
/// <param name="Added">Files that were not there.</param>
/// <param name="Replaced">Files that nobody had edited and that we ship anew.</param>
/// <param name="Kept">Files that the user edited; ours lies beside each as <c>NAME.new</c> since this start.</param>
public sealed record SeedReport(IReadOnlyList<string> Added, IReadOnlyList<string> Replaced, IReadOnlyList<string> Kept)
{
    /// <summary>What to tell the user: one line for each file that was kept.</summary>
    public IEnumerable<string> Lines => Kept.Select(path => $"card: kept your {path}; ours is {path}.new");
}

/// <summary>
/// Brings a card up to date with what ships. A file that nobody edited is replaced when ours changed; a file that the
/// user edited is kept, and ours is laid beside it as <c>NAME.new</c> once. What is missing is put back. Hashes decide,
/// never times.
/// </summary>
public static class CardSeeder
{
    private const string NewSuffix = ".new";

    /// <summary>Seeds a card.</summary>
    /// <param name="card">The card, held by this process.</param>
    /// <param name="folders">What ships; later folders win.</param>
    /// <param name="skip">Paths on the card that are looked after elsewhere (catalog indexes).</param>
    /// <exception cref="IOException">The card can't be written.</exception>
    public static SeedReport Seed(CardRoot card, IReadOnlyList<ShippedFolder> folders, Predicate<string>? skip = null)
    {
        StagedFile.DeleteLeftovers(card.HostFolder);
        var shipped = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (host, target) in folders.SelectMany(folder => folder.Files()))
        {
            if (skip?.Invoke(target) != true)
            {
                shipped[target] = host;
            }
        }

        var record = SeedRecord.Read(card);
        var outcomes = shipped.Select(file => (Path: file.Key, Outcome: Place(card, file.Key, File.ReadAllBytes(file.Value), record))).ToList();
        record.Write();
        List<string> With(Outcome outcome) => [.. outcomes.Where(file => file.Outcome == outcome).Select(file => file.Path)];
        return new(With(Outcome.Added), With(Outcome.Replaced), With(Outcome.Kept));
    }

    private enum Outcome
    {
        Unchanged,
        Added,
        Replaced,
        Kept,
    }

    private static Outcome Place(CardRoot card, string target, byte[] ours, SeedRecord record)
    {
        string path = card.HostOf($"{CardRoots.Card}/{target}");
        string hash = Hash(ours);
        string? before = record.Shipped.GetValueOrDefault(target);
        record.Shipped[target] = hash;
        if (!File.Exists(path))
        {
            StagedFile.Write(path, ours);
            return Outcome.Added;
        }

        string present = Hash(File.ReadAllBytes(path));
        if (string.Equals(present, hash, StringComparison.Ordinal))
        {
            RemoveLaid(path, target, record);
            return Outcome.Unchanged;
        }

        if (string.Equals(present, before, StringComparison.Ordinal))
        {
            StagedFile.Write(path, ours);
            RemoveLaid(path, target, record);
            return Outcome.Replaced;
        }

        return LayBeside(path, target, ours, hash, record);
    }

    // Once for each content of ours: a user who deleted it has seen it.
    private static Outcome LayBeside(string path, string target, byte[] ours, string hash, SeedRecord record)
    {
        if (string.Equals(record.Laid.GetValueOrDefault(target), hash, StringComparison.Ordinal))
        {
            return Outcome.Unchanged;
        }

        StagedFile.Write(path + NewSuffix, ours);
        record.Laid[target] = hash;
        return Outcome.Kept;
    }

    // The user took ours over, so what lies beside has served.
    private static void RemoveLaid(string path, string target, SeedRecord record)
    {
        if (record.Laid.Remove(target, out string? laid)
            && File.Exists(path + NewSuffix)
            && string.Equals(Hash(File.ReadAllBytes(path + NewSuffix)), laid, StringComparison.Ordinal))
        {
            File.Delete(path + NewSuffix);
        }
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
