namespace Attic.Cli.Bench;

/// <summary>What <c>attic bench --json</c> prints for one workload; names become snake_case.</summary>
internal sealed record BenchReport
{
    /// <summary>The machine's long name.</summary>
    public required string Machine { get; init; }

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>SHA-256 of the ROM image.</summary>
    public required string RomSha256 { get; init; }

    /// <summary><c>idle</c>, <c>busy</c> or <c>game</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>Pictures that were measured.</summary>
    public required long Frames { get; init; }

    /// <summary>Seconds that they took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Pictures per second.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Emulated seconds per second.</summary>
    public required double TimesRealTime { get; init; }

    /// <summary>Processor instructions (ticks) per second, in millions.</summary>
    public required double MillionTicksPerSecond { get; init; }

    /// <summary>Median microseconds to save the machine's state into memory.</summary>
    public required double StateSaveUs { get; init; }

    /// <summary>Median microseconds to load it.</summary>
    public required double StateLoadUs { get; init; }

    /// <summary>Bytes of a saved state.</summary>
    public required long StateBytes { get; init; }

    /// <summary>Managed bytes that the machine's thread allocated per picture.</summary>
    public required double AllocatedBytesPerFrame { get; init; }
}
