using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Attic.Abi.AtariXl;
using Attic.Engine.Card;
using Attic.Engine.Machines;

namespace Attic.Server.Tests;

/// <summary>A real server with the shipped card and modules in a temporary folder; machines run as fast as they can.</summary>
internal sealed class XlServer : IAsyncDisposable
{
    /// <summary>Tests with machines at full speed run one at a time, so that others find the host's processors free.</summary>
    public const string Collection = "xl server";

    // Only bounds how long a machine that went wrong holds up the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;
    private readonly AtticServer _server;
    private readonly HttpClient _client;

    private XlServer(DirectoryInfo folder, AtticServer server)
    {
        (_folder, _server) = (folder, server);
        _client = new HttpClient { BaseAddress = server.Url };
    }

    /// <summary>The session that <see cref="StartAsync(string, string)"/> started.</summary>
    public string Session { get; private set; } = "";

    /// <summary>The card's folder.</summary>
    public string Card => Path.Combine(_folder.FullName, "card");

    /// <summary>Starts a server; skips the test where the modules are not packed.</summary>
    /// <param name="fujiNet">Makes the FujiNet of a session; null for none.</param>
    /// <param name="sessions">Sessions at a time.</param>
    public static async Task<XlServer> OpenAsync(Func<ISioGuest>? fujiNet = null, int sessions = 1)
    {
        var shipped = ShippedCard.Locate();
        Skip.IfNot(Directory.Exists(shipped.Content[1].Host), "The modules are not packed. To run this test: dotnet build src/Attic.Pack -c Release");
        var folder = Directory.CreateTempSubdirectory("attic-xl-server-");
        var card = EngineCard.Open(new AtticHome(Path.Combine(folder.FullName, "home"), Path.Combine(folder.FullName, "card")), shipped);
        return new(folder, await AtticServer.StartAsync(new ServerOptions { Port = 0, FujiNet = fujiNet, Sessions = sessions }, EngineServices.Over(card) with { Unpaced = true }));
    }

    /// <summary>Starts an XL with our system.</summary>
    /// <param name="profile">Its profile.</param>
    /// <param name="more">Further fields, as JSON with a comma before it.</param>
    public async Task<JsonObject> StartAsync(string profile = "xl_800_ntsc", string more = "")
    {
        var reply = await PostAsync("engine/session", $$"""{"machine":"atari_xl","profile":"{{profile}}","rom_id":"tos.attic-xl"{{more}}}""");
        Assert.True(reply.Status == 200, reply.Json.ToString());
        Session = (string)reply.Data["session_id"]!;
        return reply.Data;
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>Posts something about the session.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="more">Further fields, as JSON with a comma before it.</param>
    public async Task<JsonObject> DoAsync(string path, string more = "")
    {
        var reply = await PostAsync(path, $$"""{"session_id":"{{Session}}"{{more}}}""");
        Assert.True(reply.Status == 200, $"{path}: {reply.Json}");
        return reply.Data;
    }

    /// <summary>Puts a file onto the card.</summary>
    /// <returns>Its catalog id.</returns>
    public async Task<string> UploadAsync(string path, byte[] content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(path), "path" },
            { new ByteArrayContent(content), "file", Path.GetFileName(path) },
        };
        using var response = await _client.PostAsync(new Uri("/api/v2/files/upload", UriKind.Relative), form);
        var reply = await Reply.ReadAsync(response);
        Assert.True(reply.Status == 200, reply.Json.ToString());
        return (string)reply.Data["catalog_entry_id"]!;
    }

    /// <summary>The text on the screen.</summary>
    public async Task<string> ScreenAsync() => (string)(await GetAsync("engine/screen")).Data["text"]!;

    /// <summary>Waits until the screen shows a text.</summary>
    public Task WaitForTextAsync(string text) => WaitAsync(async () => (await ScreenAsync()).Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits until something holds.</summary>
    public async Task WaitAsync(Func<Task<bool>> holds, string what)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < deadline, $"{what} did not come. The screen:\n{await ScreenAsync()}");
            await Task.Delay(10);
        }
    }

    /// <summary>Types on the machine's keyboard, picture by picture; a newline is RETURN. The machine runs afterwards.</summary>
    public async Task TypeAsync(string text)
    {
        await DoAsync("input/capture/config", ""","browser_session_id":"web_test","input_enabled":true,"capture_mode":"click_to_capture","request_action":"click_acquire" """);
        await DoAsync("debug/clock/mode", ""","mode":"single_step" """);
        foreach (char character in text)
        {
            string[] keys = character is '"' or '(' or ')' or '*' or '+' or ':' ? ["ShiftLeft", CodeOf(character)] : [CodeOf(character)];
            await KeysAsync("key_down", keys);
            await DoAsync("debug/clock/step", ""","steps":3,"unit":"frame" """);
            await KeysAsync("key_up", keys);
            await DoAsync("debug/clock/step", ""","steps":6,"unit":"frame" """);
        }

        await DoAsync("debug/clock/mode", ""","mode":"realtime" """);
    }

    /// <summary>Waits until the machine has made so many pictures more.</summary>
    public async Task RunOnAsync(int frames)
    {
        long from = await FrameAsync();
        await WaitAsync(async () => await FrameAsync() >= from + frames, $"{frames} pictures");
    }

    public async Task<ClientWebSocket> ConnectAsync(string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(_server.Url.ToString().Replace("http:", "ws:", StringComparison.Ordinal) + "api/v2/" + path), CancellationToken.None);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<long> FrameAsync() => (long)(await GetAsync("engine/screen")).Data["frame_number"]!;

    private Task KeysAsync(string type, string[] codes)
    {
        var events = codes.Select(code => $$"""{"event_id":"{{Guid.NewGuid():N}}","device_id":"keyboard","type":"{{type}}","code":"{{code}}"{{(codes.Length > 1 ? ",\"modifiers\":[\"shift\"]" : "")}}}""");
        return DoAsync("input/events/inject", $$""","browser_session_id":"web_test","events":[{{string.Join(',', events)}}]""");
    }

    private static string CodeOf(char character) => character switch
    {
        >= 'A' and <= 'Z' => "Key" + character,
        >= '0' and <= '9' => "Digit" + character,
        '\n' => "Enter",
        ' ' => "Space",
        '"' => "Quote",
        ':' => "Semicolon",
        '.' => "Period",
        ',' => "Comma",
        '*' => "Digit8",
        '(' => "Digit9",
        ')' => "Digit0",
        '+' or '=' => "Equal",
        _ => throw new ArgumentException($"The test cannot type '{character}'.", nameof(character)),
    };

    private async Task<Reply> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, "/api/v2/" + path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await _client.SendAsync(request);
        return await Reply.ReadAsync(response);
    }
}

/// <summary>Tests with machines at full speed.</summary>
[CollectionDefinition(XlServer.Collection, DisableParallelization = true)]
public sealed class XlServerCollection;
