using System.Text.Json;
using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Engine.Errors;
using Attic.Engine.Modules;

namespace Attic.Engine.Profiles;

/// <summary>Reads a profile manifest and holds it against its schema; wiring and scheduler are later stages.</summary>
internal static class ProfileManifestReader
{
    /// <summary>Bytes that a manifest may take.</summary>
    public const int Largest = 1 << 20;

    // The audio module may be part of another (contract §5.1: "+audio").
    private static readonly string[] s_requiredModules = ["cpu", "video", "io", "storage", "machine_profile"];

    private static readonly string[] s_required =
        ["manifest_version", "machine", "profile", "region", "ram_kb", "modules", .. s_requiredModules.Select(name => "modules." + name),
            "scheduler", "scheduler.tick_hz", "scheduler.step_order"];

    /// <summary>The name of the profile that this one is another name for, or null.</summary>
    /// <param name="json">The file's bytes, UTF-8 JSON.</param>
    /// <param name="errors">Whose errors these are.</param>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c>.</exception>
    public static string? AliasOf(ReadOnlySpan<byte> json, ProfileErrors errors)
    {
        using var document = Parse(json, errors);
        if (!document.RootElement.TryGetProperty("alias_of", out var alias) || alias.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string target = Text(alias, "alias_of", errors);
        Match(document.RootElement, "machine", errors.Machine, errors);
        Match(document.RootElement, "profile", errors.Profile, errors);
        return target;
    }

    /// <summary>Reads a manifest that is no alias.</summary>
    /// <param name="json">The file's bytes, UTF-8 JSON.</param>
    /// <param name="errors">Whose errors these are; names the profile that the file must be.</param>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c> with <c>missing_fields</c>, or <c>field</c>, <c>expected</c>, <c>actual</c>.</exception>
    public static ProfileManifest Read(ReadOnlySpan<byte> json, ProfileErrors errors)
    {
        using var document = Parse(json, errors);
        var root = document.RootElement;
        CheckPresent(root, errors);
        Match(root, "machine", errors.Machine, errors);
        Match(root, "profile", errors.Profile, errors);
        uint version = Number(root.GetProperty("manifest_version"), "manifest_version", 1, 1, errors);
        var scheduler = root.GetProperty("scheduler");
        return new()
        {
            ManifestVersion = version,
            Machine = errors.Machine,
            Profile = errors.Profile,
            NormalizedProfile = errors.Profile,
            Region = Choice(root.GetProperty("region"), "region", errors, ("pal", VideoRegion.Pal), ("ntsc", VideoRegion.Ntsc)),
            RamKilobytes = (int)Number(root.GetProperty("ram_kb"), "ram_kb", 16, 16_384, errors),
            Monitor = Optional(root, "monitor") is { } monitor
                ? Choice(monitor, "monitor", errors, ("colour", MonitorKind.Colour), ("mono", MonitorKind.Monochrome))
                : MonitorKind.Colour,
            Xl = XlOptions.Default with
            {
                Picture = PictureReader.Read(Optional(root, "picture"), errors),
                Expansion = Optional(root, "ram_expansion") is { } expansion
                    ? Choice(expansion, "ram_expansion", errors, ("rambo", XlMemoryExpansion.Rambo), ("compy_shop", XlMemoryExpansion.CompyShop))
                    : XlMemoryExpansion.Usual,
                PowerOnMemory = Optional(root, "power_on_memory") is { } content
                    ? Choice(content, "power_on_memory", errors, ("random", XlPowerOnMemory.Random), ("zero", XlPowerOnMemory.Zero), ("pattern", XlPowerOnMemory.Pattern))
                    : XlPowerOnMemory.Random,
                Drives = Optional(root, "drives") is { } drives
                    ? Choice(drives, "drives", errors, ("us_doubler", XlDriveModel.UsDoubler), ("810", XlDriveModel.Atari810), ("1050", XlDriveModel.Atari1050), ("xf551", XlDriveModel.Xf551))
                    : XlDriveModel.UsDoubler,
                FastSio = Optional(root, "sio") is { } sio && Choice(sio, "sio", errors, ("bus", false), ("fast", true)),
            },
            Seed = Optional(root, "seed") is { } seed ? Number(seed, "seed", 0, uint.MaxValue, errors) : 0,
            Modules = Selectors(root.GetProperty("modules"), errors),
            TickHz = TickHz(scheduler.GetProperty("tick_hz"), errors),
            StepOrder = StepOrder(scheduler.GetProperty("step_order"), errors),
            Path = errors.Path,
        };
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> json, ProfileErrors errors)
    {
        if (json.Length > Largest)
        {
            throw errors.Invalid($"it takes more than {Largest} bytes");
        }

        JsonDocument document;
        try
        {
            // A byte order mark is what some editors put before a file that a user edits.
            document = JsonDocument.Parse(
                (json.StartsWith("\uFEFF"u8) ? json[3..] : json).ToArray(),
                new() { AllowDuplicateProperties = false, MaxDepth = 16, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException malformed)
        {
            throw errors.Invalid($"it is not valid JSON in line {(malformed.LineNumber ?? 0) + 1}", ("reason", "not_json"));
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            using (document)
            {
                throw errors.Field("$", "object", Kind(document.RootElement));
            }
        }

        return document;
    }

    private static void CheckPresent(JsonElement root, ProfileErrors errors)
    {
        string[] missing = [.. s_required.Where(field => !IsPresent(root, field, errors))];
        if (missing.Length > 0)
        {
            throw errors.Invalid($"{string.Join(", ", missing)} missing", ("missing_fields", missing), ("field", missing[0]));
        }
    }

    private static bool IsPresent(JsonElement root, string field, ProfileErrors errors)
    {
        var at = root;
        string walked = "";
        foreach (string name in field.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object)
            {
                throw errors.Field(walked, "object", Kind(at));
            }

            if (!at.TryGetProperty(name, out at))
            {
                return false;
            }

            walked = walked.Length == 0 ? name : $"{walked}.{name}";
        }

        return true;
    }

    private static void Match(JsonElement root, string field, string expected, ProfileErrors errors)
    {
        string actual = root.TryGetProperty(field, out var value) ? Text(value, field, errors) : "";
        if (!string.Equals(actual, expected, StringComparison.Ordinal))
        {
            throw errors.Field(field, expected, actual);
        }
    }

    private static JsonElement? Optional(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Text(JsonElement value, string field, ProfileErrors errors)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw errors.Field(field, "string", Kind(value));
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw errors.Field(field, "valid Unicode", "a lone surrogate");
        }
    }

    private static uint Number(JsonElement value, string field, uint least, uint most, ProfileErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            throw errors.Field(field, "u32", Kind(value));
        }

        return value.TryGetUInt32(out uint number) && number >= least && number <= most
            ? number
            : throw errors.Field(field, $"{least} to {most}", value.GetRawText());
    }

    private static T Choice<T>(JsonElement value, string field, ProfileErrors errors, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        string text = Text(value, field, errors);
        foreach (var (name, choice) in choices)
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
            {
                return choice;
            }
        }

        throw errors.Field(field, string.Join(" or ", choices.ToArray().Select(choice => choice.Name)), text);
    }

    private static List<KeyValuePair<string, string>> Selectors(JsonElement modules, ProfileErrors errors)
    {
        var selectors = new List<KeyValuePair<string, string>>();
        foreach (var module in modules.EnumerateObject())
        {
            string field = "modules." + module.Name;
            if (!ModuleTypes.IsKnown(module.Name))
            {
                throw errors.Field("modules", string.Join(", ", ModuleTypes.All), module.Name);
            }

            string selector = Text(module.Value, field, errors);
            selectors.Add(ModuleSelector.TryParse(selector, out _)
                ? new(module.Name, selector)
                : throw errors.Field(field, "<module_id>@<range>", selector));
        }

        return selectors;
    }

    // Zero and an empty order are the scheduler stage's business, so only types are checked here.
    private static long TickHz(JsonElement value, ProfileErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            throw errors.Field("scheduler.tick_hz", "u32", Kind(value));
        }

        return value.TryGetInt64(out long rate) && rate <= uint.MaxValue
            ? rate
            : throw errors.Field("scheduler.tick_hz", "u32", value.GetRawText());
    }

    private static List<string> StepOrder(JsonElement value, ProfileErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw errors.Field("scheduler.step_order", "string[]", Kind(value));
        }

        return [.. value.EnumerateArray().Select(item => Text(item, "scheduler.step_order", errors))];
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
