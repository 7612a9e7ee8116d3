using System.Globalization;
using System.Text.Json;

namespace Attic.Engine.Errors;

/// <summary>
/// Reads the fields of a JSON object that came from outside. Fields that are missing or of a wrong type are remembered
/// and reported together by <see cref="Check"/>, missing ones first; unknown fields are ignored (contract R3).
/// </summary>
public sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly string _prefix;
    private readonly List<string> _missing;
    private readonly List<EngineException> _wrong;

    /// <summary>The fields of an object.</summary>
    /// <param name="element">A JSON object.</param>
    public JsonFields(JsonElement element)
        : this(element, "", [], [])
    {
    }

    private JsonFields(JsonElement element, string prefix, List<string> missing, List<EngineException> wrong) =>
        (_object, _prefix, _missing, _wrong) = (element, prefix, missing, wrong);

    /// <summary>The object itself.</summary>
    public JsonElement Element => _object;

    /// <summary>Whether the object has the field.</summary>
    public bool Has(string name) => _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out _);

    /// <summary>A text that must be there; <c>""</c> until <see cref="Check"/> refuses its absence.</summary>
    public string String(string name) => TryGet(name, required: true, out var value) ? AsString(name, value) ?? "" : "";

    /// <summary>A text that may be absent.</summary>
    /// <param name="name">The field.</param>
    /// <param name="nullable">Whether JSON null means the same.</param>
    public string? OptionalString(string name, bool nullable = false) =>
        TryGet(name, required: false, out var value) && !(nullable && value.ValueKind == JsonValueKind.Null) ? AsString(name, value) : null;

    /// <summary>One of several texts that must be there.</summary>
    public string Choice(string name, params ReadOnlySpan<string> allowed)
    {
        string value = String(name);
        if (value.Length > 0 || Has(name))
        {
            CheckChoice(name, value, allowed);
        }

        return value;
    }

    /// <summary>One of several texts, or a default.</summary>
    public string OptionalChoice(string name, string absent, params ReadOnlySpan<string> allowed)
    {
        if (OptionalString(name) is not { } value)
        {
            return absent;
        }

        CheckChoice(name, value, allowed);
        return value;
    }

    /// <summary>A truth value that must be there.</summary>
    public bool Bool(string name) => TryGet(name, required: true, out var value) && AsBool(name, value, false);

    /// <summary>A truth value, or a default.</summary>
    public bool OptionalBool(string name, bool absent) =>
        TryGet(name, required: false, out var value) ? AsBool(name, value, absent) : absent;

    /// <summary>A truth value, or null when absent.</summary>
    public bool? OptionalBool(string name) => TryGet(name, required: false, out var value) ? AsBool(name, value, false) : null;

    /// <summary>A whole number that must be there.</summary>
    public long Integer(string name, long minimum, long maximum) =>
        TryGet(name, required: true, out var value) ? AsInteger(name, value, minimum, maximum) ?? minimum : minimum;

    /// <summary>A whole number, or null when absent.</summary>
    public long? OptionalInteger(string name, long minimum, long maximum) =>
        TryGet(name, required: false, out var value) ? AsInteger(name, value, minimum, maximum) : null;

    /// <summary>A number, or null when absent.</summary>
    public double? OptionalNumber(string name)
    {
        if (!TryGet(name, required: false, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.GetDouble();
        }

        Wrong(name, "number", value);
        return null;
    }

    /// <summary>An array of texts that must be there.</summary>
    public IReadOnlyList<string> Strings(string name) =>
        TryGet(name, required: true, out var value) ? AsStrings(name, value) ?? [] : [];

    /// <summary>An array of texts, or null when absent.</summary>
    public IReadOnlyList<string>? OptionalStrings(string name) =>
        TryGet(name, required: false, out var value) ? AsStrings(name, value) : null;

    /// <summary>An object inside this one; an empty one when absent.</summary>
    public JsonFields? OptionalObject(string name)
    {
        if (!TryGet(name, required: false, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return Child(value, _prefix + name + ".");
        }

        Wrong(name, "object", value);
        return null;
    }

    /// <summary>An object inside this one that must be there.</summary>
    public JsonFields? Object(string name)
    {
        if (!Has(name))
        {
            _missing.Add(_prefix + name);
        }

        return OptionalObject(name);
    }

    /// <summary>An array of objects that must be there; null when it is not or is none.</summary>
    public IReadOnlyList<JsonFields>? Objects(string name)
    {
        if (!Has(name))
        {
            _missing.Add(_prefix + name);
        }

        return OptionalObjects(name);
    }

    /// <summary>An array of objects, or null when absent.</summary>
    public IReadOnlyList<JsonFields>? OptionalObjects(string name)
    {
        if (!TryGet(name, required: false, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, "array of objects", value);
            return null;
        }

        var items = new List<JsonFields>();
        foreach (var item in value.EnumerateArray())
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{name}[{items.Count}]");
            if (item.ValueKind != JsonValueKind.Object)
            {
                Wrong(path, "object", item);
                return null;
            }

            items.Add(Child(item, _prefix + path + "."));
        }

        return items;
    }

    /// <summary>Any value, or null when absent.</summary>
    public JsonElement? Any(string name) => TryGet(name, required: false, out var value) ? value : null;

    /// <summary>Remembers that a field is not what it should be.</summary>
    public void Wrong(string name, string expected, object? actual) => _wrong.Add(WrongField(_prefix + name, expected, actual));

    /// <summary>Reports what is missing, else the first field that is wrong.</summary>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c>.</exception>
    public void Check()
    {
        if (_missing.Count > 0)
        {
            throw new EngineException(
                ErrorCode.BadRequest,
                $"Missing: {string.Join(", ", _missing)}.",
                ErrorDetails.Of(("field", _missing[0]), ("missing_fields", _missing.ToArray())));
        }

        if (_wrong.Count > 0)
        {
            throw _wrong[0];
        }
    }

    /// <summary>A field that is not what it should be.</summary>
    public static EngineException WrongField(string field, string expected, object? actual) => new(
        ErrorCode.BadRequest,
        $"'{field}' must be {expected}.",
        ErrorDetails.Of(("field", field), ("expected", expected), ("actual", Describe(actual))));

    private static object? Describe(object? actual) => actual switch
    {
        JsonElement { ValueKind: JsonValueKind.True or JsonValueKind.False } => "boolean",
        JsonElement { ValueKind: JsonValueKind.Undefined } => "absent",
        JsonElement element => element.ValueKind.ToString().ToLowerInvariant(),
        _ => actual,
    };

    private JsonFields Child(JsonElement element, string prefix) => new(element, prefix, _missing, _wrong);

    private bool TryGet(string name, bool required, out JsonElement value)
    {
        value = default;
        if (_object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out value))
        {
            return true;
        }

        if (required)
        {
            _missing.Add(_prefix + name);
        }

        return false;
    }

    private string? AsString(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Wrong(name, "string", value);
        return null;
    }

    private bool AsBool(string name, JsonElement value, bool absent)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Wrong(name, "boolean", value);
        return absent;
    }

    private long? AsInteger(string name, JsonElement value, long minimum, long maximum)
    {
        string expected = string.Create(CultureInfo.InvariantCulture, $"integer {minimum} to {maximum}");
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number))
        {
            Wrong(name, expected, value);
            return null;
        }

        if (number >= minimum && number <= maximum)
        {
            return number;
        }

        Wrong(name, expected, number);
        return null;
    }

    private string[]? AsStrings(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        }

        Wrong(name, "array of strings", value);
        return null;
    }

    private void CheckChoice(string name, string value, ReadOnlySpan<string> allowed)
    {
        if (!allowed.Contains(value))
        {
            Wrong(name, $"one of {string.Join(", ", allowed)}", value);
        }
    }
}
