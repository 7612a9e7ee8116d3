using Attic.Abi.AtariXl;

namespace Attic.Engine.Machines;

/// <summary>What a caller may choose about a machine besides its profile.</summary>
public sealed record MachineOptions
{
    /// <summary>Sound samples per second, 8000 to 192000.</summary>
    public int SampleRate { get; init; } = 48_000;

    /// <summary>What only an XL has; null for what the profile says.</summary>
    public XlOptions? Xl { get; init; }

    /// <summary>Replaces the profile's memory, in KiB.</summary>
    public int? RamKilobytes { get; init; }

    /// <summary>Replaces the profile's seed.</summary>
    public uint? Seed { get; init; }

    /// <summary>The date and time of the machine's own clocks at power-on; null for the same moment at every start.</summary>
    public DateTime? StartTime { get; init; }
}
