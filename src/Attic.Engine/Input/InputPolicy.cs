using Attic.Engine.Errors;
using Attic.Engine.Sessions;

namespace Attic.Engine.Input;

/// <summary>The policy block of replies (§13).</summary>
/// <param name="State">disabled, enabled_idle or enabled_captured.</param>
/// <param name="Source">user_request, system_guard or lifecycle_transition.</param>
/// <param name="Reason">Why it is so.</param>
/// <param name="ChangedAtUs">Since when, R-clock.</param>
public sealed record PolicyBlock(string State, string Source, string Reason, long ChangedAtUs);

/// <summary>What a policy request led to.</summary>
/// <param name="Applied">False for a no_op.</param>
/// <param name="Before">The state before.</param>
/// <param name="Reason">The reason of the contract's table.</param>
public sealed record PolicyOutcome(bool Applied, string Before, string Reason)
{
    /// <summary><c>applied</c> or <c>no_op</c>.</summary>
    public string Result => Applied ? "applied" : "no_op";
}

/// <summary>
/// Whether a session takes input, and whose (§13): disabled, enabled_idle, enabled_captured, with one owner among the
/// browser sessions (R65). Machine thread; knows nothing of keys.
/// </summary>
public sealed class InputPolicy
{
    /// <summary>No input.</summary>
    public const string Disabled = "disabled";

    /// <summary>Input is possible, nobody has captured it.</summary>
    public const string Idle = "enabled_idle";

    /// <summary>The owner's events go to the machine.</summary>
    public const string Captured = "enabled_captured";

    /// <summary>Capture follows the pointer.</summary>
    public const string MouseOver = "mouse_over";

    /// <summary>Capture begins with a click and ends with the escape sequence.</summary>
    public const string ClickToCapture = "click_to_capture";

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _sessionId;

    /// <summary>The policy of a session.</summary>
    public InputPolicy(string sessionId)
    {
        _sessionId = sessionId;
        Block = new(Disabled, "lifecycle_transition", "session_start", RuntimeClock.NowUs);
    }

    /// <summary>The state with its source and reason.</summary>
    public PolicyBlock Block { get; private set; }

    /// <summary><c>mouse_over</c> or <c>click_to_capture</c>.</summary>
    public string CaptureMode { get; private set; } = ClickToCapture;

    /// <summary>The keys that let go.</summary>
    public EscapeRelease Escape { get; set; } = new();

    /// <summary>The browser session that owns input, or null.</summary>
    public string? Owner { get; private set; }

    /// <summary>Whether input is possible.</summary>
    public bool Enabled => !Is(Disabled);

    /// <summary>Whether the owner's events go to the machine.</summary>
    public bool CaptureActive => Is(Captured);

    /// <summary>Takes the values of a session's start.</summary>
    public void Begin(InputDefaults defaults)
    {
        (CaptureMode, Escape) = (defaults.CaptureMode, defaults.EscapeRelease);
        Enter(defaults.InputEnabled ? Idle : Disabled, "lifecycle_transition", "session_start");
    }

    /// <summary>Lets a browser session in: known, and not shut out by another's ownership (R65).</summary>
    /// <param name="browser">Its id.</param>
    /// <param name="action">What it wants, for the error.</param>
    /// <param name="onlyLooking">Whether it changes nothing.</param>
    /// <exception cref="EngineException"><c>INPUT_POLICY_SESSION_INVALID</c>, <c>INPUT_POLICY_VIOLATION</c>.</exception>
    public void Admit(string browser, string action, bool onlyLooking = false)
    {
        bool mine = Owner is null || string.Equals(Owner, browser, StringComparison.Ordinal);
        if (mine)
        {
            _known.Add(browser);
            return;
        }

        if (!_known.Contains(browser))
        {
            throw SessionInvalid(_sessionId, browser, action);
        }

        if (!onlyLooking)
        {
            throw new EngineException(
                ErrorCode.InputPolicyViolation, "Another browser session owns the input.",
                ErrorDetails.Of(("policy_owner_browser_session_id", Owner), ("requested_action", action)));
        }
    }

    /// <summary>The refusal of a session that a policy action can't use.</summary>
    public static EngineException SessionInvalid(string? session, string? browser, string action) => new(
        ErrorCode.InputPolicySessionInvalid, "The engine session or the browser session is not active.",
        ErrorDetails.Of(("session_id", session), ("browser_session_id", browser), ("requested_action", action)));

    /// <summary>Enables or disables input (<c>policy/enabled</c>).</summary>
    public PolicyOutcome SetEnabled(string browser, bool enabled, string? reason)
    {
        string before = Block.State;
        if (enabled == Enabled)
        {
            return new(false, before, enabled ? "idempotent_enable" : "idempotent_disable");
        }

        Owner = enabled ? browser : null;
        Enter(enabled ? Idle : Disabled, "user_request", reason ?? (enabled ? "enabled" : "disabled"));
        return new(true, before, Block.Reason);
    }

    /// <summary>Changes the capture mode; a capture of the old mode ends.</summary>
    /// <returns>Whether something changed.</returns>
    public bool SetMode(string mode)
    {
        if (string.Equals(CaptureMode, mode, StringComparison.Ordinal))
        {
            return false;
        }

        CaptureMode = mode;
        if (CaptureActive)
        {
            Enter(Idle, "user_request", "capture_mode_changed");
        }

        return true;
    }

    /// <summary>Carries out a <c>request_action</c> of the contract's table.</summary>
    /// <exception cref="EngineException"><c>INPUT_POLICY_MODE_INVALID</c> when it belongs to the other mode.</exception>
    public PolicyOutcome Act(string browser, string action)
    {
        CheckAction(action, CaptureMode);
        string before = Block.State;
        return action switch
        {
            "pointer_enter_hook" => Capture(browser, before, "mouse_over_pointer_in", "mouse_over_pointer_in"),
            "pointer_leave_hook" => Release(before, "mouse_over_pointer_out"),
            "click_acquire" => Capture(browser, before, "click_to_capture_acquired", "click_to_capture_already_active"),
            "escape_release" => Escape.Enabled ? Release(before, "escape_sequence") : new(false, before, "escape_sequence"),
            "focus_lost" => Release(before, "focus_lost_release"),
            _ => new(false, before, "focus_regained_idle"),
        };
    }

    /// <summary>The release endpoint (<c>explicit_release</c>).</summary>
    /// <exception cref="EngineException"><c>INPUT_POLICY_INVALID_STATE</c> when nothing is captured by click.</exception>
    public PolicyOutcome ReleaseExplicitly(string? reason)
    {
        string before = Block.State;
        if (IsMode(MouseOver))
        {
            return new(false, before, "mouse_over_release_no_op");
        }

        if (Is(Idle))
        {
            throw new EngineException(
                ErrorCode.InputPolicyInvalidState, "Nothing is captured.",
                ErrorDetails.Of(
                    ("current_policy_state", before), ("requested_action", "explicit_release"), ("allowed_states", new[] { Captured })));
        }

        return Release(before, reason ?? "explicit_release");
    }

    /// <summary>Refuses events that may not go to the machine now.</summary>
    /// <exception cref="EngineException"><c>INPUT_CAPTURE_DISABLED</c>, <c>INPUT_CAPTURE_NOT_ACTIVE</c>, or as <see cref="Admit"/>.</exception>
    public void CheckInject(string browser)
    {
        if (!Enabled)
        {
            throw new EngineException(
                ErrorCode.InputCaptureDisabled, "Input is disabled; enable it with POST input/policy/enabled.",
                ErrorDetails.Of(("policy_state", Block.State)));
        }

        if (!CaptureActive)
        {
            throw new EngineException(
                ErrorCode.InputCaptureNotActive, "Input is not captured; capture it with POST input/capture/config.",
                ErrorDetails.Of(("policy_state", Block.State)));
        }

        Admit(browser, "inject");
    }

    /// <summary>The owner is gone: nobody owns input, and its capture ends.</summary>
    /// <returns>Whether a capture ended.</returns>
    public bool OwnerGone(string browser)
    {
        _known.Remove(browser);
        if (!string.Equals(Owner, browser, StringComparison.Ordinal))
        {
            return false;
        }

        Owner = null;
        bool captured = CaptureActive;
        if (captured)
        {
            Enter(Idle, "system_guard", "owner_disconnected");
        }

        return captured;
    }

    private PolicyOutcome Capture(string browser, string before, string reason, string already)
    {
        if (!Is(Idle))
        {
            return new(false, before, Is(Captured) ? already : reason);
        }

        Owner = browser;
        Enter(Captured, "user_request", reason);
        return new(true, before, reason);
    }

    private PolicyOutcome Release(string before, string reason)
    {
        if (!CaptureActive)
        {
            return new(false, before, reason);
        }

        Enter(Idle, "user_request", reason);
        return new(true, before, reason);
    }

    /// <summary>Refuses an action that does not belong to a capture mode (MO-, CT-, ER-GUARD-01).</summary>
    /// <exception cref="EngineException"><c>INPUT_POLICY_MODE_INVALID</c>.</exception>
    public static void CheckAction(string action, string mode)
    {
        bool pointer = action is "pointer_enter_hook" or "pointer_leave_hook";
        if (pointer == string.Equals(mode, MouseOver, StringComparison.Ordinal))
        {
            return;
        }

        string guard = pointer ? "MO-GUARD-01" : string.Equals(action, "escape_release", StringComparison.Ordinal) ? "ER-GUARD-01" : "CT-GUARD-01";
        throw new EngineException(
            ErrorCode.InputPolicyModeInvalid, $"{action} does not belong to the capture mode {mode}.",
            ErrorDetails.Of(("capture_mode", mode), ("requested_action", action), ("guard_id", guard)));
    }

    private void Enter(string state, string source, string reason) => Block = new(state, source, reason, RuntimeClock.NowUs);

    private bool Is(string state) => string.Equals(Block.State, state, StringComparison.Ordinal);

    private bool IsMode(string mode) => string.Equals(CaptureMode, mode, StringComparison.Ordinal);
}
