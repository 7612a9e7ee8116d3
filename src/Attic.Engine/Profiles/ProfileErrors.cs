using Attic.Engine.Errors;

namespace Attic.Engine.Profiles;

/// <summary>Which profile is being read; makes the errors that name it.</summary>
/// <param name="Machine">The machine that was asked for.</param>
/// <param name="Profile">The profile that was asked for.</param>
/// <param name="Path">The manifest's virtual path.</param>
internal sealed record ProfileErrors(string Machine, string Profile, string Path)
{
    /// <summary>There is no such profile.</summary>
    public EngineException NotFound() => new(
        ErrorCode.MachineProfileNotFound,
        $"There is no profile {Profile} of machine {Machine}.",
        ErrorDetails.Of(("machine", Machine), ("profile", Profile), ("path", Path)));

    /// <summary>The file is not what the schema says.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="more">Further details.</param>
    public EngineException Invalid(string message, params ReadOnlySpan<(string Key, object? Value)> more) => new(
        ErrorCode.BadRequest,
        $"The profile manifest {Path} is not usable: {message}.",
        ErrorDetails.Of(
            [("machine", Machine), ("profile", Profile), ("path", Path), ("validator", ProfileManifest.Schema), .. more]));

    /// <summary>A field has a wrong type or value.</summary>
    /// <param name="field">Its name, with dots.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="actual">What it is.</param>
    public EngineException Field(string field, string expected, object? actual) =>
        Invalid($"{field} should be {expected}, not {actual}", ("field", field), ("expected", expected), ("actual", actual));

    /// <summary>A stage after the schema failed.</summary>
    /// <param name="stage"><c>profile_wiring</c> or <c>scheduler</c>.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="more">Further details.</param>
    public EngineException Stage(string stage, string message, params ReadOnlySpan<(string Key, object? Value)> more) =>
        Invalid(message, [("validation_stage", stage), .. more]);
}
