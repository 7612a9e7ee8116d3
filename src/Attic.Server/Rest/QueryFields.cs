using System.Globalization;
using Attic.Engine.Errors;

namespace Attic.Server.Rest;

/// <summary>Reads a query's fields, with the same refusals as a body's.</summary>
internal sealed class QueryFields(IQueryCollection query)
{
    private readonly List<string> _missing = [];
    private EngineException? _wrong;

    /// <summary>All fields.</summary>
    public IQueryCollection All => query;

    /// <summary>A text that must be there.</summary>
    public string String(string name)
    {
        if (OptionalString(name) is { Length: > 0 } value)
        {
            return value;
        }

        _missing.Add(name);
        return "";
    }

    /// <summary>A text, or null when absent.</summary>
    public string? OptionalString(string name) => query.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>One of several texts, or a default.</summary>
    public string OptionalChoice(string name, string absent, params ReadOnlySpan<string> allowed)
    {
        if (OptionalString(name) is not { } value)
        {
            return absent;
        }

        if (!allowed.Contains(value))
        {
            Wrong(name, $"one of {string.Join(", ", allowed)}", value);
        }

        return value;
    }

    /// <summary>A truth value, or a default.</summary>
    public bool OptionalBool(string name, bool absent)
    {
        switch (OptionalString(name))
        {
            case null:
                return absent;
            case "true" or "1":
                return true;
            case "false" or "0":
                return false;
            case { } other:
                Wrong(name, "boolean", other);
                return absent;
        }
    }

    /// <summary>A whole number, or null when absent.</summary>
    public long? OptionalInteger(string name, long minimum, long maximum)
    {
        if (OptionalString(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"integer {minimum} to {maximum}"), text);
        return null;
    }

    /// <summary>Names separated by commas, or null when absent.</summary>
    public IReadOnlyList<string>? OptionalList(string name) =>
        OptionalString(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Remembers that a field is not what it should be.</summary>
    public void Wrong(string name, string expected, object? actual) => _wrong ??= JsonFields.WrongField(name, expected, actual);

    /// <summary>Reports what is missing, else the first field that is wrong.</summary>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c>.</exception>
    public void Check()
    {
        if (_missing.Count > 0)
        {
            throw new EngineException(
                ErrorCode.BadRequest, $"Missing: {string.Join(", ", _missing)}.",
                ErrorDetails.Of(("field", _missing[0]), ("missing_fields", _missing.ToArray())));
        }

        if (_wrong is not null)
        {
            throw _wrong;
        }
    }
}
