using Attic.Engine.Errors;

namespace Attic.Engine.Sessions;

/// <summary>One row of §4's guards: an action, the states it may start from, and the id that a refusal carries.</summary>
/// <param name="Id">The guard's id, <c>G-PAUSE-01</c>; null where the contract names none.</param>
/// <param name="Transition">What the caller asked for, as <c>details.requested_transition</c> says it.</param>
/// <param name="Allowed">The states that it may start from.</param>
public sealed record LifecycleGuard(string? Id, string Transition, IReadOnlyList<LifecycleState> Allowed)
{
    /// <summary>The guard of every control while a session is starting or stopping.</summary>
    public const string TransitionalId = "G-COMMON-01";

    /// <summary>Pause.</summary>
    public static readonly LifecycleGuard Pause = new("G-PAUSE-01", "pause", [LifecycleState.Running]);

    /// <summary>Resume; from suspended it continues from memory (R20).</summary>
    public static readonly LifecycleGuard Resume = new("G-RESUME-01", "resume", [LifecycleState.Paused, LifecycleState.Suspended]);

    /// <summary>Reset.</summary>
    public static readonly LifecycleGuard Reset = new("G-RESET-01", "reset", [LifecycleState.Running, LifecycleState.Paused]);

    /// <summary>Stop.</summary>
    public static readonly LifecycleGuard Stop = new(
        "G-STOP-01", "stop", [LifecycleState.Running, LifecycleState.Paused, LifecycleState.Suspended, LifecycleState.Faulted]);

    /// <summary>Suspend with a save.</summary>
    public static readonly LifecycleGuard Suspend = new("G-SUSPEND-01", "suspend_save", [LifecycleState.Running]);

    /// <summary>Restore and resume.</summary>
    public static readonly LifecycleGuard RestoreResume = new("G-RESTORE-01", "restore_resume", [LifecycleState.Suspended]);

    /// <summary>Whatever needs a machine that runs or is paused: media, clock, modules.</summary>
    public static readonly LifecycleGuard Active = new(null, "control", [LifecycleState.Running, LifecycleState.Paused]);

    /// <summary>Saves, restores and checkpoints.</summary>
    public static readonly LifecycleGuard State = new(
        null, "state", [LifecycleState.Running, LifecycleState.Paused, LifecycleState.Suspended]);

    /// <summary>Refuses what <paramref name="state"/> does not allow.</summary>
    /// <param name="state">The session's present state.</param>
    /// <param name="endpoint">The path asked for, for <c>details.endpoint</c>.</param>
    /// <exception cref="EngineException"><c>INVALID_SESSION_STATE</c>, or <c>ENGINE_NOT_SUSPENDED</c> for restore-resume.</exception>
    public void Check(LifecycleState state, string endpoint)
    {
        RefuseTransitional(state, endpoint, Transition, Allowed);
        if (Allowed.Contains(state))
        {
            return;
        }

        // Reset out of faulted is named by the contract under the common guard.
        string? id = state == LifecycleState.Faulted && ReferenceEquals(this, Reset) ? TransitionalId : Id;
        var code = ReferenceEquals(this, RestoreResume) ? ErrorCode.EngineNotSuspended : ErrorCode.InvalidSessionState;
        throw Refusal(code, id, state, endpoint, Transition, Allowed);
    }

    /// <summary>Refuses any control while the session is starting or stopping.</summary>
    /// <exception cref="EngineException"><c>INVALID_SESSION_STATE</c> with <c>G-COMMON-01</c>.</exception>
    public static void RefuseTransitional(
        LifecycleState state, string endpoint, string transition, IReadOnlyList<LifecycleState> allowed)
    {
        if (state is LifecycleState.Starting or LifecycleState.Stopping)
        {
            throw Refusal(ErrorCode.InvalidSessionState, TransitionalId, state, endpoint, transition, allowed);
        }
    }

    /// <summary>The same guard under the name of what is asked for.</summary>
    public LifecycleGuard For(string transition) => this with { Transition = transition };

    private static EngineException Refusal(
        ErrorCode code, string? guard, LifecycleState state, string endpoint, string transition, IReadOnlyList<LifecycleState> allowed) =>
        new(code, $"The session is {state.ApiName()}; {transition} needs {string.Join(" or ", allowed.Select(ApiNames.ApiName))}.",
            Details(guard, state, endpoint, transition, allowed));

    private static Dictionary<string, object?> Details(
        string? guard, LifecycleState state, string endpoint, string transition, IReadOnlyList<LifecycleState> allowed)
    {
        var details = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["endpoint"] = endpoint,
            ["current_state"] = state.ApiName(),
            ["allowed_states"] = allowed.Select(ApiNames.ApiName).ToArray(),
            ["requested_transition"] = transition,
        };
        if (guard is not null)
        {
            details["guard_id"] = guard;
        }

        return details;
    }
}
