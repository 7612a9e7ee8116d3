using Attic.Cli.Verbs;
using Attic.Abi.Media;
using Attic.Engine.Machines;

namespace Attic.Cli.Machines;

/// <summary>The machine that a headless verb works with.</summary>
internal sealed record MachineRequest
{
    /// <summary>The machine's long name, <c>atari_st</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>The profile; null for the machine's usual one.</summary>
    public string? Profile { get; init; }

    /// <summary>File of the operating system; null for the profile's own.</summary>
    public string? Rom { get; init; }

    /// <summary>An XL's BASIC: <c>on</c>, <c>off</c>, the path of its image, or null for on.</summary>
    public string? Basic { get; init; }

    /// <summary>What replaces the profile's choices: memory, seed, drives.</summary>
    public MachineChoices Choices { get; init; } = new();

    /// <summary>Disks to put in.</summary>
    public IReadOnlyList<DiskArgument> Disks { get; init; } = [];

    /// <summary>File of a cartridge, or null.</summary>
    public string? Cartridge { get; init; }

    /// <summary>File of a second cartridge, for the slot in a SpartaDOS X cartridge; or null.</summary>
    public string? SecondCartridge { get; init; }

    /// <summary>An XL's: the CAR type of a raw cartridge, or null.</summary>
    public int? CartridgeType { get; init; }

    /// <summary>File of a cassette, or null.</summary>
    public string? Cassette { get; init; }

    /// <summary>Whether START is held at power-on, so that the OS boots from cassette.</summary>
    public bool BootFromCassette { get; init; }

    /// <summary>Whether RECORD is pressed, behind what is on the cassette; else PLAY, from its beginning.</summary>
    public bool RecordTape { get; init; }

    /// <summary>File that the printer appends to, or null for none.</summary>
    public string? Printer { get; init; }

    /// <summary>The storage of a FujiNet at an XL's serial bus; null for no FujiNet.</summary>
    public string? FujiNet { get; init; }

    /// <summary>Where an XL waits for a FujiNet that calls by NetSIO, empty for the usual place; null for none.</summary>
    public string? NetSio { get; init; }

    /// <summary>Where the FujiNet's printer prints; null as its configuration says.</summary>
    public string? FujiNetPrinter { get; init; }

    /// <summary>The card's folder; null for the user's own.</summary>
    public string? Card { get; init; }

    /// <summary>Disks to put in that lie in memory only.</summary>
    public IReadOnlyList<MemoryDisk> MemoryDisks { get; init; } = [];

    /// <summary>Whether what the machine writes onto disks goes into their files.</summary>
    public bool KeepDiskChanges { get; init; } = true;
}

/// <summary>A disk without a file.</summary>
/// <param name="Drive">0 is A, or D1.</param>
/// <param name="Medium">The disk.</param>
internal sealed record MemoryDisk(int Drive, IFloppyMedium Medium);
