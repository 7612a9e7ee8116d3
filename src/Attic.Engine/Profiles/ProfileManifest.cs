using Attic.Abi.AtariXl;
using Attic.Abi.Machines;

namespace Attic.Engine.Profiles;

/// <summary>A machine profile (contract §5.1, <c>profile_manifest_schema_v1</c>).</summary>
public sealed record ProfileManifest
{
    /// <summary>The name of the schema, as errors give it.</summary>
    public const string Schema = "profile_manifest_schema_v1";

    /// <summary>Version of the manifest's format.</summary>
    public required uint ManifestVersion { get; init; }

    /// <summary>The machine's id: <c>atari_st</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>The profile's id, as it was asked for.</summary>
    public required string Profile { get; init; }

    /// <summary>The profile that an alias stands for; else the profile's own id.</summary>
    public required string NormalizedProfile { get; init; }

    /// <summary>PAL or NTSC.</summary>
    public required VideoRegion Region { get; init; }

    /// <summary>Main memory in KiB.</summary>
    public required int RamKilobytes { get; init; }

    /// <summary>The monitor on the cable; colour unless stated.</summary>
    public MonitorKind Monitor { get; init; }

    /// <summary>What only an XL has.</summary>
    public XlOptions Xl { get; init; } = XlOptions.Default;

    /// <summary>Seeds everything that is random in a real machine; 0 unless stated.</summary>
    public uint Seed { get; init; }

    /// <summary>Selectors by component key, <c>module_id@range</c>, in the order of the file.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Modules { get; init; }

    /// <summary>The base clock rate that the API shows as <c>scheduler_hz</c>, in Hz.</summary>
    public required long TickHz { get; init; }

    /// <summary>Component keys in the order in which they catch up at a tick's boundary.</summary>
    public required IReadOnlyList<string> StepOrder { get; init; }

    /// <summary>Where it was read, <c>/sdcard/config/engine_v2/machines/…</c>.</summary>
    public required string Path { get; init; }
}
