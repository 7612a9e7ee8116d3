namespace Attic.Cli;

/// <summary>What a verb tells the shell; the same for every verb.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It was tried and failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad arguments or input; nothing was started.</summary>
    public const int BadInput = 2;

    /// <summary>A wait that never came.</summary>
    public const int WaitTimedOut = 3;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
