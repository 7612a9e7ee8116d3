using System.Text.Json;

namespace Attic.Engine.Modules;

/// <summary>Reads a manifest's fields; the first that is missing or of a wrong type ends it.</summary>
internal static class EbinManifestReader
{
    private const int MostItems = 64;
    private const int LongestText = 512;

    /// <summary>Reads all fields.</summary>
    /// <exception cref="EbinFormatException">One is missing or of a wrong type.</exception>
    public static EbinManifest Read(JsonElement manifest)
    {
        if (manifest.ValueKind != JsonValueKind.Object)
        {
            throw new EbinFormatException("manifest", "not a JSON object");
        }

        return new()
        {
            ModuleId = ModuleId(manifest, "module_id"),
            ModuleType = Text(manifest, "module_type"),
            MachineTargets = Texts(manifest, "machine_targets", least: 1),
            AbiVersion = Version(manifest, "abi_version"),
            ApiContractVersion = Text(manifest, "api_contract_version"),
            Exports = Texts(manifest, "exports", least: 1),
            Dependencies = Dependencies(manifest),
            BuildFingerprint = Text(manifest, "build_fingerprint"),
            PayloadSha256 = Hash(manifest, "payload_sha256"),
            Signature = Signature(manifest),
            Version = Has(manifest, "version") ? Version(manifest, "version") : null,
            Roles = Has(manifest, "roles") ? Texts(manifest, "roles", least: 0) : [],
        };
    }

    private static bool Has(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static JsonElement Field(JsonElement parent, string name, JsonValueKind kind)
    {
        if (!parent.TryGetProperty(name, out var value))
        {
            throw new EbinFormatException(name, "missing");
        }

        return value.ValueKind == kind
            ? value
            : throw new EbinFormatException(name, $"expected {kind}, found {value.ValueKind}");
    }

    private static string Text(JsonElement parent, string name) => NonBlank(Field(parent, name, JsonValueKind.String), name);

    private static string NonBlank(JsonElement value, string name)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new EbinFormatException(name, "not valid Unicode");
        }

        return text.Length <= LongestText && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new EbinFormatException(name, $"blank, or longer than {LongestText} characters");
    }

    private static List<string> Texts(JsonElement parent, string name, int least)
    {
        var items = Field(parent, name, JsonValueKind.Array);
        CheckCount(items, name, least);
        var texts = new List<string>();
        foreach (var item in items.EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String
                ? NonBlank(item, name)
                : throw new EbinFormatException(name, $"expected strings, found {item.ValueKind}"));
        }

        return texts;
    }

    private static void CheckCount(JsonElement items, string name, int least)
    {
        if (items.GetArrayLength() < least || items.GetArrayLength() > MostItems)
        {
            throw new EbinFormatException(name, $"{least} to {MostItems} items expected, {items.GetArrayLength()} found");
        }
    }

    private static string ModuleId(JsonElement parent, string name)
    {
        string id = Text(parent, name);
        return ModuleSelector.IsModuleId(id) ? id : throw new EbinFormatException(name, "not a module id");
    }

    private static SemanticVersion Version(JsonElement parent, string name) =>
        SemanticVersion.TryParse(Text(parent, name), out var version)
            ? version
            : throw new EbinFormatException(name, "not a semantic version");

    private static string Hash(JsonElement parent, string name)
    {
        string hash = Text(parent, name);
        return hash.Length == 64 && hash.All(char.IsAsciiHexDigit)
            ? hash.ToLowerInvariant()
            : throw new EbinFormatException(name, "not 64 hex digits");
    }

    private static List<EbinDependency> Dependencies(JsonElement manifest)
    {
        var items = Field(manifest, "dependencies", JsonValueKind.Array);
        CheckCount(items, "dependencies", least: 0);
        var dependencies = new List<EbinDependency>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw new EbinFormatException("dependencies", $"expected objects, found {item.ValueKind}");
            }

            if (!item.TryGetProperty("required", out var required) || required.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                throw new EbinFormatException("required", "missing, or not a boolean");
            }

            dependencies.Add(new(ModuleId(item, "module_id"), Range(item, "abi_range"), required.GetBoolean()));
        }

        return dependencies;
    }

    private static VersionRange Range(JsonElement parent, string name) =>
        VersionRange.TryParse(Text(parent, name), out var range)
            ? range
            : throw new EbinFormatException(name, "not a version range");

    private static EbinSignature? Signature(JsonElement manifest)
    {
        if (!Has(manifest, "signature"))
        {
            return null;
        }

        var signature = Field(manifest, "signature", JsonValueKind.Object);
        return new(Text(signature, "algorithm"), Text(signature, "key_id"));
    }
}
