using System.Text.Json.Nodes;
using Attic.Abi.AtariXl;

namespace Attic.Server.Tests;

/// <summary>A FujiNet at an XL's serial socket over HTTP.</summary>
[Collection(XlServer.Collection)]
public class XlFujiNetTests
{
    [SkippableFact]
    public async Task It_is_plugged_in_from_the_start_and_can_be_pulled_out_and_put_back()
    {
        var made = new List<Guest>();
        await using var server = await XlServer.OpenAsync(() => Add(made));
        await server.StartAsync();
        await server.WaitForTextAsync("READY");
        var status = await StatusAsync(server);
        Assert.Equal((true, true), ((bool)status["available"]!, (bool)status["on"]!));
        Assert.Equal(("D1", "host:/a.atr", true), ((string)status["drives"]![0]!["drive"]!, (string)status["drives"]![0]!["uri"]!, (bool)status["drives"]![0]!["read_only"]!));
        Assert.True(made[0].Asked > 0, "The system asks every device at its start.");

        Assert.False((bool)(await server.DoAsync("media/fujinet/control", ""","on":false"""))["on"]!);
        Assert.True(made[0].IsDisposed);
        Assert.Empty((JsonArray)(await StatusAsync(server))["drives"]!);
        Assert.True((bool)(await server.DoAsync("media/fujinet/control", ""","on":true"""))["on"]!);
        await server.DoAsync("engine/session/reset", ""","mode":"cold" """);
        await server.WaitAsync(() => Task.FromResult(made[1].Asked > 0), "A command for the FujiNet");
        await server.DoAsync("engine/session/stop");
        Assert.True(made[1].IsDisposed);
    }

    [SkippableFact]
    public async Task Without_one_the_engine_says_so()
    {
        await using var server = await XlServer.OpenAsync();
        await server.StartAsync();
        Assert.False((bool)(await StatusAsync(server))["available"]!);
        var refused = await server.PostAsync("media/fujinet/control", $$"""{"session_id":"{{server.Session}}","on":true}""");
        Assert.Equal((409, "CONFLICT"), (refused.Status, refused.Code));
    }

    [SkippableFact]
    public async Task One_that_another_session_has_is_not_plugged_in()
    {
        bool taken = false;
        await using var server = await XlServer.OpenAsync(() => taken ? throw new IOException("another session has it.") : Add([]), sessions: 2);
        await server.StartAsync();
        taken = true;
        await server.StartAsync();
        var status = await StatusAsync(server);
        Assert.Equal((true, false), ((bool)status["available"]!, (bool)status["on"]!));
        var refused = await server.PostAsync("media/fujinet/control", $$"""{"session_id":"{{server.Session}}","on":true}""");
        Assert.Equal((409, "CONFLICT"), (refused.Status, refused.Code));
    }

    private static async Task<JsonObject> StatusAsync(XlServer server) => (await server.GetAsync($"media/fujinet?session_id={server.Session}")).Data;

    private static Guest Add(List<Guest> made)
    {
        var guest = new Guest();
        made.Add(guest);
        return guest;
    }

    private sealed class Guest : ISioGuest
    {
        private int _asked;

        public Guest() => Mailbox = new SioMailbox(_ =>
        {
            Interlocked.Increment(ref _asked);
            return new SioPlan(SioPlanKind.NotMine);
        });

        public SioMailbox Mailbox { get; }

        public IReadOnlyList<SioGuestDrive> Drives => [new("D1", "host:/a.atr", true), new("D2", "", false)];

        public int Asked => Volatile.Read(ref _asked);

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
