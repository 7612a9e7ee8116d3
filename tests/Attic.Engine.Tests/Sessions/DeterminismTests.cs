using Attic.Abi.State;
using Attic.Engine.Debug;
using Attic.Engine.Inspect;
using Attic.Engine.Sessions;
using Attic.Engine.Streams;
using Attic.Engine.Tests.Toy;

namespace Attic.Engine.Tests.Sessions;

public class DeterminismTests
{
    private const int Steps = 1024;

    [Fact]
    public async Task The_same_ticks_give_the_same_state_watched_and_not()
    {
        string alone = await HashAfter(_ => { });
        string watched = await HashAfter(session =>
        {
            session.Streams.Connect(StreamKind.Video, new VideoSettings());
            session.Streams.Connect(StreamKind.Audio, new AudioSettings());
        });
        string traced = await HashAfter(session =>
        {
            session.Streams.Connect(StreamKind.Bus, new AccessFilter());
            session.Streams.Connect(StreamKind.Registers, new RegisterFilter());
        });
        Assert.Equal(alone, watched);
        Assert.Equal(alone, traced);
    }

    [Fact]
    public async Task Stepping_commits_exactly_so_many_ticks()
    {
        await using var engine = new ToyEngine();
        var session = await SingleStepAsync(engine);
        var step = await session.StepAsync(17, StepUnit.Tick, StepCapture.Opcode | StepCapture.RegisterDelta, "step");
        Assert.Equal(17, step.TicksCommitted);
        Assert.Equal(step.TickCounterBefore + 17, step.TickCounterAfter);
        Assert.Equal(step.CycleCounterBefore + (17 * ToyMachine.TickCycles), step.CycleCounterAfter);
        Assert.Equal(34, step.CapturePayloads!.Count);
        Assert.Equal("opcode", (string?)step.CapturePayloads[0]!["kind"]);
        Assert.Equal("0x4E71", (string?)step.CapturePayloads[0]!["opcode_word"]);
        Assert.Equal(2, (int?)step.CapturePayloads[0]!["instruction_size_bytes"]);
        Assert.Equal("PC", (string?)step.CapturePayloads[1]!["changes"]![0]!["register"]);
    }

    [Fact]
    public async Task Modes_change_once_and_count_once()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        var slow = await session.SetModeAsync(RunMode.SlowMotion, 0.5, "mode");
        Assert.True(slow.TransitionApplied);
        Assert.Equal((1, "realtime", "slow_motion", 0.5), (slow.ModeTransitionSeq, slow.FromMode, slow.ToMode, slow.EffectiveRatio));
        var again = await session.SetModeAsync(RunMode.SlowMotion, 0.5, "mode");
        Assert.False(again.TransitionApplied);
        Assert.Equal((1, "already_in_target_mode"), (again.ModeTransitionSeq, again.Reason));
        foreach (var (mode, ratio) in new (RunMode, double?)[] { (RunMode.SlowMotion, null), (RunMode.SlowMotion, 0), (RunMode.SlowMotion, 1.5), (RunMode.Realtime, 1) })
        {
            var refused = await Assert.ThrowsAsync<Errors.EngineException>(() => session.SetModeAsync(mode, ratio, "mode"));
            Assert.Equal(Errors.ErrorCode.DebugClockInvalid, refused.Code);
        }
    }

    [Fact]
    public async Task A_machine_in_slow_motion_makes_the_same_states()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        await session.SetModeAsync(RunMode.SlowMotion, 0.01, "mode");
        await session.ResumeAsync(toRunning: true, "resume");
        await session.PauseAsync("pause");
        var moment = await session.MomentAsync();
        string slow = await session.Ask(() => StateHasher.Hash(engine.Machine));
        var reference = new ToyMachine(new byte[4]);
        reference.RunTicks((int)moment.TickCounter);
        Assert.Equal(StateHasher.Hash(reference), slow);
    }

    internal static async Task<Session> SingleStepAsync(ToyEngine engine)
    {
        var session = await engine.StartPausedAsync();
        await session.SetModeAsync(RunMode.SingleStep, null, "mode");
        await session.ResetAsync(Abi.Chips.ResetKind.Cold, preserveMedia: true, "reset");
        return session;
    }

    private static async Task<string> HashAfter(Action<Session> observe)
    {
        await using var engine = new ToyEngine();
        var session = await SingleStepAsync(engine);
        observe(session);
        for (int i = 0; i < 30; i++)
        {
            await session.StepAsync(Steps, StepUnit.Tick, null, "step");
        }

        return await session.Ask(() => StateHasher.Hash(engine.Machine));
    }
}
