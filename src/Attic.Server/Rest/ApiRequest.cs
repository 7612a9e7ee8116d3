using System.Text.Json;
using System.Text.RegularExpressions;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;

namespace Attic.Server.Rest;

/// <summary>One request as an endpoint sees it.</summary>
internal sealed partial class ApiRequest
{
    private const int LargestBody = 1 << 20;
    private const int LongestRequestId = 128;
    private static readonly JsonElement s_empty = JsonDocument.Parse("{}").RootElement.Clone();

    private JsonFields? _body;

    public ApiRequest(HttpContext http)
    {
        Http = http;
        Query = new QueryFields(http.Request.Query);
        Id = IdOf(http);
    }

    /// <summary>The HTTP exchange.</summary>
    public HttpContext Http { get; }

    /// <summary>The request's id: the client's where it is valid, else ours (R1).</summary>
    public string Id { get; }

    /// <summary>The path without the method, as lifecycle refusals name it.</summary>
    public string Endpoint => Http.Request.Path.Value ?? "";

    /// <summary>The query.</summary>
    public QueryFields Query { get; }

    /// <summary>The body's fields once read; empty before.</summary>
    public JsonFields Body => _body ?? new JsonFields(s_empty);

    /// <summary>A value of the path.</summary>
    public string Path(string name) => (string?)Http.Request.RouteValues[name] ?? "";

    /// <summary>The id of a request: one per exchange.</summary>
    public static string IdOf(HttpContext http)
    {
        if (http.Items.TryGetValue(nameof(ApiRequest), out object? known) && known is string id)
        {
            return id;
        }

        string? given = http.Request.Headers["X-Request-Id"];
        string chosen = given is { Length: <= LongestRequestId } && RequestIdPattern().IsMatch(given) ? given : Identifiers.New("req_");
        http.Items[nameof(ApiRequest)] = chosen;
        return chosen;
    }

    /// <summary>Reads a JSON object; an empty body counts as an empty object.</summary>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c> when it is something else.</exception>
    public async Task<JsonFields> ReadBodyAsync()
    {
        using var bytes = new MemoryStream();
        await CopyBodyAsync(bytes);
        return _body = new JsonFields(bytes.Length == 0 ? s_empty : Parse(bytes));
    }

    private async Task CopyBodyAsync(MemoryStream into)
    {
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await Http.Request.Body.ReadAsync(buffer, Http.RequestAborted)) > 0)
        {
            if (into.Length + read > LargestBody)
            {
                throw JsonFields.WrongField("body", $"at most {LargestBody} bytes", "larger");
            }

            into.Write(buffer, 0, read);
        }
    }

    private static JsonElement Parse(MemoryStream bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw JsonFields.WrongField("body", "JSON object", document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw new EngineException(
                ErrorCode.BadRequest, $"The body is not JSON: {malformed.Message}",
                ErrorDetails.Of(("field", "body"), ("expected", "JSON object"), ("actual", "malformed JSON")), inner: malformed);
        }
    }

    [GeneratedRegex("^req_[A-Za-z0-9._:-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex RequestIdPattern();
}
