using Attic.Engine.Errors;
using Attic.Engine.Sessions;

namespace Attic.Engine.Debug;

/// <summary>How a session's time passes (§6).</summary>
public enum RunMode
{
    /// <summary>As on the real machine.</summary>
    Realtime,

    /// <summary>A fraction of that.</summary>
    SlowMotion,

    /// <summary>Only when stepped.</summary>
    SingleStep,
}

/// <summary>The reply of <c>debug/clock/mode</c>.</summary>
public sealed record ModeChange(
    bool TransitionApplied,
    long ModeTransitionSeq,
    string FromMode,
    string ToMode,
    double EffectiveRatio,
    long LastTransitionAtUs,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    string Mode,
    ClockBounds ClockBounds);

/// <summary>What ratios are possible.</summary>
public sealed record ClockBounds(double RatioMinExclusive = 0.0, double RatioMaxInclusive = 1.0, double RealtimeEffectiveRatio = 1.0);

/// <summary>A session's run mode and its history. Machine thread.</summary>
public sealed class DebugClock
{
    /// <summary>The mode.</summary>
    public RunMode Mode { get; private set; }

    /// <summary>Emulated seconds per host second: 1 in real time, 0 in single step.</summary>
    public double Ratio { get; private set; } = 1;

    /// <summary>Applied changes so far.</summary>
    public long TransitionSeq { get; private set; }

    /// <summary>When the last one was, R-clock.</summary>
    public long LastTransitionAtUs { get; private set; } = RuntimeClock.NowUs;

    /// <summary>The last step, or null.</summary>
    public LastStep? LastStep { get; set; }

    /// <summary>The mode's name.</summary>
    public string ModeName => NameOf(Mode);

    /// <summary>The mode of a name.</summary>
    public static RunMode? Parse(string name) => name switch
    {
        "realtime" => RunMode.Realtime,
        "slow_motion" => RunMode.SlowMotion,
        "single_step" => RunMode.SingleStep,
        _ => null,
    };

    /// <summary>Refuses a pair of mode and ratio that makes no sense (CLOCK-BOUND-01, 02; R35).</summary>
    /// <exception cref="EngineException"><c>DEBUG_CLOCK_INVALID</c>.</exception>
    public static void Validate(RunMode mode, double? ratio)
    {
        if (mode == RunMode.SlowMotion && ratio is not (> 0 and <= 1))
        {
            throw Invalid("CLOCK-BOUND-01", "slow_motion needs a ratio above 0 and at most 1.");
        }

        if (mode != RunMode.SlowMotion && ratio is not null)
        {
            throw Invalid("CLOCK-BOUND-02", $"{NameOf(mode)} takes no ratio.");
        }
    }

    /// <summary>Changes the mode, whole or not at all.</summary>
    public ModeChange Change(RunMode mode, double? ratio)
    {
        double target = mode switch { RunMode.Realtime => 1.0, RunMode.SlowMotion => ratio!.Value, _ => 0.0 };
        string from = ModeName;
        bool applied = mode != Mode || target != Ratio;
        if (applied)
        {
            (Mode, Ratio, LastTransitionAtUs) = (mode, target, RuntimeClock.NowUs);
            TransitionSeq++;
        }

        return new(
            applied, TransitionSeq, from, ModeName, Ratio, LastTransitionAtUs,
            applied ? null : "already_in_target_mode", ModeName, new ClockBounds());
    }

    private static string NameOf(RunMode mode) => mode switch
    {
        RunMode.Realtime => "realtime",
        RunMode.SlowMotion => "slow_motion",
        _ => "single_step",
    };

    private static EngineException Invalid(string guard, string message) =>
        new(ErrorCode.DebugClockInvalid, message, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["guard_id"] = guard,
            ["field"] = "ratio",
        });
}

/// <summary>What the last step did.</summary>
public sealed record LastStep(int StepsRequested, int TicksCommitted);
