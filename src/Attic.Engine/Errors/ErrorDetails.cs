namespace Attic.Engine.Errors;

/// <summary>Makes the <c>details</c> of an <see cref="EngineException"/>.</summary>
public static class ErrorDetails
{
    /// <summary>Details from pairs of key and value; a later pair of the same key wins.</summary>
    public static IReadOnlyDictionary<string, object?> Of(params ReadOnlySpan<(string Key, object? Value)> pairs)
    {
        var details = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            details[key] = value;
        }

        return details;
    }
}
