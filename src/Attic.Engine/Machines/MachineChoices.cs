using Attic.Abi.AtariXl;

namespace Attic.Engine.Machines;

/// <summary>What a user chooses of what a profile says; null for the profile's own. All but memory and seed is an XL's.</summary>
public sealed record MachineChoices
{
    /// <summary>Memory in KiB; an XL's 16, 48, 64, 128, 192, 256, 320, 576, 1088.</summary>
    public int? RamKilobytes { get; init; }

    /// <summary>Seeds all that is random.</summary>
    public uint? Seed { get; init; }

    /// <summary>How memory beyond 64 KiB is reached; where only the memory is chosen, what is usual for it.</summary>
    public XlMemoryExpansion? Expansion { get; init; }

    /// <summary>What memory holds when the power comes on.</summary>
    public XlPowerOnMemory? PowerOnMemory { get; init; }

    /// <summary>The kind of the drives.</summary>
    public XlDriveModel? Drives { get; init; }

    /// <summary>Whether calls of the operating system's SIO are carried out at once.</summary>
    public bool? FastSio { get; init; }

    /// <summary>Whether an NTSC machine's fine patterns give colours.</summary>
    public bool? Artifacts { get; init; }

    /// <summary>A profile's options with these in their place.</summary>
    public XlOptions Over(XlOptions profile) => profile with
    {
        Expansion = Expansion ?? (RamKilobytes is null ? profile.Expansion : XlMemoryExpansion.Usual),
        PowerOnMemory = PowerOnMemory ?? profile.PowerOnMemory,
        Drives = Drives ?? profile.Drives,
        FastSio = FastSio ?? profile.FastSio,
        Picture = Artifacts is { } artifacts ? profile.Picture with { Artifacts = artifacts } : profile.Picture,
    };
}
