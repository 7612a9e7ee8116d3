using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Attic.Cli.Output;

/// <summary>The form of everything that <c>--json</c> prints: snake_case, one object, readable text.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Indented = Make(indented: true);
    private static readonly JsonSerializerOptions OneLine = Make(indented: false);

    /// <summary>The object over several lines.</summary>
    public static string Format<T>(T value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>The object on one line.</summary>
    public static string FormatLine<T>(T value) => JsonSerializer.Serialize(value, OneLine);

    private static JsonSerializerOptions Make(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
