using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Cpu;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.Wires;

namespace Attic.Abi.Modules;

/// <summary>The version of this interface that modules are built against (the contract's host matrix: 1.0.x).</summary>
public static class AbiVersion
{
    /// <summary>Semantic version of the ABI.</summary>
    public const string Current = "1.0.0";

    /// <summary>Version of the state layouts as a whole (R79); rises only when a layout changes.</summary>
    public const string StateLayout = "1.0.0";
}

/// <summary>What a module's exported factory type implements besides one of the factories below.</summary>
public interface IModule
{
    /// <summary>Version of the state layouts of this module's chips (R79), semantic.</summary>
    string StateLayoutVersion { get; }
}

/// <summary>A module of type <c>cpu</c> with a 68000.</summary>
public interface IM68kCpuModule : IModule, IM68kCpuFactory;

/// <summary>A module of type <c>cpu</c> with a 6502.</summary>
public interface IMos6502CpuModule : IModule, IMos6502CpuFactory;

/// <summary>A module of type <c>video</c>, <c>io</c>, <c>storage</c> or <c>audio</c>.</summary>
public interface IChipModule : IModule
{
    /// <summary>Makes the module's chips and connects them to wires and deadline slots by name.</summary>
    IReadOnlyList<IChip> CreateChips(ChipContext context);
}

/// <summary>A module of type <c>machine_profile</c>: the board that chips and processor are plugged into.</summary>
public interface IMachineModule : IModule
{
    /// <summary>Builds a machine, powered on.</summary>
    /// <param name="configuration">What to build.</param>
    /// <param name="modules">The modules by their component key of the profile (cpu, video, io, storage, audio).</param>
    /// <exception cref="ArgumentException">A module is missing, of the wrong kind, or the configuration is impossible; the message says which.</exception>
    IMachine Create(MachineConfiguration configuration, IReadOnlyDictionary<string, IModule> modules);
}

/// <summary>What a board offers its chips.</summary>
/// <param name="Configuration">What is being built; the master clock is set.</param>
/// <param name="Deadlines">The slots, one per chip name.</param>
/// <param name="Wiring">Wires and ports by name.</param>
/// <param name="Memory">Main memory for DMA.</param>
/// <param name="Ram">Main memory's bytes, for a video chip that fetches from it; big-endian words on the ST.</param>
/// <param name="Audio">Where sound goes.</param>
public record ChipContext(
    MachineConfiguration Configuration,
    DeadlineSlots Deadlines,
    Wiring Wiring,
    IDmaMemory Memory,
    byte[] Ram,
    AudioBuffer Audio);
