using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Attic.Engine.Errors;

namespace Attic.Engine.Input;

/// <summary>The host's side of a mapping: a key, a mouse control or a pad control.</summary>
/// <param name="DeviceType">keyboard, mouse or game_controller.</param>
/// <param name="Code">DOM <c>KeyboardEvent.code</c>; for a mouse dx, dy, left, right, middle, wheel; for a pad its button or axis.</param>
/// <param name="Modifiers">Modifiers that must be down; null for any.</param>
/// <param name="DeviceId">Only this device; null for any of the type.</param>
public sealed record HostControl(
    string DeviceType,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Modifiers = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DeviceId = null)
{
    /// <summary>Whether both mean the same control.</summary>
    public bool IsSameAs(HostControl other) =>
        string.Equals(DeviceType, other.DeviceType, StringComparison.Ordinal)
        && string.Equals(Code, other.Code, StringComparison.Ordinal)
        && string.Equals(DeviceId, other.DeviceId, StringComparison.Ordinal)
        && (Modifiers ?? []).SequenceEqual(other.Modifiers ?? [], StringComparer.Ordinal);
}

/// <summary>The machine's side of a mapping.</summary>
/// <param name="Target">A control of the machine (R62): <c>ikbd.key</c>, <c>joystick.port1.up</c> …</param>
/// <param name="Value">What the target needs: a key's name, or a number or truth value.</param>
/// <param name="Phase">press, release or repeat instead of the event's own; null for the event's.</param>
public sealed record VirtualControl(
    string Target,
    JsonNode? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Phase = null);

/// <summary>One mapping.</summary>
/// <param name="EntryId">Unique in its profile.</param>
/// <param name="Host">What the user moves.</param>
/// <param name="Virtual">What moves in the machine.</param>
/// <param name="Flags"><c>invert_axis</c>: the other direction of an axis. <c>turbo</c>: pressed again and again while held.</param>
public sealed record MappingEntry(
    string EntryId,
    HostControl Host,
    VirtualControl Virtual,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Flags = null);

/// <summary>A mapping profile (§13).</summary>
public sealed record MappingProfile(
    string MappingProfileId,
    uint SchemaVersion,
    string Machine,
    string Profile,
    uint Revision,
    long UpdatedAtUs,
    IReadOnlyList<MappingEntry> Entries)
{
    /// <summary>The version of the format.</summary>
    public const uint CurrentSchema = 1;

    /// <summary>The most entries that a profile may have.</summary>
    public const int MaximumEntries = 4096;

    private static readonly string[] s_targets =
    [
        "ikbd.key", "ikbd.mouse.dx", "ikbd.mouse.dy", "ikbd.mouse.button.left", "ikbd.mouse.button.right",
        .. Ports("joystick.port0"), .. Ports("joystick.port1"),
        "keyboard.matrix", "keyboard.char", "console.start", "console.select", "console.option", "console.reset",
        "paddle.0", "paddle.1", "paddle.2", "paddle.3",
    ];

    /// <summary>Reads the entries of a profile.</summary>
    /// <param name="fields">The objects.</param>
    /// <returns>The entries; checked once the fields' owner is.</returns>
    public static IReadOnlyList<MappingEntry> ReadEntries(IReadOnlyList<JsonFields>? fields) =>
        [.. (fields ?? []).Select(entry => ReadEntry(entry, entry.String("entry_id")))];

    /// <summary>Reads one entry.</summary>
    public static MappingEntry ReadEntry(JsonFields entry, string id)
    {
        var host = entry.Object("host");
        var target = entry.Object("virtual");
        var flags = entry.OptionalStrings("flags");
        foreach (string flag in flags ?? [])
        {
            if (flag is not ("invert_axis" or "turbo"))
            {
                entry.Wrong("flags", "invert_axis, turbo", flag);
            }
        }

        return new(id, ReadHost(host), ReadVirtual(target), flags);
    }

    /// <summary>Refuses entries of which two have the same id, or too many of them.</summary>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c>.</exception>
    public static void CheckEntries(IReadOnlyList<MappingEntry> entries)
    {
        if (entries.Count > MaximumEntries)
        {
            throw JsonFields.WrongField("entries", $"at most {MaximumEntries} entries", entries.Count);
        }

        if (entries.GroupBy(entry => entry.EntryId, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw JsonFields.WrongField("entries", "unique entry_id values", twice.Key);
        }
    }

    /// <summary>Reads a stored profile, <c>{"mapping_profile":{…}}</c>.</summary>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c> with what is wrong.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static MappingProfile Parse(ReadOnlySpan<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8.ToArray());
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw JsonFields.WrongField("mapping_profile", "object", document.RootElement);
        }

        var fields = new JsonFields(document.RootElement);
        var profile = fields.Object("mapping_profile");
        var result = new MappingProfile(
            profile?.String("mapping_profile_id") ?? "",
            (uint)(profile?.Integer("schema_version", CurrentSchema, CurrentSchema) ?? 0),
            profile?.String("machine") ?? "",
            profile?.String("profile") ?? "",
            (uint)(profile?.Integer("revision", 1, uint.MaxValue) ?? 0),
            profile?.Integer("updated_at_us", 0, long.MaxValue) ?? 0,
            ReadEntries(profile?.Objects("entries")));
        fields.Check();
        CheckEntries(result.Entries);
        return result;
    }

    private static HostControl ReadHost(JsonFields? host)
    {
        string type = host?.Choice("device_type", "keyboard", "mouse", "game_controller") ?? "";
        return new(type, host?.String("code") ?? "", host?.OptionalStrings("modifiers"), host?.OptionalString("device_id"));
    }

    private static VirtualControl ReadVirtual(JsonFields? target)
    {
        string name = target?.Choice("target", s_targets) ?? "";
        var value = target?.Any("value");
        if (target is not null && value is null)
        {
            target.String("value");
        }
        else if (value is { ValueKind: not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) } other)
        {
            target!.Wrong("value", "string, number or boolean", other);
        }

        string? phase = target?.OptionalString("phase");
        if (phase is not (null or "press" or "release" or "repeat"))
        {
            target!.Wrong("phase", "one of press, release, repeat", phase);
        }

        return new(name, value is { } found ? JsonNode.Parse(found.GetRawText()) : null, phase);
    }

    private static IEnumerable<string> Ports(string port) =>
        new[] { "up", "down", "left", "right", "button" }.Select(control => $"{port}.{control}");
}
