using Attic.Abi.Machines;

namespace Attic.Cli.Run;

/// <summary>Why a run ended; the words of <c>stopped_by</c>.</summary>
internal enum StopReason
{
    /// <summary>The last step was <c>--frames</c>.</summary>
    Frames,

    /// <summary>The last step was <c>--type</c>.</summary>
    Typed,

    /// <summary>The last step was <c>--until-text</c>, and the text came.</summary>
    Text,

    /// <summary>The last step was <c>--until-idle</c>, and the machine came to rest.</summary>
    Idle,

    /// <summary>A wait reached <c>--timeout-frames</c>.</summary>
    Timeout,

    /// <summary>Ctrl-C.</summary>
    Interrupted,
}

/// <summary>How a run went.</summary>
/// <param name="StoppedBy">Why it ended.</param>
/// <param name="Frames">Pictures that were run.</param>
/// <param name="UnfinishedStep">The step that a timeout or Ctrl-C cut short.</param>
internal sealed record RunOutcome(StopReason StoppedBy, long Frames, RunStep? UnfinishedStep);

/// <summary>
/// Carries out steps on a machine as fast as the host can, and shows each picture and its sound to those who asked.
/// </summary>
internal sealed class HeadlessRun
{
    // So long a key may wait for a program to take the one before it; then it is typed all the same, since not every program asks
    // the operating system for keys.
    private const int PatienceFrames = 600;

    private readonly IMachine _machine;
    private readonly IScreenText? _screenText;
    private readonly int _timeoutFrames;
    private readonly PictureWatch _picture = new();
    private readonly IdleWatch _idle;
    private bool _pictureChanged;
    private long _frames;

    /// <summary>A run of a machine that is powered on.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="timeoutFrames">Frames after which a wait is given up.</param>
    public HeadlessRun(IMachine machine, int timeoutFrames)
    {
        _machine = machine;
        _timeoutFrames = timeoutFrames;
        _screenText = machine.Capability<IScreenText>();
        _idle = new IdleWatch(machine.Capability<IActivity>());
    }

    /// <summary>Takes each frame's sound; null when nobody listens.</summary>
    public Action<AudioBuffer>? OnAudio { get; init; }

    /// <summary>Gets each change of the screen's text.</summary>
    public ScreenLog? Log { get; init; }

    /// <summary>Carries out <paramref name="steps"/> in order until all are done or one is not.</summary>
    public RunOutcome CarryOut(IReadOnlyList<RunStep> steps, CancellationToken interrupt)
    {
        var reason = StopReason.Frames;
        foreach (var step in steps)
        {
            reason = CarryOut(step, interrupt);
            if (reason is StopReason.Timeout or StopReason.Interrupted)
            {
                return new RunOutcome(reason, _frames, step);
            }
        }

        return new RunOutcome(reason, _frames, null);
    }

    private StopReason CarryOut(RunStep step, CancellationToken interrupt)
    {
        switch (step)
        {
            case RunFrames frames:
                for (int i = 0; i < frames.Count && !interrupt.IsCancellationRequested; i++)
                {
                    RunFrame();
                }

                return interrupt.IsCancellationRequested ? StopReason.Interrupted : StopReason.Frames;
            case TypeKeys keys:
                return TypeAll(keys, interrupt);
            case UntilText text:
                return WaitForText(text.Text, interrupt);
            case UntilIdle:
                _idle.Restart();
                return Wait(() => _idle.IsIdle, StopReason.Idle, interrupt);
            default:
                throw new InvalidOperationException($"Nobody carries out a {step.GetType().Name}.");
        }
    }

    private StopReason WaitForText(string text, CancellationToken interrupt)
    {
        var screen = _screenText ?? throw CommandFailure.BadInput("--until-text: this machine cannot tell what its screen shows.");
        bool seen = screen.ReadScreenText().Contains(text, StringComparison.Ordinal);
        return seen
            ? StopReason.Text
            : Wait(() => _pictureChanged && screen.ReadScreenText().Contains(text, StringComparison.Ordinal), StopReason.Text, interrupt);
    }

    private StopReason TypeAll(TypeKeys keys, CancellationToken interrupt)
    {
        var input = _machine.Capability<IInputPort>() ?? throw CommandFailure.BadInput("--type: this machine has no keyboard.");
        foreach (var controls in Typist.Resolve(keys.Strokes, KeyNames.Of(_machine.Configuration.Machine), input))
        {
            for (int waited = 0; !input.TakesKey && waited < PatienceFrames && !interrupt.IsCancellationRequested; waited++)
            {
                RunFrame();
            }

            foreach (int control in controls)
            {
                input.Apply(control, InputPhase.Press, 0);
            }

            var reason = Wait(() => input.Pending == 0, StopReason.Typed, interrupt);
            foreach (int control in controls.Reverse())
            {
                input.Apply(control, InputPhase.Release, 0);
            }

            if (reason == StopReason.Typed)
            {
                reason = Wait(() => input.Pending == 0, StopReason.Typed, interrupt);
            }

            if (reason != StopReason.Typed)
            {
                return reason;
            }
        }

        return StopReason.Typed;
    }

    /// <summary>Runs at least one frame, then until <paramref name="come"/> says so.</summary>
    private StopReason Wait(Func<bool> come, StopReason then, CancellationToken interrupt)
    {
        for (int waited = 0; waited < _timeoutFrames; waited++)
        {
            if (interrupt.IsCancellationRequested)
            {
                return StopReason.Interrupted;
            }

            RunFrame();
            if (come())
            {
                return then;
            }
        }

        return StopReason.Timeout;
    }

    private void RunFrame()
    {
        _machine.RunFrame();
        _frames++;
        OnAudio?.Invoke(_machine.Audio);
        _machine.Audio.Clear();
        _pictureChanged = _picture.Changed(_machine.Frame);
        _idle.Look(_pictureChanged);
        if (_pictureChanged && Log is not null && _screenText is not null)
        {
            Log.Note(_machine.Frame.Number, _screenText.ReadScreenText());
        }
    }
}
