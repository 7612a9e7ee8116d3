using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Attic.Abi.State;
using Attic.Engine.Tests.Toy;

namespace Attic.Server.Tests;

public class StreamTests
{
    [Fact]
    public async Task Pictures_come_as_pairs_in_order()
    {
        await using var server = await TestServer.StartAsync();
        string id = await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("stream/video?session_id=" + id);
        var hello = await socket.NextAsync("hello");
        Assert.Equal((1, id, "video"), ((int)hello["schema_version"]!, (string)hello["session_id"]!, (string)hello["stream"]!));
        long last = 0;
        long stamp = 0;
        for (int i = 0; i < 5; i++)
        {
            var (meta, pixels) = await NextPairAsync(socket, "video_frame_meta");
            Assert.Equal(("video.metadata.v1", 640, 400, "RGB565"), ((string?)meta["channel"], (int)meta["width"]!, (int)meta["height"]!, (string?)meta["pixel_format"]));
            Assert.Equal((512_000, 512_000), ((int)meta["payload_bytes"]!, pixels.Length));
            Assert.True((long)meta["frame_id"]! > last && (long)meta["timestamp_us"]! >= stamp);
            (last, stamp) = ((long)meta["frame_id"]!, (long)meta["timestamp_us"]!);
        }
    }

    [Fact]
    public async Task Sound_comes_in_chunks_of_1024_frames_without_a_gap()
    {
        await using var server = await TestServer.StartAsync();
        await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("stream/audio");
        var samples = new List<short>();
        long chunk = 0;
        for (int i = 0; i < 12; i++)
        {
            var (meta, bytes) = await NextPairAsync(socket, "audio_chunk_meta");
            Assert.Equal((48_000, 2, "PCM_S16LE", 1024), ((int)meta["sample_rate"]!, (int)meta["channels"]!, (string?)meta["format"], (int)meta["frames"]!));
            Assert.Equal(4096, bytes.Length);
            Assert.Equal(++chunk, (long)meta["chunk_id"]!);
            samples.AddRange(Enumerable.Range(0, 1024).Select(at => BitConverter.ToInt16(bytes, at * 4)));
        }

        // The toy's tone is a square wave of 48 samples: every edge is 24 samples after the one before.
        int[] edges = [.. Enumerable.Range(1, samples.Count - 1).Where(at => samples[at - 1] != samples[at] && samples[at - 1] != 0)];
        Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.Equal(24, pair.Second - pair.First));
    }

    [Fact]
    public async Task Pairs_stay_paired_under_a_slow_reader_and_what_it_lost_is_counted()
    {
        await using var server = await TestServer.StartAsync(unpaced: true);
        string id = await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("stream/video");
        JsonObject pressure;
        do
        {
            // The reader does not read; an unpaced machine soon overruns it.
            pressure = await Backpressure(server, id);
        }
        while (Dropped(pressure) < 20 || pressure["high_watermark_depth"]!.GetValue<int>() < 4);

        await server.PostAsync("engine/session/pause", $$"""{"session_id":"{{id}}"}""");
        long last = 0;
        for (int i = 0; i < 4; i++)
        {
            var (meta, pixels) = await NextPairAsync(socket, "video_frame_meta");
            Assert.Equal((int)meta["payload_bytes"]!, pixels.Length);
            Assert.True((long)meta["frame_id"]! > last);
            last = (long)meta["frame_id"]!;
        }

        Assert.True((await Backpressure(server, id))["high_watermark_depth"]!.GetValue<int>() == 4);
    }

    [Fact]
    public async Task Watching_and_tracing_change_nothing_in_the_machine()
    {
        string alone = await HashAfterStepsAsync(watched: false);
        Assert.Equal(alone, await HashAfterStepsAsync(watched: true));
    }

    [Fact]
    public async Task Controls_are_acknowledged_and_bad_ones_change_nothing()
    {
        await using var server = await TestServer.StartAsync();
        await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("stream/video?pixel_format=RGB888");
        await socket.SendAsync("""{"type":"set_rate_limit","stream":"video","pacing_mode":"fixed_fps","target_fps":0}""");
        var error = await socket.NextAsync("error");
        Assert.Equal("BAD_REQUEST", (string?)error["error"]!["code"]);
        await socket.SendAsync("nonsense");
        Assert.Equal("BAD_REQUEST", (string?)(await socket.NextAsync("error"))["error"]!["code"]);
        await socket.SendAsync("""{"type":"set_rate_limit","stream":"video","pacing_mode":"fixed_fps","target_fps":10,"max_burst_frames":1}""");
        var ack = await socket.NextAsync("ack");
        Assert.Equal(("set_rate_limit", true), ((string?)ack["for"], (bool?)ack["applied"]));
        await socket.SendAsync("""{"type":"pause_stream"}""");
        Assert.Equal("pause_stream", (string?)(await socket.NextAsync("ack"))["for"]);
        await socket.SendAsync("""{"type":"resume_stream"}""");
        Assert.Equal("resume_stream", (string?)(await socket.NextAsync("ack"))["for"]);
        var (meta, pixels) = await NextPairAsync(socket, "video_frame_meta");
        Assert.Equal(("RGB888", 640 * 400 * 3), ((string?)meta["pixel_format"], pixels.Length));
    }

    [Theory]
    [InlineData("stream/video?schema_version=2", "UNSUPPORTED_VERSION", 400)]
    [InlineData("stream/video?mode=dream", "BAD_REQUEST", 400)]
    [InlineData("stream/audio?sample_rate=7", "BAD_REQUEST", 400)]
    [InlineData("stream/video?session_id=ses_none", "ENGINE_NOT_RUNNING", 409)]
    public async Task Bad_queries_are_refused_before_the_upgrade(string path, string code, int status)
    {
        await using var server = await TestServer.StartAsync();
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => server.ConnectAsync(path));
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
        var reply = await server.SendAsync(HttpMethod.Get, path, null, request =>
        {
            request.Headers.Add("Upgrade", "websocket");
            request.Headers.Add("Connection", "Upgrade");
            request.Headers.Add("Sec-WebSocket-Version", "13");
            request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        });
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_stream_asked_for_without_a_socket_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        await server.StartSessionAsync();
        Assert.Equal("BAD_REQUEST", (await server.GetAsync("stream/video")).Code);
    }

    [Fact]
    public async Task The_engine_stream_tells_of_transitions_and_media_in_one_sequence()
    {
        await using var server = await TestServer.StartAsync();
        string id = await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("engine/stream");
        await socket.NextAsync("hello");
        await server.PostAsync("media/disk/attach", $$"""{"session_id":"{{id}}","drive":"A","disk_id":"{{ToyResources.Disk}}"}""");
        await server.PostAsync("engine/session/pause", $$"""{"session_id":"{{id}}"}""");
        var states = new List<string>();
        long sequence = 0;
        while (true)
        {
            var (text, _) = await socket.NextAsync();
            string type = (string)text!["type"]!;
            if (type == "stream_health")
            {
                continue;
            }

            Assert.Equal(++sequence, (long)text["event_seq"]!);
            if (type == "media_disk_state")
            {
                states.Add((string)text["state"]!);
            }

            if (type == "engine_status_update" && (string?)text["status"]!["lifecycle_state"] == "paused")
            {
                Assert.False((bool)text["delivery"]!["degraded"]!);
                break;
            }
        }

        Assert.Equal(["mounted", "active"], states);
    }

    [Fact]
    public async Task Streams_end_with_their_session()
    {
        await using var server = await TestServer.StartAsync();
        string id = await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("engine/stream");
        await socket.NextAsync("hello");
        await server.PostAsync("engine/session/stop", $$"""{"session_id":"{{id}}"}""");
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true)
            {
                await socket.NextAsync();
            }
        });
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Bus_events_pass_the_filter_and_only_after_subscribing()
    {
        await using var server = await TestServer.StartAsync();
        string id = await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("inspect/bus/stream");
        await socket.NextAsync("hello");
        await socket.SendAsync("""{"type":"subscribe","address_ranges":["0x20-0x10"]}""");
        Assert.Equal("BAD_REQUEST", (string?)(await socket.NextAsync("error"))["error"]!["code"]);
        await socket.SendAsync("""{"type":"subscribe","components":["warp_core"]}""");
        Assert.Equal("INSPECT_FILTER_INVALID", (string?)(await socket.NextAsync("error"))["error"]!["code"]);
        await socket.SendAsync("""{"type":"subscribe","level":"info","access_types":["write"],"address_ranges":["0x0000FF00-0x0000FF7F"]}""");
        long sequence = 0;
        long stamp = 0;
        while (sequence < 20)
        {
            var text = (await socket.NextAsync()).Text!;
            if ((string?)text["type"] != "bus_event")
            {
                continue;
            }

            Assert.Equal(++sequence, (long)text["event_seq"]!);
            Assert.InRange(Convert.ToUInt32((string)text["address"]!, 16), 0xFF00u, 0xFF7Fu);
            Assert.Equal(("cpu", "write", 1), ((string?)text["source"], (string?)text["access"], (int)text["size"]!));
            Assert.True((long)text["event_timestamp_us"]! >= stamp);
            stamp = (long)text["event_timestamp_us"]!;
        }

        _ = id;
    }

    [Fact]
    public async Task Register_events_tell_old_and_new()
    {
        await using var server = await TestServer.StartAsync();
        await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("inspect/registers/stream");
        await socket.SendAsync("""{"type":"subscribe","components":["cpu"],"register_prefixes":["P"]}""");
        for (int i = 0; i < 3; i++)
        {
            var text = await socket.NextAsync("register_update");
            Assert.Equal(("cpu", "PC", "hex", 32), ((string?)text["component"], (string?)text["register"], (string?)text["value_encoding"], (int)text["value_bits"]!));
            Assert.NotEqual((string?)text["old_value"], (string?)text["new_value"]);
        }
    }

    [Fact]
    public async Task Translated_input_shows_on_the_input_stream()
    {
        await using var server = await TestServer.StartAsync();
        string id = await server.StartSessionAsync();
        using var socket = await server.ConnectAsync("input/stream?session_id=" + id);
        await socket.SendAsync($$"""{"type":"subscribe","session_id":"{{id}}","browser_session_id":"web_a","include_host_events":true}""");
        await socket.NextAsync("ack");
        await server.PostAsync(
            "input/capture/config",
            $$"""{"session_id":"{{id}}","browser_session_id":"web_a","input_enabled":true,"capture_mode":"click_to_capture","request_action":"click_acquire"}""");
        var policy = await socket.NextAsync("input_policy_changed");
        Assert.Equal(
            ("enabled_idle", "enabled_captured", "click_acquire", "applied"),
            ((string?)policy["prior_state"], (string?)policy["new_state"], (string?)policy["request_action"], (string?)policy["transition_result"]));
        var injected = await server.PostAsync(
            "input/events/inject",
            $$"""{"session_id":"{{id}}","browser_session_id":"web_a","events":[{"event_id":"evt_1","device_id":"keyboard","type":"key_down","code":"KeyA"}]}""");
        Assert.Equal(1, (int)injected.Data["accepted"]!);
        var translated = await socket.NextAsync("input_translated");
        Assert.Equal((1, "evt_1", "atari_st_default_v1"), ((int)translated["event_seq"]!, (string?)translated["host_event_id"], (string?)translated["mapping_profile_id"]));
        Assert.Equal("KeyA", (string?)translated["host_event"]!["code"]);
        Assert.Equal(
            ("ikbd.key", "ST_SC_A", "press"),
            ((string?)translated["virtual_event"]!["target"], (string?)translated["virtual_event"]!["value"], (string?)translated["virtual_event"]!["phase"]));
        Assert.Equal((long)injected.Data["results"]![0]!["tick"]!, (long)translated["tick"]!);
    }

    [Fact]
    public async Task The_owner_lets_go_when_its_last_stream_closes()
    {
        await using var server = await TestServer.StartAsync();
        string id = await server.StartSessionAsync();
        using (var socket = await server.ConnectAsync("input/stream"))
        {
            await socket.SendAsync($$"""{"type":"subscribe","session_id":"{{id}}","browser_session_id":"web_a"}""");
            await socket.NextAsync("ack");
            await Capture(server, id, "web_a");
            Assert.Equal("INPUT_POLICY_SESSION_INVALID", (await Capture(server, id, "web_b")).Code);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        while ((await Capture(server, id, "web_b")).Status != 200)
        {
            // Until the server has seen the connection close.
        }
    }

    private static Task<Reply> Capture(TestServer server, string id, string browser) => server.PostAsync(
        "input/capture/config",
        $$"""{"session_id":"{{id}}","browser_session_id":"{{browser}}","input_enabled":true,"capture_mode":"click_to_capture","request_action":"click_acquire"}""");

    private static async Task<JsonObject> Backpressure(TestServer server, string id) =>
        (await server.GetAsync($"stream/telemetry/backpressure?session_id={id}&stream=video")).Data;

    private static long Dropped(JsonObject health) => (long)health["dropped_events"]!;

    private static async Task<(JsonObject Meta, byte[] Payload)> NextPairAsync(ClientWebSocket socket, string type)
    {
        var meta = await socket.NextAsync(type);
        var (text, binary) = await socket.NextAsync();
        Assert.Null(text);
        return (meta, binary!);
    }

    private static async Task<string> HashAfterStepsAsync(bool watched)
    {
        await using var server = await TestServer.StartAsync(unpaced: true);
        string id = await server.StartSessionAsync();
        await server.PostAsync("debug/clock/mode", $$"""{"session_id":"{{id}}","mode":"single_step"}""");
        await server.PostAsync("engine/session/reset", $$"""{"session_id":"{{id}}","mode":"cold"}""");
        ClientWebSocket[] sockets = watched
            ? [await server.ConnectAsync("stream/video"), await server.ConnectAsync("stream/audio"), await server.ConnectAsync("inspect/bus/stream")]
            : [];
        if (watched)
        {
            await sockets[2].SendAsync("""{"type":"subscribe"}""");
            await sockets[2].NextAsync("ack");
        }

        for (int i = 0; i < 25; i++)
        {
            await server.PostAsync("debug/clock/step", $$"""{"session_id":"{{id}}","steps":1024}""");
        }

        await server.PostAsync("engine/session/pause", $$"""{"session_id":"{{id}}"}""");
        string hash = StateHasher.Hash(server.Machine);
        Array.ForEach(sockets, socket => socket.Dispose());
        return hash;
    }
}
