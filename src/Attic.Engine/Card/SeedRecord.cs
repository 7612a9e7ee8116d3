using System.Text.Json;

namespace Attic.Engine.Card;

/// <summary>
/// What earlier starts put onto a card: by path the hash of the content that we shipped, and of the content that was laid
/// beside an edited file. It lies hidden on the card itself, where no path of the API leads.
/// </summary>
internal sealed class SeedRecord
{
    private const string FileName = ".attic-seed.json";
    private const int SchemaVersion = 1;

    private readonly string _path;

    private SeedRecord(string path, Content content)
    {
        _path = path;
        Shipped = new(content.Shipped, StringComparer.Ordinal);
        Laid = new(content.Laid, StringComparer.Ordinal);
    }

    private sealed record Content(int SchemaVersion, SortedDictionary<string, string> Shipped, SortedDictionary<string, string> Laid);

    /// <summary>SHA-256 of what we shipped last, by path.</summary>
    public SortedDictionary<string, string> Shipped { get; }

    /// <summary>SHA-256 of what we laid beside, by path of the edited file.</summary>
    public SortedDictionary<string, string> Laid { get; }

    /// <summary>Reads a card's record. Without one, or with a broken one, every file that differs from ours counts as the user's.</summary>
    public static SeedRecord Read(CardRoot card)
    {
        string path = Path.Combine(card.HostFolder, FileName);
        return new(path, TryRead(path) ?? new(SchemaVersion, [], []));
    }

    /// <summary>Writes the record.</summary>
    public void Write() =>
        StagedFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(new Content(SchemaVersion, Shipped, Laid), s_options));

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private static Content? TryRead(string path)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), s_options);
            return content?.SchemaVersion == SchemaVersion ? content : null;
        }
        catch (Exception unusable) when (unusable is JsonException or FileNotFoundException)
        {
            return null;
        }
    }
}
