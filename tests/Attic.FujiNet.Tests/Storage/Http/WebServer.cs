using System.Net;
using System.Net.Http.Headers;

namespace Attic.FujiNet.Tests.Storage.Http;

/// <summary>A web server without a network: one file, with or without parts, and a count of the bytes that it gave.</summary>
internal sealed class WebServer : HttpMessageHandler
{
    public byte[] Content { get; set; } = [];

    public bool HasRanges { get; init; } = true;

    public bool KnowsHead { get; init; } = true;

    public bool LiesAboutRanges { get; init; }

    public string Tag { get; set; } = "\"1\"";

    public long BytesGiven { get; private set; }

    public List<HttpMethod> Methods { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Methods.Add(request.Method);
        return Task.FromResult(Answer(request));
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.RequestUri!.AbsolutePath != "/disk.atr")
        {
            return new(HttpStatusCode.NotFound);
        }

        if (request.Method == HttpMethod.Head && !KnowsHead)
        {
            return new(HttpStatusCode.MethodNotAllowed);
        }

        var range = request.Headers.Range?.Ranges.Single();
        int from = (int)(HasRanges ? range?.From ?? 0 : 0);
        int to = (int)(HasRanges ? range?.To ?? Content.Length - 1 : Content.Length - 1);
        byte[] part = Content[from..(to + 1)];
        var response = new HttpResponseMessage(range is not null && HasRanges ? HttpStatusCode.PartialContent : HttpStatusCode.OK);
        if (request.Method == HttpMethod.Head)
        {
            response.Content = new ByteArrayContent([]);
            response.Content.Headers.ContentLength = Content.Length;
        }
        else
        {
            response.Content = new ByteArrayContent(part);
            BytesGiven += part.Length;
        }

        if (range is not null && HasRanges)
        {
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from + (LiesAboutRanges ? 1 : 0), to + (LiesAboutRanges ? 1 : 0), Content.Length);
        }

        response.Headers.ETag = new EntityTagHeaderValue(Tag);
        if (HasRanges)
        {
            response.Headers.AcceptRanges.Add("bytes");
        }

        return response;
    }
}
