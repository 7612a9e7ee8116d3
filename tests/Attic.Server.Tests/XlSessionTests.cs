using System.Net.WebSockets;
using Attic.Abi.Media;
using Attic.Media.Floppies8;

namespace Attic.Server.Tests;

/// <summary>An XL over HTTP, from its start to its debugger.</summary>
[Collection(XlServer.Collection)]
public class XlSessionTests
{
    private const ushort Loop = 0x0600;

    [SkippableTheory]
    [InlineData("xl_800_ntsc", 262, 1_789_772)]
    [InlineData("xl_800_pal", 312, 1_773_447)]
    [InlineData("xe_130_ntsc", 262, 1_789_772)]
    [InlineData("xe_130_pal", 312, 1_773_447)]
    public async Task A_session_starts_takes_a_disk_is_typed_at_shown_and_saved(string profile, int lines, int hertz)
    {
        await using var server = await XlServer.OpenAsync();
        var started = await server.StartAsync(profile);
        Assert.Equal(("running", profile), ((string)started["state"]!, (string)started["profile"]!));
        Assert.InRange((double)started["timing"]!["cpu_hz"]!, hertz - 1.0, hertz + 1.0);
        await server.WaitForTextAsync("READY");

        string disk = await server.UploadAsync("/sdcard/disks/blank.atr", DiskImage8.Blank("blank.atr", AtariDiskShape.Single)!);
        var attached = await server.DoAsync("media/disk/attach", $$""","drive":"D3","disk_id":"{{disk}}","write_protect":true""");
        Assert.True((bool)attached["disk"]!["write_protect"]!);
        await server.TypeAsync("PRINT 6*7\n");
        await server.WaitForTextAsync("42");

        // What the screen shows goes out as a picture too.
        using (var socket = await server.ConnectAsync($"stream/video?session_id={server.Session}&pixel_format=RGB565&borders=0&mode=frame"))
        {
            byte[] picture = await PictureAsync(socket);
            Assert.Equal(640 * 400 * 2, picture.Length);
            Assert.True(Enumerable.Range(0, picture.Length / 2).Select(at => BitConverter.ToUInt16(picture, at * 2)).Distinct().Count() >= 2);
        }

        string saved = (string)(await server.DoAsync("engine/state/save", ""","name":"forty-two" """))["snapshot_id"]!;
        await server.DoAsync("engine/session/reset", ""","mode":"cold","preserve_media":true""");
        await server.WaitAsync(async () => !(await server.ScreenAsync()).Contains("42", StringComparison.Ordinal), "the new start");
        var restored = await server.DoAsync("engine/state/restore", $$""","snapshot_id":"{{saved}}","resume_mode":"running" """);
        Assert.Equal("running", (string)restored["state"]!);
        await server.WaitForTextAsync("42");
        var status = (await server.GetAsync("engine/status")).Data;
        Assert.Equal(disk, (string)status["media"]!["disk_ids"]![2]!);

        // A picture has as many lines as its standard has, of 114 cycles each.
        await server.DoAsync("debug/clock/mode", ""","mode":"single_step" """);
        var step = await server.DoAsync("debug/clock/step", ""","steps":10,"unit":"frame" """);
        long cycles = (long)step["cycle_counter_after"]! - (long)step["cycle_counter_before"]!;
        Assert.InRange(cycles, (10 * lines * 114) - (lines * 114), (10 * lines * 114) + 60);
        await server.DoAsync("engine/session/stop");
    }

    [SkippableFact]
    public async Task Instructions_and_lines_are_stepped_and_told()
    {
        await using var server = await XlServer.OpenAsync();
        await server.StartAsync(more: ""","run_mode":"single_step" """);

        // The reset sequence, then what the ROM does first.
        await server.DoAsync("debug/clock/step", ""","steps":1""");
        var step = await server.DoAsync("debug/clock/step", ""","steps":20,"capture":["opcode","register_delta"]""");
        Assert.Equal((20, 20), ((int)step["steps_requested"]!, (int)step["ticks_committed"]!));
        Assert.Equal(20, (long)step["tick_counter_after"]! - (long)step["tick_counter_before"]!);
        var opcodes = step["capture_payloads"]!.AsArray().Where(each => (string)each!["kind"]! == "opcode").ToList();
        Assert.Equal(20, opcodes.Count);
        for (int index = 1; index < opcodes.Count; index++)
        {
            int pc = (int)opcodes[index - 1]!["pc"]!, size = (int)opcodes[index - 1]!["instruction_size_bytes"]!, next = (int)opcodes[index]!["pc"]!;
            int opcode = Convert.ToInt32((string)opcodes[index - 1]!["opcode_word"]!, 16);
            Assert.True(next == pc + size || IsJump(opcode), $"{pc:X4}: {opcode:X2} of {size} bytes, then {next:X4}");
        }

        var line = await server.DoAsync("debug/clock/step", ""","steps":1,"unit":"scanline" """);
        long before = (long)line["cycle_counter_after"]!;
        line = await server.DoAsync("debug/clock/step", ""","steps":50,"unit":"scanline" """);
        Assert.InRange((long)line["cycle_counter_after"]! - before, (50 * 114) - 8, (50 * 114) + 8);
        Assert.True((int)line["ticks_committed"]! > 50);
        Assert.Equal(400, (await server.PostAsync("debug/clock/step", $$"""{"session_id":"{{server.Session}}","steps":1,"unit":"cycle"}""")).Status);
    }

    [SkippableFact]
    public async Task A_breakpoint_stops_in_front_of_its_instruction_and_the_machine_goes_on_from_there()
    {
        await using var server = await XlServer.OpenAsync();
        await server.StartAsync();
        await server.WaitForTextAsync("READY");

        // $0600: INC $0680; JMP $0600
        await server.TypeAsync("POKE 1536,238:POKE 1537,128:POKE 1538,6:POKE 1539,76:POKE 1540,0:POKE 1541,6\n");
        await server.TypeAsync("X=USR(1536)\n");
        var set = await server.DoAsync("debug/breakpoints", $$""","addresses":[{{Loop}}]""");
        Assert.Equal(Loop, (int)Assert.Single(set["addresses"]!.AsArray())!);
        await StoppedAtAsync(server, Loop);
        await server.DoAsync("debug/breakpoints", $$""","addresses":[{{Loop + 3}},{{Loop}}]""");
        await server.DoAsync("debug/clock/mode", ""","mode":"realtime" """);
        await StoppedAtAsync(server, Loop + 3);

        var step = await server.DoAsync("debug/clock/step", ""","steps":1,"capture":["opcode"]""");
        var jump = Assert.Single(step["capture_payloads"]!.AsArray())!;
        Assert.Equal((Loop + 3, "0x4C", 3), ((int)jump["pc"]!, (string)jump["opcode_word"]!, (int)jump["instruction_size_bytes"]!));
        await server.DoAsync("debug/breakpoints", ""","addresses":[]""");
        await server.DoAsync("debug/clock/mode", ""","mode":"realtime" """);
        await server.RunOnAsync(20);
        Assert.Equal("realtime", (string)(await server.GetAsync("debug/breakpoints")).Data["run_mode"]!);
        Assert.Equal(400, (await server.PostAsync("debug/breakpoints", $$"""{"session_id":"{{server.Session}}","addresses":[65536]}""")).Status);
    }

    [SkippableTheory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task The_same_pictures_give_the_same_state_watched_or_not(bool streamed, bool traced)
    {
        await using var server = await XlServer.OpenAsync();
        Assert.Equal(await HashAsync(server, false, false), await HashAsync(server, streamed, traced));
    }

    [SkippableFact]
    public async Task A_session_may_have_other_memory_drives_and_serial_bus_than_its_profile()
    {
        await using var server = await XlServer.OpenAsync();
        var started = await server.StartAsync(more: ""","options":{"ram_kb":320,"ram_expansion":"compy_shop","power_on_memory":"zero","drives":"1050","sio":"fast","seed":7,"artifacts":true},"run_mode":"single_step" """);
        var options = started["options"]!;
        Assert.Equal((320, "compy_shop", "zero", 7), ((int)options["ram_kb"]!, (string)options["ram_expansion"]!, (string)options["power_on_memory"]!, (int)options["seed"]!));
        Assert.Equal(("1050", "fast", true), ((string)options["drives"]!, (string)options["sio"]!, (bool)options["artifacts"]!));
        await server.DoAsync("engine/session/stop");
        var refused = await server.PostAsync("engine/session", """{"machine":"atari_xl","profile":"xl_800_ntsc","rom_id":"tos.attic-xl","options":{"ram_kb":100}}""");
        Assert.Equal((400, "BAD_REQUEST"), (refused.Status, refused.Code));
    }

    private static async Task<string> HashAsync(XlServer server, bool streamed, bool traced)
    {
        await server.StartAsync(more: ""","run_mode":"single_step" """);
        ClientWebSocket? video = streamed ? await server.ConnectAsync($"stream/video?session_id={server.Session}&pixel_format=RGB565&borders=0&mode=frame") : null;
        ClientWebSocket? bus = null;
        if (traced)
        {
            bus = await server.ConnectAsync("inspect/bus/stream");
            await bus.SendAsync(
                System.Text.Encoding.UTF8.GetBytes($$"""{"type":"subscribe","session_id":"{{server.Session}}","filter":{"access_types":["write"]} }"""),
                WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }

        await server.DoAsync("debug/clock/step", ""","steps":60,"unit":"frame" """);
        string hash = (string)(await server.DoAsync("engine/state/save"))["hash"]!;
        video?.Dispose();
        bus?.Dispose();
        await server.DoAsync("engine/session/stop");
        return hash;
    }

    private static Task StoppedAtAsync(XlServer server, int address) => server.WaitAsync(
        async () =>
        {
            var status = (await server.GetAsync("debug/breakpoints")).Data;
            return (string)status["run_mode"]! == "single_step" && (int?)status["last_hit"]?["address"] == address;
        },
        $"A stop at {address:X4}");

    private static bool IsJump(int opcode) => (opcode & 0x1F) == 0x10 || opcode is 0x20 or 0x4C or 0x6C or 0x60 or 0x40 or 0x00;

    private static async Task<byte[]> PictureAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[1 << 20];
        while (true)
        {
            int length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), CancellationToken.None);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Binary)
            {
                return buffer[..length];
            }
        }
    }
}
