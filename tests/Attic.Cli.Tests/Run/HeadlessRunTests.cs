using Attic.Cli.Run;

namespace Attic.Cli.Tests.Run;

public class HeadlessRunTests
{
    private readonly FakeMachine _machine = new() { OnFrame = machine => machine.Pending = 0 };

    [Fact]
    public void Frames_are_run_and_counted()
    {
        var outcome = CarryOut(new RunFrames(3), new RunFrames(4));
        Assert.Equal((StopReason.Frames, 7L, 7L), (outcome.StoppedBy, outcome.Frames, _machine.FrameNumber));
    }

    [Fact]
    public void A_text_is_waited_for()
    {
        _machine.OnFrame = machine => Show(machine, machine.FrameNumber == 42 ? "now READY." : "…");
        var outcome = CarryOut(new UntilText("READY"));
        Assert.Equal((StopReason.Text, 42L), (outcome.StoppedBy, outcome.Frames));
    }

    [Fact]
    public void A_text_that_is_there_already_is_not_waited_for()
    {
        _machine.Text = "READY";
        Assert.Equal(0, CarryOut(new UntilText("READY")).Frames);
    }

    [Fact]
    public void A_wait_that_never_comes_ends_the_run_at_its_step()
    {
        var outcome = CarryOut(new RunFrames(1), new UntilText("never"), new RunFrames(1));
        Assert.Equal((StopReason.Timeout, 301L), (outcome.StoppedBy, outcome.Frames));
        Assert.Equal("--until-text \"never\"", outcome.UnfinishedStep?.Describe());
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("disk")]
    [InlineData("sound")]
    public void Rest_begins_after_the_last_sign_of_life(string sign)
    {
        _machine.OnFrame = machine =>
        {
            if (machine.FrameNumber > 50)
            {
                return;
            }

            switch (sign)
            {
                case "picture":
                    Show(machine, string.Empty);
                    break;
                case "disk":
                    machine.Disk++;
                    break;
                default:
                    machine.Sound++;
                    break;
            }
        };
        var outcome = CarryOut(new UntilIdle());
        Assert.Equal((StopReason.Idle, 50L + IdleWatch.FramesOfRest), (outcome.StoppedBy, outcome.Frames));
    }

    [Fact]
    public void Each_key_is_released_only_when_the_machine_took_it()
    {
        var pressedFor = new List<long>();
        long pressedAt = 0;
        _machine.OnFrame = machine =>
        {
            // This machine is slow: it looks at its keyboard every fifth frame.
            if (machine.FrameNumber % 5 == 0)
            {
                machine.Pending = 0;
            }

            if (machine.Keys.Count % 2 == 1 && pressedAt == 0)
            {
                pressedAt = machine.FrameNumber;
            }
            else if (machine.Keys.Count % 2 == 0 && pressedAt != 0)
            {
                pressedFor.Add(machine.FrameNumber - pressedAt);
                pressedAt = 0;
            }
        };
        var outcome = CarryOut(new TypeKeys("ab", KeyScript.Parse("ab", KeyNames.Of("atari_st"))));
        Assert.Equal(StopReason.Typed, outcome.StoppedBy);
        Assert.Equal(["+a", "-a", "+b", "-b"], _machine.Keys);
        Assert.All(pressedFor, frames => Assert.True(frames >= 4));
    }

    [Fact]
    public void Keys_of_a_stroke_are_held_together_and_released_in_reverse()
    {
        CarryOut(new TypeKeys("{CTRL+C}", KeyScript.Parse("{CTRL+C}", KeyNames.Of("atari_st"))));
        Assert.Equal(["+L", "+C", "-C", "-L"], _machine.Keys);
    }

    [Fact]
    public void A_key_that_is_never_taken_is_a_wait_that_never_came()
    {
        _machine.OnFrame = _ => { };
        Assert.Equal(StopReason.Timeout, CarryOut(new TypeKeys("a", KeyScript.Parse("a", KeyNames.Of("atari_st")))).StoppedBy);
        Assert.Equal(["+a", "-a"], _machine.Keys);
    }

    [Fact]
    public void A_character_that_no_key_makes_is_refused() =>
        Assert.Equal(ExitCode.BadInput, Assert.Throws<CommandFailure>(() => CarryOut(new TypeKeys("€", KeyScript.Parse("€", KeyNames.Of("atari_st"))))).Code);

    [Fact]
    public void Ctrl_C_ends_a_run_between_two_frames()
    {
        using var interrupt = new CancellationTokenSource();
        _machine.OnFrame = machine =>
        {
            if (machine.FrameNumber == 10)
            {
                interrupt.Cancel();
            }
        };
        var outcome = new HeadlessRun(_machine, 300).CarryOut([new RunFrames(1000)], interrupt.Token);
        Assert.Equal((StopReason.Interrupted, 10L), (outcome.StoppedBy, outcome.Frames));
    }

    [Fact]
    public void The_screen_log_notes_each_change_with_its_frame()
    {
        _machine.OnFrame = machine => Show(machine, machine.FrameNumber < 5 ? "one\n" : "two");
        using var log = new StringWriter { NewLine = "\n" };
        new HeadlessRun(_machine, 300) { Log = new ScreenLog(log) }.CarryOut([new RunFrames(8)], CancellationToken.None);
        Assert.Equal("--- frame 1\none\n--- frame 5\ntwo\n", log.ToString());
    }

    private RunOutcome CarryOut(params RunStep[] steps) => new HeadlessRun(_machine, 300).CarryOut(steps, CancellationToken.None);

    private static void Show(FakeMachine machine, string text)
    {
        machine.Text = text;
        machine.Frame.Codes[0] = (ushort)machine.FrameNumber;
    }
}
