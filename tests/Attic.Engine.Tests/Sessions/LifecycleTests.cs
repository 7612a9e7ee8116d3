using Attic.Abi.Chips;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Engine.Tests.Toy;

namespace Attic.Engine.Tests.Sessions;

public class LifecycleTests
{
    [Fact]
    public async Task A_session_starts_pauses_resumes_and_stops()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartAsync();
        Assert.Equal(LifecycleState.Running, session.State);
        Assert.Equal("paused", (await session.PauseAsync("p")).State);
        Assert.Equal("paused", (await session.ResumeAsync(toRunning: false, "r")).State);
        Assert.Equal("running", (await session.ResumeAsync(toRunning: true, "r")).State);
        Assert.Equal("stopped", (await session.StopAsync("s")).State);
        Assert.Equal(1, engine.Resources.Released);
    }

    [Fact]
    public async Task A_paused_machine_stands_still_and_a_resumed_one_goes_on()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        var first = await session.MomentAsync();
        Assert.Equal(first.TickCounter, (await session.MomentAsync()).TickCounter);
        await session.ResumeAsync(toRunning: true, "r");
        await session.PauseAsync("p");
        Assert.True((await session.MomentAsync()).TickCounter >= first.TickCounter);
    }

    [Fact]
    public async Task A_refused_transition_names_its_guard_and_changes_nothing()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        var refused = await Assert.ThrowsAsync<EngineException>(() => session.PauseAsync("/api/v2/engine/session/pause"));
        Assert.Equal(ErrorCode.InvalidSessionState, refused.Code);
        Assert.Equal("G-PAUSE-01", refused.Details["guard_id"]);
        Assert.Equal("paused", refused.Details["current_state"]);
        Assert.Equal("/api/v2/engine/session/pause", refused.Details["endpoint"]);
        Assert.Equal(new[] { "running" }, refused.Details["allowed_states"]);
        Assert.Equal(LifecycleState.Paused, session.State);
    }

    [Fact]
    public async Task A_stopped_session_stays_addressable_until_the_next_start()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartAsync();
        await session.StopAsync("s");
        Assert.Same(session, engine.Sessions.FindAny(session.Id));
        Assert.Equal(ErrorCode.InvalidSessionState, (await Assert.ThrowsAsync<EngineException>(() => session.PauseAsync("p"))).Code);
        Assert.Equal(ErrorCode.EngineNotRunning, Assert.Throws<EngineException>(() => engine.Sessions.FindActive(session.Id)).Code);
        Assert.Equal("stopped", (await session.StatusAsync()).LifecycleState);
        Assert.Equal(0, (await session.StatusAsync()).UptimeMs);
        await engine.StartAsync();
        Assert.Equal(ErrorCode.EngineNotRunning, Assert.Throws<EngineException>(() => engine.Sessions.FindAny(session.Id)).Code);
    }

    [Fact]
    public async Task A_second_start_is_refused_until_there_is_a_slot()
    {
        await using var engine = new ToyEngine(slots: 2);
        var first = await engine.StartAsync();
        await engine.StartAsync();
        var refused = await Assert.ThrowsAsync<EngineException>(() => engine.StartAsync());
        Assert.Equal(ErrorCode.EngineAlreadyRunning, refused.Code);
        Assert.Equal("G-START-01", refused.Details["guard_id"]);
        await first.StopAsync("s");
        await engine.StartAsync();
    }

    [Fact]
    public async Task A_start_that_is_refused_leaves_the_engine_as_it_was()
    {
        await using var engine = new ToyEngine();
        var before = await engine.StartAsync();
        await before.StopAsync("s");
        var request = ToyResources.Start() with { RomId = "rom.none" };
        Assert.Equal(ErrorCode.CatalogEntryNotFound, (await Assert.ThrowsAsync<EngineException>(() => engine.Sessions.StartAsync(request, "start"))).Code);
        Assert.Equal(
            ErrorCode.UnsupportedMediaFormat,
            (await Assert.ThrowsAsync<EngineException>(() => engine.Sessions.StartAsync(ToyResources.Start("disk.broken"), "start"))).Code);
        Assert.Same(before, engine.Sessions.FindAny(before.Id));
        await engine.StartAsync();
    }

    [Fact]
    public async Task A_machine_that_throws_faults_its_session_which_can_then_only_be_stopped()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        await session.Ask(() =>
        {
            engine.Machine.Apply(31, Abi.Machines.InputPhase.Press, 0);
            return true;
        });
        await session.ResumeAsync(toRunning: true, "r");
        var refused = await Assert.ThrowsAsync<EngineException>(() => WhenFaulted(session));
        Assert.Equal("faulted", refused.Details["current_state"]);
        var status = await session.StatusAsync();
        Assert.Equal("The toy broke.", status.Runtime.LastError!.Message);
        var reset = await Assert.ThrowsAsync<EngineException>(() => session.ResetAsync(ResetKind.Cold, true, "reset"));
        Assert.Equal("G-COMMON-01", reset.Details["guard_id"]);
        Assert.Equal("stopped", (await session.StopAsync("s")).State);
    }

    [Fact]
    public async Task A_cold_reset_begins_a_new_timeline_and_emulated_time_goes_on()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        var before = await session.MomentAsync();
        await session.ResetAsync(ResetKind.Cold, preserveMedia: true, "reset");
        await session.PauseAsync("p");
        var after = await session.MomentAsync();
        Assert.Equal(before.TimelineEpoch + 1, after.TimelineEpoch);
        Assert.True(after.SnapshotAtUs >= before.SnapshotAtUs);
        Assert.Equal(0, after.TimestampRegressions);
    }

    [Fact]
    public async Task Resetting_without_media_takes_disks_and_cartridge_out()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync(ToyResources.Disk);
        await session.Media.AttachCartridgeAsync(ToyResources.Cartridge, reset: true, "req", "attach");
        await session.ResetAsync(ResetKind.Warm, preserveMedia: false, "reset");
        Assert.Null(engine.Machine.DiskIn(0));
        Assert.Null(engine.Machine.Cartridge);
        Assert.Null(session.Media.DiskIn(0));
    }

    [Fact]
    public async Task Disposing_the_engine_stops_every_session()
    {
        var engine = new ToyEngine(slots: 3);
        var sessions = new[] { await engine.StartAsync(), await engine.StartAsync(), await engine.StartPausedAsync() };
        await engine.DisposeAsync();
        Assert.All(sessions, session => Assert.Equal(LifecycleState.Stopped, session.State));
        Assert.Equal(3, engine.Resources.Released);
    }

    // Asks until the machine's thread has run into its fault: each question is answered between two slices.
    private static async Task WhenFaulted(Session session)
    {
        while (true)
        {
            await session.PauseAsync("pause");
            await session.ResumeAsync(toRunning: true, "resume");
        }
    }
}
