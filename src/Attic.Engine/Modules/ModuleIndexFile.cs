using System.Text.Json;
using Attic.Engine.Card;

namespace Attic.Engine.Modules;

/// <summary>Writes <c>/sdcard/ebins/index.json</c>: what the last scan found, for readers of the card.</summary>
internal static class ModuleIndexFile
{
    private const string IndexPath = CardRoots.Ebins + "/index.json";

    /// <summary>Writes the index if it says something new.</summary>
    public static void Write(CardRoot card, IReadOnlyList<ModuleEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema_version", 1);
            json.WriteStartArray("modules");
            foreach (var entry in entries)
            {
                WriteEntry(json, entry);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        string path = card.HostOf(IndexPath);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))
        {
            StagedFile.Write(path, bytes.ToArray());
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, ModuleEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("module_id", entry.Manifest.ModuleId);
        json.WriteString("version", entry.Version.ToString());
        json.WriteString("module_type", entry.Manifest.ModuleType);
        json.WriteString("component", entry.Component);
        json.WriteStartArray("machine_tags");
        foreach (string machine in entry.Manifest.MachineTargets)
        {
            json.WriteStringValue(machine);
        }

        json.WriteEndArray();
        json.WriteString("abi_version", entry.Manifest.AbiVersion.ToString());
        json.WriteString("integrity_status", entry.Integrity);
        json.WriteString("sha256", entry.Sha256);
        json.WriteString("path", entry.File.Virtual);
        json.WriteEndObject();
    }
}
