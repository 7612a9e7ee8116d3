using Attic.Engine.Errors;
using Attic.Engine.Files;
using Attic.Server.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Attic.Server.Rest;

/// <summary>Uploads (§8).</summary>
internal sealed class FileEndpoints(FileService files)
{
    private const long FormOverhead = 1 << 20;
    private const int LongestField = 4096;

    /// <summary>Adds the endpoint.</summary>
    public void Map(ApiRoutes routes) => routes.PostRaw("files/upload", Scopes.FilesWrite, UploadAsync, RateClass.Files);

    private async Task<object> UploadAsync(ApiRequest request)
    {
        var http = request.Http;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = FileService.LargestUpload + FormOverhead;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        UploadResult? result = null;
        var reader = new MultipartReader(BoundaryOf(http), http.Request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                {
                    continue;
                }

                string name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (string.Equals(name, "file", StringComparison.Ordinal) && result is null)
                {
                    result = await StoreAsync(fields, section.Body, http);
                }
                else
                {
                    fields[name] = await ReadFieldAsync(name, section);
                }
            }
        }
        catch (Exception cutOff) when (cutOff is InvalidDataException or IOException and not FileNotFoundException)
        {
            throw new EngineException(
                ErrorCode.UploadIncomplete, "The upload ended before its end.", ErrorDetails.Of(("received", null)), inner: cutOff);
        }

        return result ?? throw Missing(fields);
    }

    // Fields come before the file, so that nothing has to be kept twice; a file that comes first waits in memory.
    private async Task<UploadResult> StoreAsync(Dictionary<string, string> fields, Stream content, HttpContext http)
    {
        if (!fields.TryGetValue("path", out string? path))
        {
            throw Missing(fields, fileSeen: true);
        }

        return await files.UploadAsync(
            new UploadRequest
            {
                Path = path,
                Sha256 = fields.GetValueOrDefault("sha256"),
                MachineTags = fields.GetValueOrDefault("machine_tags")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Overwrite = ReadBool(fields, "overwrite"),
            },
            content,
            http.RequestAborted);
    }

    private static bool ReadBool(Dictionary<string, string> fields, string name) => fields.GetValueOrDefault(name) switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        { } other => throw JsonFields.WrongField(name, "boolean", other),
    };

    private static async Task<string> ReadFieldAsync(string name, MultipartSection section)
    {
        using var reader = new StreamReader(section.Body);
        char[] buffer = new char[LongestField + 1];
        int length = await reader.ReadBlockAsync(buffer);
        return length <= LongestField
            ? new string(buffer, 0, length)
            : throw JsonFields.WrongField(name, $"at most {LongestField} characters", "longer");
    }

    private static string BoundaryOf(HttpContext http)
    {
        string? boundary = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            && string.Equals(type.MediaType.Value, "multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        return boundary is { Length: > 0 and <= 200 }
            ? boundary
            : throw new EngineException(
                ErrorCode.BadRequest, "An upload is multipart/form-data with the fields path and file.",
                ErrorDetails.Of(
                    ("field", "path"), ("expected", "multipart/form-data"), ("actual", http.Request.ContentType),
                    ("missing_fields", new[] { "path", "file" })));
    }

    private static EngineException Missing(Dictionary<string, string> fields, bool fileSeen = false)
    {
        var missing = new List<string>();
        if (!fields.ContainsKey("path"))
        {
            missing.Add("path");
        }

        if (!fileSeen)
        {
            missing.Add("file");
        }

        string hint = fileSeen ? " The field path must come before file." : "";
        return new(
            ErrorCode.BadRequest, $"Missing: {string.Join(", ", missing)}.{hint}",
            ErrorDetails.Of(("field", missing[0]), ("missing_fields", missing.ToArray())));
    }
}
