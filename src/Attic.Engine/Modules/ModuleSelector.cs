using System.Diagnostics.CodeAnalysis;

namespace Attic.Engine.Modules;

/// <summary>What a profile or a client asks for: <c>module_id@range</c>.</summary>
/// <param name="ModuleId">The module's id.</param>
/// <param name="Range">The versions that will do.</param>
public sealed record ModuleSelector(string ModuleId, VersionRange Range)
{
    /// <summary>Parses a selector.</summary>
    /// <returns>False when the text is not one.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ModuleSelector? selector)
    {
        string[] halves = (text ?? "").Split('@', 2);
        selector = halves.Length == 2 && IsModuleId(halves[0]) && VersionRange.TryParse(halves[1], out var range)
            ? new(halves[0], range)
            : null;
        return selector is not null;
    }

    /// <summary>Whether a text can be a module's id: letters, digits, dots, underscores and hyphens, 1 to 64 of them.</summary>
    public static bool IsModuleId(string text) =>
        text.Length is > 0 and <= 64
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <inheritdoc/>
    public override string ToString() => $"{ModuleId}@{Range}";
}
