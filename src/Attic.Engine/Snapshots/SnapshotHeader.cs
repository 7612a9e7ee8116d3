namespace Attic.Engine.Snapshots;

/// <summary>What a snapshot says about itself (§15, <c>snapshot_schema_v1</c>).</summary>
public sealed record SnapshotHeader
{
    /// <summary>The version of the schema.</summary>
    public const uint CurrentSchema = 1;

    /// <summary>Its id.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>The version of the schema.</summary>
    public uint SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>A name for people, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The machine's id.</summary>
    public required string Machine { get; init; }

    /// <summary>The profile's id.</summary>
    public required string Profile { get; init; }

    /// <summary>State layout versions (R79).</summary>
    public required SnapshotAbi Abi { get; init; }

    /// <summary>SHA-256 over the whole state, 64 lower-case hex digits.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was made, R-clock.</summary>
    public required long CreatedAtUs { get; init; }

    /// <summary>The byte order of the blocks.</summary>
    public string Endianness { get; init; } = "little";

    /// <summary>The profile's scheduler.</summary>
    public required SnapshotScheduler Scheduler { get; init; }

    /// <summary>What was in the machine.</summary>
    public required MediaBindings MediaBindings { get; init; }

    /// <summary>What the streams' readers had asked for (R33); null when not stored.</summary>
    public IReadOnlyList<string>? StreamState { get; init; }
}

/// <summary>State layout versions: the engine's and each module's.</summary>
public sealed record SnapshotAbi(string Engine, IReadOnlyDictionary<string, string> Modules);

/// <summary>The profile's scheduler.</summary>
public sealed record SnapshotScheduler(long TickHz, IReadOnlyList<string> StepOrder);

/// <summary>The media of a snapshot, by catalog id.</summary>
/// <param name="RomId">The operating system.</param>
/// <param name="DiskIds">Drives A and B; null for an empty one.</param>
/// <param name="DiskHashes">The content of the disks when the snapshot was made.</param>
/// <param name="CartridgeId">The cartridge, or null.</param>
/// <param name="CassetteId">The tape, or null.</param>
public sealed record MediaBindings(string RomId, IReadOnlyList<string?> DiskIds, IReadOnlyList<string?> DiskHashes, string? CartridgeId, string? CassetteId = null);
