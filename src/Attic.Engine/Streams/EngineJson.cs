using System.Text.Encodings.Web;
using System.Text.Json;

namespace Attic.Engine.Streams;

/// <summary>How the engine's records become the contract's JSON: snake case, nulls kept.</summary>
public static class EngineJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A value as UTF-8 JSON.</summary>
    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);
}
