using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Catalogs;

/// <summary>Reads and writes index files: <c>{"schema_version":1,"entries":[…]}</c>, entries by id.</summary>
internal static class CatalogIndexFile
{
    private const int SchemaVersion = 1;
    private const long Largest = 64 << 20;

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Index(int SchemaVersion, IReadOnlyList<CatalogEntry> Entries);

    /// <summary>Parses an index.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="kind">Whose index it is.</param>
    /// <exception cref="EngineException"><c>CATALOG_SYNC_FAILED</c>: it is no index, has a strange entry or an id twice.</exception>
    public static IReadOnlyList<CatalogEntry> Parse(ReadOnlySpan<byte> json, CatalogKind kind)
    {
        Index index;
        try
        {
            index = JsonSerializer.Deserialize<Index>(json.StartsWith("\uFEFF"u8) ? json[3..] : json, s_options)
                ?? throw Broken(kind, "it is null");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw Broken(kind, malformed.Message, malformed);
        }

        if (index.SchemaVersion != SchemaVersion)
        {
            throw Broken(kind, $"schema_version is {index.SchemaVersion}, not {SchemaVersion}");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in index.Entries)
        {
            if (entry is null || !IsId(entry.Id, kind) || !ids.Add(entry.Id))
            {
                throw Broken(kind, $"'{entry?.Id}' is no id of this catalog, or stands in it twice");
            }
        }

        return [.. index.Entries.OrderBy(entry => entry.Id, StringComparer.Ordinal)];
    }

    /// <summary>Reads a card's index.</summary>
    /// <exception cref="EngineException"><c>CATALOG_NOT_FOUND</c> when it is absent, <c>CATALOG_SYNC_FAILED</c> when it is broken.</exception>
    public static IReadOnlyList<CatalogEntry> Read(CardRoot card, CatalogKind kind)
    {
        string path = card.HostOf(kind.IndexPath);
        try
        {
            return new FileInfo(path).Length <= Largest
                ? Parse(File.ReadAllBytes(path), kind)
                : throw Broken(kind, $"it takes more than {Largest} bytes");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CatalogKind.NotFound(kind.Binding);
        }
    }

    /// <summary>Writes a card's index.</summary>
    /// <exception cref="EngineException"><c>CATALOG_SYNC_FAILED</c>; the old index is untouched.</exception>
    public static void Write(CardRoot card, CatalogKind kind, IReadOnlyList<CatalogEntry> entries)
    {
        try
        {
            StagedFile.Write(card.HostOf(kind.IndexPath), Format(entries));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Broken(kind, $"it can't be written: {refused.Message}", refused);
        }
    }

    /// <summary>An index as UTF-8 JSON.</summary>
    public static byte[] Format(IReadOnlyList<CatalogEntry> entries) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new Index(SchemaVersion, entries), s_options), (byte)'\n'];

    /// <summary>One entry as text, for comparing.</summary>
    public static string FormatEntry(CatalogEntry entry) => JsonSerializer.Serialize(entry, s_options);

    private static bool IsId(string? id, CatalogKind kind) =>
        id is { Length: <= 128 } && id.Length > kind.IdPrefix.Length && id.StartsWith(kind.IdPrefix, StringComparison.Ordinal)
        && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '/' or '\\');

    private static EngineException Broken(CatalogKind kind, string reason, Exception? inner = null) => new(
        ErrorCode.CatalogSyncFailed,
        $"The index {kind.IndexPath} is not usable: {reason}.",
        ErrorDetails.Of(("catalog", kind.Binding), ("path", kind.IndexPath), ("reason", reason)),
        inner: inner);
}
