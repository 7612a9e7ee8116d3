using System.Diagnostics.CodeAnalysis;

namespace Attic.Cli;

/// <summary>Ends a verb with a message for a person: what happened and where, then what to do about it.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Without an exit code it could not be reported.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
internal sealed class CommandFailure : Exception
{
    public CommandFailure(int exitCode, string message, string? remedy = null, Exception? inner = null)
        : base(message, inner)
    {
        Code = exitCode;
        Remedy = remedy;
    }

    /// <summary>One of <see cref="ExitCode"/>.</summary>
    public int Code { get; }

    /// <summary>What the user can do, or null when the message says it all.</summary>
    public string? Remedy { get; }

    /// <summary>Bad arguments or input.</summary>
    public static CommandFailure BadInput(string message, string? remedy = null, Exception? inner = null) =>
        new(ExitCode.BadInput, message, remedy, inner);
}
