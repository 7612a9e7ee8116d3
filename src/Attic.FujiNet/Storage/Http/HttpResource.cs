using System.Net;

namespace Attic.FujiNet.Storage.Http;

/// <summary>What a server says of a file.</summary>
/// <param name="Length">Bytes; -1 when it does not say.</param>
/// <param name="ModifiedUnix">When it was changed, in seconds since 1970; 0 when it does not say.</param>
/// <param name="HasRanges">Whether parts of it can be had.</param>
/// <param name="Validator">What changes when the file does: its entity tag, else its time, and its length.</param>
internal sealed record HttpResource(long Length, long ModifiedUnix, bool HasRanges, string Validator)
{
    /// <summary>Reads it off a response.</summary>
    /// <returns>Null, and the status, for anything but success.</returns>
    public static ValueTask<(HttpResource? Found, HttpStatusCode Status)> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (!response.IsSuccessStatusCode)
        {
            return new((null, response.StatusCode));
        }

        long length = response.Content.Headers.ContentLength ?? -1;
        long modified = response.Content.Headers.LastModified?.ToUnixTimeSeconds() ?? 0;
        bool ranges = response.Headers.AcceptRanges.Contains("bytes", StringComparer.OrdinalIgnoreCase);
        string validator = $"{response.Headers.ETag?.Tag ?? modified.ToString(System.Globalization.CultureInfo.InvariantCulture)} {length}";
        return new((new HttpResource(length, Math.Max(0, modified), ranges, validator), response.StatusCode));
    }
}
