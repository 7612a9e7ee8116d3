namespace Attic.Cli.Run;

/// <summary>One thing that <c>attic run</c> does, in the order of the command line.</summary>
internal abstract record RunStep
{
    /// <summary>The step as the user wrote it, for messages.</summary>
    public abstract string Describe();
}

/// <summary>Runs a number of pictures.</summary>
internal sealed record RunFrames(int Count) : RunStep
{
    public override string Describe() => $"--frames {Count}";
}

/// <summary>Presses and releases keys, one stroke after the other.</summary>
internal sealed record TypeKeys(string Text, IReadOnlyList<KeyStroke> Strokes) : RunStep
{
    public override string Describe() => $"--type \"{Text}\"";
}

/// <summary>Waits until a text is on the screen.</summary>
internal sealed record UntilText(string Text) : RunStep
{
    public override string Describe() => $"--until-text \"{Text}\"";
}

/// <summary>Waits until nothing has happened for <see cref="IdleWatch.FramesOfRest"/> frames.</summary>
internal sealed record UntilIdle : RunStep
{
    public override string Describe() => "--until-idle";
}
