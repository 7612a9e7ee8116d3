using System.Net.Http.Headers;
using System.Net.WebSockets;

namespace Attic.Server.Tests;

public class TokenTests
{
    private static readonly TokenClient[] s_clients = [new("rig", "secret", ["inspect:read", "stream:read"])];

    [Fact]
    public async Task A_token_opens_what_its_scopes_name_and_nothing_else()
    {
        await using var server = await TestServer.StartAsync(clients: s_clients);
        Assert.Equal("UNAUTHORIZED", (await server.GetAsync("engine/health")).Code);
        var issued = await server.PostAsync(
            "auth/token", """{"grant_type":"client_credentials","client_id":"rig","client_secret":"secret","scope":"inspect:read"}""");
        Assert.Equal(("Bearer", 3600, "inspect:read"), ((string?)issued.Data["token_type"], (int?)issued.Data["expires_in"], (string?)issued.Data["scope"]));
        string token = (string)issued.Data["access_token"]!;
        Assert.Equal(200, (await Send(server, token, HttpMethod.Get, "engine/health")).Status);
        var forbidden = await Send(server, token, HttpMethod.Post, "engine/session");
        Assert.Equal((403, "FORBIDDEN"), (forbidden.Status, forbidden.Code));
        Assert.Equal(
            ("engine:control", "inspect:read"), ((string?)forbidden.Details["required_scope"], (string?)forbidden.Details["granted_scope"]));
        Assert.Equal(401, (await Send(server, "wrong", HttpMethod.Get, "engine/health")).Status);
    }

    [Theory]
    [InlineData("""{"grant_type":"password","client_id":"rig","client_secret":"secret"}""", 400)]
    [InlineData("""{"grant_type":"client_credentials","client_id":"rig"}""", 400)]
    [InlineData("""{"grant_type":"client_credentials","client_id":"rig","client_secret":"wrong"}""", 401)]
    [InlineData("""{"grant_type":"client_credentials","client_id":"rig","client_secret":"secret","scope":"engine:control"}""", 403)]
    public async Task Bad_requests_for_tokens_are_told_apart(string body, int status)
    {
        await using var server = await TestServer.StartAsync(clients: s_clients);
        Assert.Equal(status, (await server.PostAsync("auth/token", body)).Status);
    }

    [Fact]
    public async Task Without_tokens_there_is_none_to_get()
    {
        await using var server = await TestServer.StartAsync();
        var reply = await server.PostAsync("auth/token", """{"grant_type":"client_credentials","client_id":"rig","client_secret":"secret"}""");
        Assert.Equal((400, "auth_mode_dev_open"), (reply.Status, (string?)reply.Details["reason"]));
    }

    [Fact]
    public async Task A_socket_takes_its_token_from_the_query_and_is_refused_without_one()
    {
        await using var server = await TestServer.StartAsync(clients: [new("all", "s", ["engine:control", "stream:read"])]);
        var issued = await server.PostAsync("auth/token", """{"grant_type":"client_credentials","client_id":"all","client_secret":"s"}""");
        string token = (string)issued.Data["access_token"]!;
        await server.SendAsync(
            HttpMethod.Post, "engine/session", """{"machine":"atari_st","profile":"st_1040_pal","rom_id":"rom.toy"}""",
            request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token));
        await Assert.ThrowsAsync<WebSocketException>(() => server.ConnectAsync("engine/stream"));
        using var socket = await server.ConnectAsync("engine/stream?access_token=" + token);
        Assert.Equal("engine", (string?)(await socket.NextAsync("hello"))["stream"]);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back()
    {
        await using var server = await TestServer.StartAsync(clients: s_clients);
        Reply reply;
        int sent = 0;
        do
        {
            reply = await server.PostAsync("engine/session", "{}");
        }
        while (reply.Status == 401 && ++sent < 5000);
        Assert.Equal((429, "RATE_LIMITED"), (reply.Status, reply.Code));
        Assert.True((bool)reply.Error["retryable"]!);
        Assert.NotNull(reply.Headers.RetryAfter);
    }

    private static Task<Reply> Send(TestServer server, string token, HttpMethod method, string path) =>
        server.SendAsync(method, path, method == HttpMethod.Post ? "{}" : null, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token));
}
