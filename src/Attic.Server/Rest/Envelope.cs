using System.Text.Json;
using System.Text.Json.Nodes;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Engine.Streams;

namespace Attic.Server.Rest;

/// <summary>The shape of every reply (§1).</summary>
internal static class Envelope
{
    // R-echo: replies repeat every identifier that the request sent.
    private static readonly string[] s_identifiers =
    [
        "session_id", "browser_session_id", "catalog", "entry_id", "drive", "snapshot_id", "checkpoint_id", "mapping_profile_id",
        "rom_id", "disk_id", "cartridge_id", "component", "module_id", "upload_id", "stream",
    ];

    /// <summary>Writes a success.</summary>
    public static async Task WriteAsync(ApiRequest request, int status, object data)
    {
        var node = data as JsonObject ?? JsonSerializer.SerializeToNode(data, data.GetType(), EngineJson.Options)!.AsObject();
        Echo(request, node);
        await WriteAsync(request.Http, status, new JsonObject
        {
            ["ok"] = true,
            ["request_id"] = request.Id,
            ["timestamp_us"] = RuntimeClock.NowUs,
            ["data"] = node,
        });
    }

    /// <summary>Writes a failure.</summary>
    public static Task WriteAsync(HttpContext http, EngineException failure, int? status = null)
    {
        if (failure.Details.TryGetValue("retry_after_s", out object? seconds))
        {
            http.Response.Headers.RetryAfter = Convert.ToString(seconds, System.Globalization.CultureInfo.InvariantCulture);
        }

        return WriteAsync(http, status ?? failure.Code.HttpStatus, new JsonObject
        {
            ["ok"] = false,
            ["request_id"] = ApiRequest.IdOf(http),
            ["timestamp_us"] = RuntimeClock.NowUs,
            ["error"] = ErrorOf(failure),
        });
    }

    /// <summary>The error block of replies and of stream messages.</summary>
    public static JsonObject ErrorOf(EngineException failure) => new()
    {
        ["code"] = failure.Code.Code,
        ["category"] = failure.Code.Category,
        ["message"] = failure.Message,
        ["retryable"] = failure.Retryable,
        ["details"] = JsonSerializer.SerializeToNode(failure.Details, EngineJson.Options),
    };

    private static void Echo(ApiRequest request, JsonObject data)
    {
        foreach (string name in s_identifiers)
        {
            if (!data.ContainsKey(name) && Sent(request, name) is { } value)
            {
                data[name] = value;
            }
        }
    }

    private static string? Sent(ApiRequest request, string name)
    {
        if (request.Http.Request.RouteValues.TryGetValue(name, out object? routed) && routed is string path)
        {
            return path;
        }

        if (request.Body.Element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String)
        {
            return field.GetString();
        }

        return request.Query.OptionalString(name);
    }

    private static async Task WriteAsync(HttpContext http, int status, JsonObject envelope)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers["X-Request-Id"] = ApiRequest.IdOf(http);
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(envelope, EngineJson.Options), http.RequestAborted);
    }
}
