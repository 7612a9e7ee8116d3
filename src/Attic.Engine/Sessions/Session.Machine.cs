using Attic.Abi.Machines;
using Attic.Engine.Debug;
using Attic.Engine.Errors;

namespace Attic.Engine.Sessions;

/// <summary>The reply of <c>debug/clock/step</c> besides what it captured.</summary>
public sealed record StepResult(
    string RunMode,
    int StepsRequested,
    int TicksCommitted,
    long TickCounterBefore,
    long TickCounterAfter,
    long CycleCounterBefore,
    long CycleCounterAfter,
    HookStatistics SchedulerHookStats,
    Arbitration Arbitration,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    System.Text.Json.Nodes.JsonArray? CapturePayloads);

/// <summary>How the tick hooks went: each chip of <c>step_order</c> synchronised once per tick, in order.</summary>
public sealed record HookStatistics(int TicksWithHooks, int HookOrderViolations, int ComponentStepMismatches);

/// <summary>The scheduler's rounds.</summary>
public sealed record Arbitration(uint ArbitrationRound, long SlotsExecuted, string LastBusOwner);

/// <summary>The reply of <c>debug/clock/state</c>.</summary>
public sealed record ClockState(
    string SessionId,
    string Mode,
    double EffectiveRatio,
    long ModeTransitionSeq,
    long LastTransitionAtUs,
    long SchedulerHz,
    long TickCounter,
    long CycleCounter,
    long TimestampOriginUs,
    long TimestampLastEmittedUs,
    long TimestampRegressions,
    LastStep? LastStep);

/// <content>What is done to the machine itself: run modes, steps, another ROM.</content>
public sealed partial class Session
{
    /// <summary>Changes the run mode.</summary>
    /// <exception cref="EngineException"><c>DEBUG_CLOCK_INVALID</c>, <c>INVALID_SESSION_STATE</c>.</exception>
    public Task<ModeChange> SetModeAsync(RunMode mode, double? ratio, string endpoint) =>
        Control(LifecycleGuard.Active.For("clock_mode"), endpoint, () =>
        {
            DebugClock.Validate(mode, ratio);
            var change = _clock.Change(mode, ratio);
            if (change.TransitionApplied)
            {
                Reanchor();
                PublishStatus();
            }

            return change;
        });

    /// <summary>Runs exactly so many ticks, lines or pictures in single step; the lifecycle state stays.</summary>
    /// <param name="steps">1 to 1024.</param>
    /// <param name="unit">What they are counted in.</param>
    /// <param name="capture">What to record; null records nothing and leaves the list out of the reply.</param>
    /// <param name="endpoint">The path asked for.</param>
    /// <exception cref="EngineException">
    /// <c>INVALID_SESSION_STATE</c> in another run mode; <c>DEBUG_STEP_INVALID</c>: the machine's lines are not equally long.
    /// </exception>
    public Task<StepResult> StepAsync(int steps, StepUnit unit, StepCapture? capture, string endpoint) =>
        Control(LifecycleGuard.Active.For("clock_step"), endpoint, () =>
        {
            if (_clock.Mode != RunMode.SingleStep)
            {
                throw new EngineException(
                    ErrorCode.InvalidSessionState, "Steps need the run mode single_step.",
                    ErrorDetails.Of(
                        ("guard_id", "STEP-CTRL-03"), ("endpoint", endpoint), ("current_state", _clock.ModeName),
                        ("allowed_states", new[] { "single_step" }), ("requested_transition", "clock_step")));
            }

            if (unit == StepUnit.Scanline && Host.Machine.LineCycles == 0)
            {
                throw new EngineException(
                    ErrorCode.DebugStepInvalid, "This machine cannot be stepped by lines.",
                    ErrorDetails.Of(("guard_id", "STEP-CTRL-01"), ("field", "unit"), ("actual", "scanline")));
            }

            return Step(steps, unit, capture);
        });

    /// <summary>The run mode and its history.</summary>
    public Task<ClockState> ClockStateAsync() => Ask(() =>
    {
        var moment = Moment();
        return new ClockState(
            Id, _clock.ModeName, _clock.Ratio, _clock.TransitionSeq, _clock.LastTransitionAtUs, _plan.TickHz, moment.TickCounter,
            moment.CycleCounter, moment.TimestampOriginUs, moment.TimestampLastEmittedUs, moment.TimestampRegressions, _clock.LastStep);
    });

    /// <summary>Builds the machine anew with another operating system; media and input stay.</summary>
    /// <returns>The new machine's generation.</returns>
    internal async Task<int> RebuildAsync(ReadOnlyMemory<byte> rom, ResolvedMedium medium, string endpoint, LifecycleGuard? guard = null)
    {
        var instance = _plan.Build(rom, ModuleOverrides);
        IDisposable? old = null;
        try
        {
            int generation = await Control(guard ?? LifecycleGuard.Active.For("media"), endpoint, () =>
            {
                Input.ReleaseAll("rom_attach");
                Media.CheckFits(instance.Machine);
                Media.MoveTo(Host.Machine, instance.Machine);
                Media.RomIs(medium);
                (Host.Machine as IDisposable)?.Dispose();
                old = _owner;
                Adopt(instance, newTimeline: true);
                Reanchor();
                return Host.Generation;
            });
            old?.Dispose();
            return generation;
        }
        catch
        {
            instance.Owner.Dispose();
            throw;
        }
    }

    /// <summary>Lets the machine take one tick between two injected events, if it runs. Machine thread.</summary>
    internal void TickForInput()
    {
        if (_state != LifecycleState.Running || _clock.Mode == RunMode.SingleStep)
        {
            return;
        }

        try
        {
            Host.RunTicks(1, muted: _clock.Mode != RunMode.Realtime);
        }
        catch (Exception failure)
        {
            Fault(failure);
            throw;
        }
    }

    private static void StepOnce(MachineHost host, StepRecorder recorder, StepUnit unit)
    {
        long start = PlaceIn(host, unit);
        do
        {
            recorder.Step();
            host.Publish(muted: true);
        }
        while (unit != StepUnit.Tick && PlaceIn(host, unit) == start);
    }

    private static long PlaceIn(MachineHost host, StepUnit unit) => unit switch
    {
        StepUnit.Scanline => host.Cycle / host.Machine.LineCycles,
        StepUnit.Frame => host.Machine.FrameNumber,
        _ => host.Tick,
    };

    private StepResult Step(int steps, StepUnit unit, StepCapture? capture)
    {
        var host = Host;
        var (tick, cycle) = (host.Tick, host.Cycle);
        var recorder = new StepRecorder(host, capture ?? StepCapture.None);
        try
        {
            host.Traced(recorder, () =>
            {
                for (int i = 0; i < steps; i++)
                {
                    StepOnce(host, recorder, unit);
                }
            });
        }
        catch (Exception failure)
        {
            Fault(failure);
            throw;
        }

        int committed = (int)(host.Tick - tick);
        _clock.LastStep = new(steps, committed);
        return new(
            _clock.ModeName, steps, committed, tick, host.Tick, cycle, host.Cycle,
            new HookStatistics(committed, 0, 0),
            new Arbitration((uint)host.Tick, (long)committed * _plan.StepOrder.Count, "cpu"),
            capture is null ? null : recorder.Payloads);
    }
}
