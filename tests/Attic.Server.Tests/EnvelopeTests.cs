using System.Net;

namespace Attic.Server.Tests;

public class EnvelopeTests
{
    [Fact]
    public async Task Unknown_routes_and_methods_are_enveloped()
    {
        await using var server = await TestServer.StartAsync();
        var unknown = await server.GetAsync("engine/nothing");
        Assert.Equal((404, "NOT_FOUND"), (unknown.Status, unknown.Code));
        var method = await server.SendAsync(HttpMethod.Put, "engine/session", "{}");
        Assert.Equal((405, "BAD_REQUEST"), (method.Status, method.Code));
        var delete = await server.SendAsync(HttpMethod.Delete, "engine/status", null);
        Assert.Equal((405, "BAD_REQUEST"), (delete.Status, delete.Code));
    }

    [Fact]
    public async Task A_request_id_is_honoured_if_valid_and_minted_otherwise()
    {
        await using var server = await TestServer.StartAsync();
        var given = await server.SendAsync(HttpMethod.Get, "engine/health", null, request => request.Headers.Add("X-Request-Id", "req_mine.1"));
        Assert.Equal("req_mine.1", (string?)given.Json["request_id"]);
        var invalid = await server.SendAsync(HttpMethod.Get, "engine/health", null, request => request.Headers.Add("X-Request-Id", "mine"));
        Assert.Matches("^req_[0-9A-HJKMNP-TV-Z]{26}$", (string)invalid.Json["request_id"]!);
    }

    [Theory]
    [InlineData("{", "malformed JSON")]
    [InlineData("[]", "array")]
    [InlineData("\"x\"", "string")]
    [InlineData("null", "null")]
    public async Task A_body_that_is_no_object_is_refused(string body, string actual)
    {
        await using var server = await TestServer.StartAsync();
        var reply = await server.PostAsync("engine/session/pause", body);
        Assert.Equal((400, "BAD_REQUEST"), (reply.Status, reply.Code));
        Assert.Equal(("body", actual), ((string?)reply.Details["field"], (string?)reply.Details["actual"]));
    }

    [Fact]
    public async Task Missing_fields_are_all_named_and_wrong_types_told()
    {
        await using var server = await TestServer.StartAsync();
        var missing = await server.PostAsync("engine/session", "{}");
        Assert.Equal(["machine", "profile", "rom_id"], missing.Details["missing_fields"]!.AsArray().Select(field => (string)field!));
        Assert.Equal(("machine", "G-START-02"), ((string?)missing.Details["field"], (string?)missing.Details["guard_id"]));
        var wrong = await server.PostAsync("engine/session", """{"machine":5,"profile":"x","rom_id":"y"}""");
        Assert.Equal(
            ("machine", "string", "number"),
            ((string?)wrong.Details["field"], (string?)wrong.Details["expected"], (string?)wrong.Details["actual"]));
    }

    [Fact]
    public async Task Unknown_fields_are_ignored_and_identifiers_are_repeated()
    {
        await using var server = await TestServer.StartAsync();
        string id = await server.StartSessionAsync(""","colour":"blue","stream_defaults":{"smell":true}""");
        var reply = await server.PostAsync("media/disk/eject", $$"""{"session_id":"{{id}}","drive":"B","nonsense":[1]}""");
        Assert.Equal((id, "B"), ((string?)reply.Data["session_id"], (string?)reply.Data["drive"]));
    }

    [Fact]
    public async Task A_body_of_megabytes_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var reply = await server.PostAsync("engine/session", $$"""{"machine":"{{new string('x', 2 << 20)}}"}""");
        Assert.Equal("BAD_REQUEST", reply.Code);
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("http://127.0.0.1:1", null)]
    [InlineData("null", null)]
    [InlineData(null, "evil.example")]
    public async Task Other_pages_and_hosts_are_kept_out(string? origin, string? host)
    {
        await using var server = await TestServer.StartAsync();
        var reply = await server.SendAsync(HttpMethod.Post, "engine/session", "{}", request =>
        {
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            request.Headers.Host = host;
        });
        Assert.Equal((403, "FORBIDDEN"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task The_own_page_is_let_in_by_either_name()
    {
        await using var server = await TestServer.StartAsync();
        int port = server.Client.BaseAddress!.Port;
        foreach (string name in new[] { "localhost", "127.0.0.1" })
        {
            var reply = await server.SendAsync(HttpMethod.Get, "engine/health", null, request =>
            {
                request.Headers.Add("Origin", $"http://{name}:{port}");
                request.Headers.Host = $"{name}:{port}";
            });
            Assert.Equal(200, reply.Status);
        }
    }

    [Fact]
    public async Task The_page_is_served_uncached_with_its_types()
    {
        await using var server = await TestServer.StartAsync();
        using var page = await server.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        using var module = await server.Client.GetAsync(new Uri("/main.mjs", UriKind.Relative));
        Assert.Equal("text/javascript", module.Content.Headers.ContentType!.MediaType);
        Assert.True(module.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task A_port_that_was_asked_for_and_is_taken_is_told()
    {
        await using var server = await TestServer.StartAsync();
        int port = server.Client.BaseAddress!.Port;
        using var resources = new Attic.Engine.Tests.Toy.ToyResources();
        using var engine = new EngineServices { Resources = resources, Mappings = resources.Mappings };
        var taken = await Assert.ThrowsAsync<PortTakenException>(() => AtticServer.StartAsync(new ServerOptions { Port = port }, engine));
        Assert.Equal(port, taken.Port);
        Assert.Contains("--port", taken.Message, StringComparison.Ordinal);
    }
}
