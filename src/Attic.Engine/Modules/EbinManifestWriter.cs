using System.Text.Json;

namespace Attic.Engine.Modules;

/// <summary>Writes a manifest as JSON: same manifest, same bytes.</summary>
internal static class EbinManifestWriter
{
    /// <summary>The manifest as UTF-8 JSON.</summary>
    public static byte[] Write(EbinManifest manifest)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("module_id", manifest.ModuleId);
            json.WriteString("module_type", manifest.ModuleType);
            WriteTexts(json, "roles", manifest.Roles);
            WriteTexts(json, "machine_targets", manifest.MachineTargets);
            if (manifest.Version is not null)
            {
                json.WriteString("version", manifest.Version.ToString());
            }

            json.WriteString("abi_version", manifest.AbiVersion.ToString());
            json.WriteString("api_contract_version", manifest.ApiContractVersion);
            WriteTexts(json, "exports", manifest.Exports);
            WriteDependencies(json, manifest.Dependencies);
            json.WriteString("build_fingerprint", manifest.BuildFingerprint);
            json.WriteString("payload_sha256", manifest.PayloadSha256);
            WriteSignature(json, manifest.Signature);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteDependencies(Utf8JsonWriter json, IReadOnlyList<EbinDependency> dependencies)
    {
        json.WriteStartArray("dependencies");
        foreach (var dependency in dependencies)
        {
            json.WriteStartObject();
            json.WriteString("module_id", dependency.ModuleId);
            json.WriteString("abi_range", dependency.AbiRange.ToString());
            json.WriteBoolean("required", dependency.Required);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSignature(Utf8JsonWriter json, EbinSignature? signature)
    {
        if (signature is null)
        {
            return;
        }

        json.WriteStartObject("signature");
        json.WriteString("algorithm", signature.Algorithm);
        json.WriteString("key_id", signature.KeyId);
        json.WriteEndObject();
    }
}
