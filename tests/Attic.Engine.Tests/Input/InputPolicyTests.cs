using Attic.Engine.Errors;
using Attic.Engine.Input;
using Attic.Engine.Sessions;

namespace Attic.Engine.Tests.Input;

public class InputPolicyTests
{
    // The contract's table of request actions: mode, state before, action, state after, applied, reason.
    [Theory]
    [InlineData("mouse_over", "enabled_idle", "pointer_enter_hook", "enabled_captured", true, "mouse_over_pointer_in")]
    [InlineData("mouse_over", "enabled_captured", "pointer_enter_hook", "enabled_captured", false, "mouse_over_pointer_in")]
    [InlineData("mouse_over", "disabled", "pointer_enter_hook", "disabled", false, "mouse_over_pointer_in")]
    [InlineData("mouse_over", "enabled_captured", "pointer_leave_hook", "enabled_idle", true, "mouse_over_pointer_out")]
    [InlineData("mouse_over", "enabled_idle", "pointer_leave_hook", "enabled_idle", false, "mouse_over_pointer_out")]
    [InlineData("click_to_capture", "enabled_idle", "click_acquire", "enabled_captured", true, "click_to_capture_acquired")]
    [InlineData("click_to_capture", "enabled_captured", "click_acquire", "enabled_captured", false, "click_to_capture_already_active")]
    [InlineData("click_to_capture", "disabled", "click_acquire", "disabled", false, "click_to_capture_acquired")]
    [InlineData("click_to_capture", "enabled_captured", "escape_release", "enabled_idle", true, "escape_sequence")]
    [InlineData("click_to_capture", "enabled_captured", "focus_lost", "enabled_idle", true, "focus_lost_release")]
    [InlineData("click_to_capture", "enabled_idle", "focus_regain", "enabled_idle", false, "focus_regained_idle")]
    public void Actions_follow_the_table(string mode, string before, string action, string after, bool applied, string reason)
    {
        var policy = In(mode, before);
        var outcome = policy.Act("web_a", action);
        Assert.Equal((before, applied, reason), (outcome.Before, outcome.Applied, outcome.Reason));
        Assert.Equal(after, policy.Block.State);
    }

    [Theory]
    [InlineData("click_to_capture", "pointer_enter_hook", "MO-GUARD-01")]
    [InlineData("mouse_over", "click_acquire", "CT-GUARD-01")]
    [InlineData("mouse_over", "escape_release", "ER-GUARD-01")]
    public void An_action_of_the_other_mode_is_refused(string mode, string action, string guard)
    {
        var refused = Assert.Throws<EngineException>(() => In(mode, "enabled_idle").Act("web_a", action));
        Assert.Equal((ErrorCode.InputPolicyModeInvalid, guard), (refused.Code, refused.Details["guard_id"]));
    }

    [Fact]
    public void Enabling_is_idempotent_and_says_so()
    {
        var policy = In("click_to_capture", "disabled");
        Assert.Equal(("applied", "disabled"), Result(policy.SetEnabled("web_a", true, null)));
        Assert.Equal("idempotent_enable", policy.SetEnabled("web_a", true, null).Reason);
        Assert.Equal(("applied", "enabled_idle"), Result(policy.SetEnabled("web_a", false, null)));
        Assert.Equal(("no_op", "disabled"), Result(policy.SetEnabled("web_a", false, null)));
    }

    [Fact]
    public void The_first_to_capture_owns_until_it_is_gone()
    {
        var policy = In("click_to_capture", "enabled_idle");
        policy.Admit("web_b", "look");
        policy.Act("web_a", "click_acquire");
        Assert.Equal(ErrorCode.InputPolicyViolation, Assert.Throws<EngineException>(() => policy.Admit("web_b", "x")).Code);
        Assert.Equal(ErrorCode.InputPolicySessionInvalid, Assert.Throws<EngineException>(() => policy.Admit("web_c", "x")).Code);
        Assert.True(policy.OwnerGone("web_a"));
        Assert.Equal(("enabled_idle", "system_guard"), (policy.Block.State, policy.Block.Source));
        policy.Admit("web_c", "x");
    }

    [Fact]
    public void Releasing_what_is_not_captured_is_refused_by_click_and_nothing_by_pointer()
    {
        var refused = Assert.Throws<EngineException>(() => In("click_to_capture", "enabled_idle").ReleaseExplicitly(null));
        Assert.Equal(ErrorCode.InputPolicyInvalidState, refused.Code);
        Assert.False(In("mouse_over", "enabled_captured").ReleaseExplicitly(null).Applied);
        Assert.True(In("click_to_capture", "enabled_captured").ReleaseExplicitly("bye").Applied);
    }

    private static (string, string) Result(PolicyOutcome outcome) => (outcome.Result, outcome.Before);

    private static InputPolicy In(string mode, string state)
    {
        var policy = new InputPolicy("ses_x");
        policy.Begin(new InputDefaults { CaptureMode = mode, InputEnabled = state != InputPolicy.Disabled });
        if (state == InputPolicy.Captured)
        {
            policy.Act("web_a", mode == InputPolicy.MouseOver ? "pointer_enter_hook" : "click_acquire");
        }

        return policy;
    }
}
