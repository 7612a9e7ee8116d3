using Attic.Engine.Modules;
using Attic.Engine.Streams;

namespace Attic.Engine.Sessions;

/// <summary>What went wrong last.</summary>
/// <param name="Code">A code of the catalogue.</param>
/// <param name="Message">What happened.</param>
/// <param name="AtUs">When, R-clock.</param>
public sealed record SessionError(string Code, string Message, long AtUs);

/// <summary>A session's counters and clocks at one moment of its machine.</summary>
public sealed record SessionMoment(
    long TickCounter,
    long CycleCounter,
    long MasterCycles,
    long SnapshotAtUs,
    long TimestampOriginUs,
    long TimestampLastEmittedUs,
    long TimestampRegressions,
    uint TimelineEpoch,
    string RunMode);

/// <summary>The data of <c>engine/status</c> (§5.2).</summary>
public sealed record SessionStatus(
    string SessionId,
    string Machine,
    string Profile,
    string LifecycleState,
    string RunMode,
    long SnapshotAtUs,
    long UptimeMs,
    long CycleCounter,
    long TickCounter,
    uint TimelineEpoch,
    IReadOnlyList<LoadedModule> LoadedModules,
    RuntimeStatus Runtime,
    MountedMedia Media);

/// <summary>The catalog ids of what is in the machine, null for what is not; <c>[X]</c>, so that a client that comes later knows.</summary>
/// <param name="RomId">The operating system.</param>
/// <param name="DiskIds">One for each drive, A first.</param>
/// <param name="DiskProtected">For each drive whether its disk is write-protected.</param>
/// <param name="CartridgeId">The cartridge.</param>
/// <param name="CassetteId">The tape.</param>
public sealed record MountedMedia(string? RomId, IReadOnlyList<string?> DiskIds, IReadOnlyList<bool> DiskProtected, string? CartridgeId, string? CassetteId = null);

/// <summary>The part of a status that is about the engine rather than the machine.</summary>
public sealed record RuntimeStatus(
    long SchedulerHz,
    IReadOnlyDictionary<string, StreamPresence> StreamHealth,
    long LastTransitionAtUs,
    SessionError? LastError,
    long TimestampOriginUs,
    long TimestampLastEmittedUs,
    long TimestampRegressions,
    long MasterCycles);

/// <summary>Who reads a stream, and what was lost.</summary>
public sealed record StreamPresence(int ConnectedClients, long DroppedPackets)
{
    /// <summary>The present figures of a stream.</summary>
    public static StreamPresence Of(SessionStreams streams, StreamKind kind) =>
        new(streams.ConnectionsOf(kind), streams.HealthOf(kind).DroppedEvents);
}
