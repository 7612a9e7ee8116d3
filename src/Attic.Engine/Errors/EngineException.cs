using System.Diagnostics.CodeAnalysis;

namespace Attic.Engine.Errors;

/// <summary>A refusal or failure that the API reports with a code of the contract; leaves the engine as it was.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Without a code it could not be reported.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
public sealed class EngineException : Exception
{
    /// <summary>An error with its details.</summary>
    /// <param name="code">The catalogue's code.</param>
    /// <param name="message">What happened, where and what to do: a sentence for a person.</param>
    /// <param name="details">The keys that §2.1 lists for the code; values are strings, numbers, booleans or arrays of them.</param>
    /// <param name="retryable">Overrides the code's default (R10).</param>
    /// <param name="inner">What caused it.</param>
    public EngineException(
        ErrorCode code,
        string message,
        IReadOnlyDictionary<string, object?>? details = null,
        bool? retryable = null,
        Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Details = details ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        Retryable = retryable ?? code.Retryable;
    }

    /// <summary>The catalogue's code.</summary>
    public ErrorCode Code { get; }

    /// <summary>What the reply's <c>details</c> carries.</summary>
    public IReadOnlyDictionary<string, object?> Details { get; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; }
}
