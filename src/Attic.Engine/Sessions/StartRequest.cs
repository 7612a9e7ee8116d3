using Attic.Engine.Machines;

namespace Attic.Engine.Sessions;

/// <summary>What a session is to be made of (§5.1); types checked, nothing resolved.</summary>
public sealed record StartRequest
{
    /// <summary>The machine's id, <c>atari_st</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>The profile's id, <c>st_1040_pal</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>Catalog id of the operating system.</summary>
    public required string RomId { get; init; }

    /// <summary>Catalog id that overrides <see cref="RomId"/> (R28), or null.</summary>
    public string? TosId { get; init; }

    /// <summary>Disks for A and B (R26), an XL's for D1 to D8.</summary>
    public IReadOnlyList<string> DiskIds { get; init; } = [];

    /// <summary>Catalog id of a cartridge, or null.</summary>
    public string? CartridgeId { get; init; }

    /// <summary>Catalog id of a tape, or null.</summary>
    public string? CassetteId { get; init; }

    /// <summary>An XL's: whether START is held at power-on, so that the operating system boots from the tape.</summary>
    public bool BootsCassette { get; init; }

    /// <summary>Whether the machine stands at its first instruction until it is stepped.</summary>
    public bool SingleStep { get; init; }

    /// <summary>What replaces the profile's choices.</summary>
    public MachineChoices Choices { get; init; } = new();

    /// <summary>An XL's: whether it starts with BASIC; null for the profile's way, which is with.</summary>
    public bool? Basic { get; init; }

    /// <summary>Modules by component instead of the profile's: <c>module_id@version</c>.</summary>
    public IReadOnlyDictionary<string, string> ModuleOverrides { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which streams a session offers without being asked.</summary>
    public StreamDefaults Streams { get; init; } = new();

    /// <summary>How input starts out.</summary>
    public InputDefaults Input { get; init; } = new();
}

/// <summary>Which streams are on from the start; a stream that is off starts out paused.</summary>
/// <param name="Video">Pictures.</param>
/// <param name="Audio">Sound.</param>
/// <param name="InputStream">Translated input.</param>
/// <param name="InspectRegisters">Registers.</param>
/// <param name="InspectBus">Bus cycles.</param>
/// <param name="InspectMemory">Memory accesses.</param>
public sealed record StreamDefaults(
    bool Video = true,
    bool Audio = true,
    bool InputStream = true,
    bool InspectRegisters = false,
    bool InspectBus = false,
    bool InspectMemory = false);

/// <summary>How a session's input starts out.</summary>
public sealed record InputDefaults
{
    /// <summary>Whether input is enabled.</summary>
    public bool InputEnabled { get; init; } = true;

    /// <summary><c>mouse_over</c> or <c>click_to_capture</c>.</summary>
    public string CaptureMode { get; init; } = "click_to_capture";

    /// <summary>The keys that let go of a captured mouse.</summary>
    public EscapeRelease EscapeRelease { get; init; } = new();
}

/// <summary>The keys that let go of a captured mouse.</summary>
public sealed record EscapeRelease
{
    /// <summary>Whether the sequence is looked for.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>DOM key codes, pressed one after another.</summary>
    public IReadOnlyList<string> Sequence { get; init; } = ["Escape", "Escape"];

    /// <summary>From the first to the last key, in milliseconds.</summary>
    public uint TimeoutMs { get; init; } = 600;
}
