using Attic.Abi.AtariXl;
using Attic.Abi.Time;

namespace Attic.Abi.Machines;

/// <summary>Where a machine was sold: decides crystal and video timing.</summary>
public enum VideoRegion
{
    /// <summary>50 Hz.</summary>
    Pal,

    /// <summary>60 Hz.</summary>
    Ntsc,
}

/// <summary>The monitor on the cable.</summary>
public enum MonitorKind
{
    /// <summary>Colour or television.</summary>
    Colour,

    /// <summary>The ST's monochrome monitor, 71 Hz.</summary>
    Monochrome,
}

/// <summary>Everything that decides how a machine is built and starts; equal configurations make equal machines.</summary>
public sealed record MachineConfiguration
{
    /// <summary>The machine's id: <c>atari_st</c>, <c>atari_xl</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>The profile's id: <c>st_1040_pal</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>PAL or NTSC.</summary>
    public required VideoRegion Region { get; init; }

    /// <summary>Main memory in KiB.</summary>
    public required int RamKilobytes { get; init; }

    /// <summary>The operating system's image; never changed.</summary>
    public required ReadOnlyMemory<byte> Rom { get; init; }

    /// <summary>The monitor.</summary>
    public MonitorKind Monitor { get; init; }

    /// <summary>What only an XL has.</summary>
    public XlOptions Xl { get; init; } = XlOptions.Default;

    /// <summary>Sound samples per second, 8000 to 192000.</summary>
    public int SampleRate { get; init; } = 48_000;

    /// <summary>Seeds everything that is random in a real machine: power-on RAM, the phase of a disk.</summary>
    public uint Seed { get; init; }

    /// <summary>The date and time of the machine's own clocks at power-on; no time zone.</summary>
    public DateTime StartTime { get; init; } = new(1985, 6, 1, 12, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The oscillator's exact rate; set by the machine module for its chips.</summary>
    public ClockRate MasterClock { get; init; }
}
