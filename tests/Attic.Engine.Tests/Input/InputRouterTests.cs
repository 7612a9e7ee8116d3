using System.Text.Json;
using Attic.Engine.Errors;
using Attic.Engine.Input;
using Attic.Engine.Sessions;
using Attic.Engine.Tests.Toy;

namespace Attic.Engine.Tests.Input;

public class InputRouterTests
{
    private const uint KeyA = 1 << 2;

    [Fact]
    public async Task Keys_go_down_and_up_in_the_machine()
    {
        await using var engine = new ToyEngine();
        var session = await CapturedAsync(engine);
        var result = await InjectAsync(session, """{"event_id":"1","device_id":"keyboard","type":"key_down","code":"KeyA"}""");
        Assert.Equal((1, "injected"), (result.Accepted, result.Results[0].Status));
        Assert.Equal(KeyA, engine.Machine.State.Keys);
        await InjectAsync(session, """{"event_id":"2","device_id":"keyboard","type":"key_up","code":"KeyA"}""");
        Assert.Equal(0u, engine.Machine.State.Keys);
    }

    [Fact]
    public async Task A_batch_goes_in_at_successive_ticks_while_the_machine_runs()
    {
        await using var engine = new ToyEngine();
        var session = await CapturedAsync(engine);
        await session.ResumeAsync(toRunning: true, "resume");
        var result = await InjectAsync(
            session,
            """{"event_id":"1","device_id":"keyboard","type":"key_down","code":"KeyA"}""",
            """{"event_id":"2","device_id":"mouse","type":"mouse_move","dx":3,"dy":-2}""",
            """{"event_id":"3","device_id":"keyboard","type":"key_up","code":"KeyA"}""");
        long first = result.Results[0].Tick;
        Assert.Equal([first, first + 1, first + 2], result.Results.Select(each => each.Tick));
        Assert.Equal((3, -2), (engine.Machine.State.MouseX, engine.Machine.State.MouseY));
    }

    [Fact]
    public async Task What_is_held_is_let_go_when_the_capture_ends()
    {
        await using var engine = new ToyEngine();
        var session = await CapturedAsync(engine);
        await InjectAsync(session, """{"event_id":"1","device_id":"keyboard","type":"key_down","code":"KeyA"}""");
        await InputOperations.ReleaseAsync(session, "web_a", null);
        Assert.Equal(0u, engine.Machine.State.Keys);
    }

    [Fact]
    public async Task Two_escapes_in_time_end_the_capture_and_still_reach_the_machine()
    {
        await using var engine = new ToyEngine();
        var session = await CapturedAsync(engine);
        const string Down = """{"event_id":"1","device_id":"keyboard","type":"key_down","code":"Escape"}""";
        await InjectAsync(session, Down);
        Assert.Equal(1u << 1, engine.Machine.State.Keys);
        Assert.True((await InputOperations.CaptureStateAsync(session, "web_a")).CaptureActive);
        await InjectAsync(session, Down);
        var state = await InputOperations.CaptureStateAsync(session, "web_a");
        Assert.Equal((false, "escape_sequence"), (state.CaptureActive, state.Policy.Reason));
        var refused = await Assert.ThrowsAsync<EngineException>(() => InjectAsync(session, Down));
        Assert.Equal(ErrorCode.InputCaptureNotActive, refused.Code);
    }

    [Fact]
    public async Task A_tilted_axis_presses_one_direction_and_lets_go_of_the_other()
    {
        await using var engine = new ToyEngine();
        var session = await CapturedAsync(engine);
        foreach (var (value, keys) in new[] { ("0.9", 1u << 5), ("-0.9", 1u << 6), ("0", 0u) })
        {
            await InjectAsync(session, $$"""{"event_id":"1","device_id":"pad0","type":"pad_axis","code":"axis_0","value":{{value}}}""");
            Assert.Equal(keys, engine.Machine.State.Keys);
        }
    }

    [Theory]
    [InlineData("""{"device_id":"keyboard","type":"key_down","code":"KeyA"}""", "event_id")]
    [InlineData("""{"event_id":"7","device_id":"keyboard","type":"key_down"}""", "code")]
    [InlineData("""{"event_id":"7","device_id":"keyboard","type":"key_pressed","code":"KeyA"}""", "type")]
    [InlineData("""{"event_id":"7","device_id":"pad0","type":"pad_axis","code":"axis_0","value":2}""", "value")]
    [InlineData("""{"event_id":"7","device_id":"mouse","type":"mouse_move","dx":"3","dy":1}""", "dx")]
    [InlineData("5", "events[]")]
    public void A_malformed_event_is_refused_with_its_field(string json, string field)
    {
        using var document = JsonDocument.Parse(json);
        var refused = Assert.Throws<EngineException>(() => HostEvent.Read(document.RootElement));
        Assert.Equal((ErrorCode.InputEventInvalid, field), (refused.Code, refused.Details["field"]));
    }

    [Fact]
    public async Task A_patched_mapping_works_at_once_and_its_revision_rises_once()
    {
        await using var engine = new ToyEngine();
        var session = await CapturedAsync(engine);
        var entry = new MappingEntry("", new HostControl("keyboard", "KeyZ"), new VirtualControl("ikbd.key", "ST_SC_A"));
        var (before, after, updated) = await InputOperations.UpdateActiveAsync(session, [entry]);
        Assert.Equal((before.Revision + 1, 1), (after.Revision, updated));
        await InjectAsync(session, """{"event_id":"1","device_id":"keyboard","type":"key_down","code":"KeyZ"}""");
        Assert.Equal(KeyA, engine.Machine.State.Keys);
        var (_, same, none) = await InputOperations.UpdateActiveAsync(session, [entry]);
        Assert.Equal((after.Revision, 0), (same.Revision, none));
    }

    [Fact]
    public void The_shipped_mapping_names_every_key_once_and_parses()
    {
        using var resources = new ToyResources();
        var profile = resources.Mappings.Get("atari_st_default_v1", "atari_st");
        Assert.Equal(profile.Entries.Count, profile.Entries.Select(entry => entry.EntryId).Distinct().Count());
        foreach (string code in new[] { "KeyA", "Digit0", "Enter", "ShiftLeft", "ArrowUp", "Numpad5", "F10", "Space", "IntlBackslash" })
        {
            Assert.Contains(profile.Entries, entry => entry.Host.Code == code);
        }
    }

    private static async Task<Session> CapturedAsync(ToyEngine engine)
    {
        var session = await engine.StartPausedAsync();
        await InputOperations.ConfigureAsync(session, "web_a", enabled: true, InputPolicy.ClickToCapture, null, "click_acquire");
        return session;
    }

    private static Task<InjectResult> InjectAsync(Session session, params string[] events) =>
        InputOperations.InjectAsync(session, "web_a", [.. events.Select(text =>
        {
            using var document = JsonDocument.Parse(text);
            return HostEvent.Read(document.RootElement);
        })]);
}
