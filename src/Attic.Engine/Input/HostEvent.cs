using System.Text.Json;
using Attic.Engine.Errors;

namespace Attic.Engine.Input;

/// <summary>One event of the host (R63), its shape checked.</summary>
public sealed record HostEvent
{
    /// <summary>The client's id for it.</summary>
    public required string EventId { get; init; }

    /// <summary>The device that it came from.</summary>
    public required string DeviceId { get; init; }

    /// <summary>key_down, mouse_move …</summary>
    public required string Type { get; init; }

    /// <summary>The key, button or axis; empty for moves.</summary>
    public string Code { get; init; } = "";

    /// <summary>Modifiers that are down.</summary>
    public IReadOnlyList<string> Modifiers { get; init; } = [];

    /// <summary>Horizontal counts of a mouse.</summary>
    public int Dx { get; init; }

    /// <summary>Vertical counts of a mouse or wheel.</summary>
    public int Dy { get; init; }

    /// <summary>An axis, -1 to 1.</summary>
    public double Value { get; init; }

    /// <summary>The event as it came, for those who want to see it again.</summary>
    public byte[] Raw { get; init; } = [];

    /// <summary>The type of device that sends such events.</summary>
    public string DeviceType => Type[..Type.IndexOf('_', StringComparison.Ordinal)] switch
    {
        "key" => "keyboard",
        "mouse" => "mouse",
        _ => "game_controller",
    };

    /// <summary>Reads an event.</summary>
    /// <exception cref="EngineException"><c>INPUT_EVENT_INVALID</c> with event_id and field.</exception>
    public static HostEvent Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Invalid(null, "events[]", "An event is an object.");
        }

        var fields = new JsonFields(element);
        string? id = element.TryGetProperty("event_id", out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
        try
        {
            var read = ReadFields(fields);
            fields.Check();
            return read with { Raw = System.Text.Encoding.UTF8.GetBytes(element.GetRawText()) };
        }
        catch (EngineException wrong)
        {
            throw Invalid(id, wrong.Details.GetValueOrDefault("field"), wrong.Message, wrong);
        }
    }

    private static HostEvent ReadFields(JsonFields fields)
    {
        string type = fields.Choice(
            "type", "key_down", "key_up", "mouse_move", "mouse_button_down", "mouse_button_up", "mouse_wheel",
            "pad_button_down", "pad_button_up", "pad_axis");
        fields.OptionalInteger("timestamp_us", 0, long.MaxValue);
        fields.OptionalStrings("buttons");
        var read = new HostEvent
        {
            EventId = fields.String("event_id"),
            DeviceId = fields.String("device_id"),
            Type = type,
            Modifiers = fields.OptionalStrings("modifiers") ?? [],
        };
        return type switch
        {
            "key_down" or "key_up" or "pad_button_down" or "pad_button_up" => read with { Code = fields.String("code") },
            "mouse_button_down" or "mouse_button_up" => read with { Code = fields.Choice("button", "left", "right", "middle") },
            "mouse_move" => read with { Dx = Counts(fields, "dx", required: true), Dy = Counts(fields, "dy", required: true) },
            "mouse_wheel" => read with { Dy = Counts(fields, "dy", required: true), Dx = Counts(fields, "dx", required: false) },
            "pad_axis" => read with { Code = fields.String("code"), Value = Axis(fields) },
            _ => read,
        };
    }

    private static int Counts(JsonFields fields, string name, bool required) =>
        (int)(required ? fields.Integer(name, -32768, 32767) : fields.OptionalInteger(name, -32768, 32767) ?? 0);

    private static double Axis(JsonFields fields)
    {
        double? value = fields.OptionalNumber("value");
        if (value is not (>= -1 and <= 1))
        {
            fields.Wrong("value", "number -1 to 1", value);
        }

        return value ?? 0;
    }

    private static EngineException Invalid(string? id, object? field, string message, Exception? inner = null) => new(
        ErrorCode.InputEventInvalid, message, ErrorDetails.Of(("event_id", id), ("field", field)), inner: inner);
}
