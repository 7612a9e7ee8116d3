using System.Text.Json.Nodes;
using Attic.Media.Cassettes;

namespace Attic.Server.Tests;

/// <summary>An XL's tape recorder and printer over HTTP.</summary>
[Collection(XlServer.Collection)]
public class XlMediaTests
{
    [SkippableFact]
    public async Task A_program_is_saved_on_tape_and_loaded_again()
    {
        await using var server = await XlServer.OpenAsync();
        string tape = await server.UploadAsync("/sdcard/cassettes/work.cas", TapeImage.Blank());
        Assert.StartsWith("tape.", tape, StringComparison.Ordinal);
        await server.StartAsync();
        await server.WaitForTextAsync("READY");
        var attached = await server.DoAsync("media/cassette/attach", $$""","cassette_id":"{{tape}}" """);
        Assert.Equal((0, "play", false), ((int)attached["recorder"]!["length_ms"]!, (string)attached["recorder"]!["key"]!, (bool)attached["recorder"]!["motor"]!));
        await server.DoAsync("media/cassette/control", ""","key":"record" """);
        await server.TypeAsync("10 PRINT 6*7\nCSAVE\n");
        await server.RunOnAsync(60);
        await server.TypeAsync("\n");
        await server.WaitAsync(async () => (bool)(await StatusAsync(server))["motor"]!, "The motor");
        await server.WaitAsync(async () => !(bool)(await StatusAsync(server))["motor"]!, "The tape's end");
        var recorded = await StatusAsync(server);
        Assert.Equal((tape, "record"), ((string)recorded["cassette_id"]!, (string)recorded["key"]!));
        Assert.InRange((int)recorded["length_ms"]!, 19_000, 30_000);
        Assert.True((int)recorded["position_ms"]! >= (int)recorded["length_ms"]!);

        // What was recorded is in the file, and the file is free.
        Assert.Equal(tape, (string)(await server.DoAsync("media/cassette/eject"))["ejected_cassette_id"]!);
        Assert.True(File.ReadAllBytes(Path.Combine(server.Card, "cassettes", "work.cas")).AsSpan().IndexOf("data"u8) > 0);
        await server.DoAsync("media/cassette/attach", $$""","cassette_id":"{{tape}}","write_protect":true""");
        var refused = await server.PostAsync("media/cassette/control", $$"""{"session_id":"{{server.Session}}","key":"record"}""");
        Assert.Equal((409, "CONFLICT"), (refused.Status, refused.Code));
        await server.TypeAsync("NEW\nCLOAD\n");
        await server.RunOnAsync(60);
        await server.TypeAsync("\n");
        await server.WaitAsync(async () => (bool)(await StatusAsync(server))["motor"]!, "The motor");
        await server.WaitAsync(async () => !(bool)(await StatusAsync(server))["motor"]!, "The tape's end");
        await server.TypeAsync("RUN\n");
        await server.WaitForTextAsync("42");
        var wound = await server.DoAsync("media/cassette/control", ""","key":"stop","position_ms":1500""");
        Assert.Equal((1500, "stop"), ((int)wound["position_ms"]!, (string)wound["key"]!));
        Assert.Equal(tape, (string)(await server.GetAsync("engine/status")).Data["media"]!["cassette_id"]!);
    }

    [SkippableFact]
    public async Task A_state_brings_its_tape_back()
    {
        await using var server = await XlServer.OpenAsync();
        string tape = await server.UploadAsync("/sdcard/cassettes/work.cas", [.. TapeImage.Blank(), .. "data\x4\0\x10\x27"u8, 1, 2, 3, 4]);
        await server.StartAsync(more: $$""","cassette_id":"{{tape}}" """);
        await server.DoAsync("media/cassette/control", ""","position_ms":2000""");
        string saved = (string)(await server.DoAsync("engine/state/save"))["snapshot_id"]!;
        await server.DoAsync("media/cassette/eject");
        Assert.Null((await StatusAsync(server))["cassette_id"]);
        await server.DoAsync("engine/state/restore", $$""","snapshot_id":"{{saved}}","resume_mode":"running" """);
        var status = await StatusAsync(server);
        Assert.Equal((tape, 2000), ((string)status["cassette_id"]!, (int)status["position_ms"]!));
    }

    [SkippableFact]
    public async Task What_is_no_tape_is_refused_with_the_offset()
    {
        await using var server = await XlServer.OpenAsync();
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => server.UploadAsync("/sdcard/cassettes/bad.cas", "FUJI\0\0\0\0data\xFF\0\0\0\x1"u8.ToArray()));
        Assert.Contains("UNSUPPORTED_MEDIA_FORMAT", refused.Message, StringComparison.Ordinal);
        Assert.Contains("12", refused.Message, StringComparison.Ordinal);
        await server.StartAsync();
        Assert.Equal("CATALOG_ENTRY_NOT_FOUND", (await server.PostAsync("media/cassette/attach", $$"""{"session_id":"{{server.Session}}","cassette_id":"tape.none"}""")).Code);
        Assert.Equal("CONFLICT", (await server.PostAsync("media/cassette/control", $$"""{"session_id":"{{server.Session}}","key":"play"}""")).Code);
    }

    [SkippableFact]
    public async Task The_printers_text_is_handed_out()
    {
        await using var server = await XlServer.OpenAsync();
        await server.StartAsync();
        await server.WaitForTextAsync("READY");
        await server.TypeAsync("LPRINT \"HELLO\":LPRINT 6*7\n");
        await server.WaitAsync(async () => ((string)(await server.GetAsync("media/printer")).Data["text"]!).Contains("42", StringComparison.Ordinal), "The second line");
        var printed = (await server.GetAsync($"media/printer?session_id={server.Session}")).Data;
        Assert.Equal(("HELLO\n42\n", 9, true), ((string)printed["text"]!, (int)printed["bytes"]!, (bool)printed["on"]!));
        var off = await server.DoAsync("media/printer/control", ""","on":false,"clear":true""");
        Assert.Equal(("", false), ((string)off["text"]!, (bool)off["on"]!));
    }

    private static async Task<JsonObject> StatusAsync(XlServer server) => (await server.GetAsync("media/cassette")).Data;
}
