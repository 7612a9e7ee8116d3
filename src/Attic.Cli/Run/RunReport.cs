using System.Text.Json.Serialization;

namespace Attic.Cli.Run;

/// <summary>What <c>attic run --json</c> prints; names become snake_case.</summary>
internal sealed record RunReport
{
    /// <summary>The machine's long name.</summary>
    public required string Machine { get; init; }

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>SHA-256 of the ROM image.</summary>
    public required string RomSha256 { get; init; }

    /// <summary>Pictures that were run.</summary>
    public required long Frames { get; init; }

    /// <summary>Seconds that passed for the machine.</summary>
    public required double EmulatedSeconds { get; init; }

    /// <summary>Seconds that passed for the user.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>SHA-256 of all machine state at the end.</summary>
    public required string StateHash { get; init; }

    /// <summary>SHA-256 of the last picture, borders included.</summary>
    public required string FrameHash { get; init; }

    /// <summary>What the screen shows; null when the machine cannot tell.</summary>
    public required string? ScreenText { get; init; }

    /// <summary>The word for the end.</summary>
    public required StopReason StoppedBy { get; init; }

    /// <summary>The step that a timeout or Ctrl-C cut short.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UnfinishedStep { get; init; }
}
