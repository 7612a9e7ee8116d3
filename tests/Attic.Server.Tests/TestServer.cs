using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Attic.Engine.Card;
using Attic.Engine.Machines;
using Attic.Engine.Tests.Toy;

namespace Attic.Server.Tests;

/// <summary>A real server on a port of the system's choice, with toy machines and a real card in a temporary folder.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly ToyResources _resources = new();
    private readonly AtticServer _server;

    private TestServer(AtticServer server, ToyResources resources)
    {
        (_server, _resources) = (server, resources);
        Client = new HttpClient { BaseAddress = server.Url };
    }

    public HttpClient Client { get; }

    public ToyMachine Machine => _resources.Built[^1];

    public AtticServer Server => _server;

    public string CardFolder => Path.Combine(_resources.Folder, "card");

    public static async Task<TestServer> StartAsync(int sessions = 1, bool unpaced = false, IReadOnlyList<TokenClient>? clients = null)
    {
        var resources = new ToyResources();
        var home = new AtticHome(Path.Combine(resources.Folder, "home"), Path.Combine(resources.Folder, "card"));
        var shipped = new ShippedCard([new(Path.Combine(ToyResources.SourceTree(), "sdcard"), "", "*", Deep: true)], Path.Combine(resources.Folder, "trust"));
        var engine = new EngineServices
        {
            Resources = resources,
            Mappings = resources.Mappings,
            Card = EngineCard.Open(home, shipped),
            Unpaced = unpaced,
        };
        string page = Path.Combine(resources.Folder, "www");
        Directory.CreateDirectory(page);
        File.WriteAllText(Path.Combine(page, "index.html"), "<p>page");
        File.WriteAllText(Path.Combine(page, "main.mjs"), "export {}");
        var options = new ServerOptions { Port = 0, Sessions = sessions, TokenClients = clients, WebRoot = page };
        return new(await AtticServer.StartAsync(options, engine), resources);
    }

    public async Task<Reply> GetAsync(string path) => await SendAsync(HttpMethod.Get, path, null);

    public async Task<Reply> PostAsync(string path, string body) => await SendAsync(HttpMethod.Post, path, body);

    public async Task<Reply> SendAsync(HttpMethod method, string path, string? body, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v2/" + path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        prepare?.Invoke(request);
        using var response = await Client.SendAsync(request);
        return await Reply.ReadAsync(response);
    }

    public async Task<string> StartSessionAsync(string more = "")
    {
        var reply = await PostAsync("engine/session", $$"""{"machine":"atari_st","profile":"st_1040_pal","rom_id":"{{ToyResources.Rom}}"{{more}}}""");
        Assert.Equal(200, reply.Status);
        return (string)reply.Data["session_id"]!;
    }

    public async Task<ClientWebSocket> ConnectAsync(string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(Client.BaseAddress!.ToString().Replace("http:", "ws:", StringComparison.Ordinal) + "api/v2/" + path), CancellationToken.None);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _resources.Dispose();
    }
}

/// <summary>A reply, its envelope checked.</summary>
internal sealed record Reply(int Status, JsonObject Json, HttpResponseHeaders Headers)
{
    public JsonObject Data => Json["data"]?.AsObject() ?? throw new InvalidOperationException($"No data: {Json}");

    public JsonObject Error => Json["error"]?.AsObject() ?? throw new InvalidOperationException($"No error: {Json}");

    public string? Code => (string?)Json["error"]?["code"];

    public JsonObject Details => Error["details"]!.AsObject();

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        var json = JsonNode.Parse(text)!.AsObject();
        bool ok = (bool)json["ok"]!;
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Matches("^req_[A-Za-z0-9._:-]+$", (string)json["request_id"]!);
        Assert.True((long)json["timestamp_us"]! > 1_600_000_000_000_000);
        Assert.Equal(ok ? ["ok", "request_id", "timestamp_us", "data"] : ["ok", "request_id", "timestamp_us", "error"], json.Select(field => field.Key));
        if (!ok)
        {
            Assert.Equal(["code", "category", "message", "retryable", "details"], json["error"]!.AsObject().Select(field => field.Key));
        }

        return new((int)response.StatusCode, json, response.Headers);
    }
}
