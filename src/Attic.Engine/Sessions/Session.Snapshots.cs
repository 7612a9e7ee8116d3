using Attic.Abi.Modules;
using Attic.Abi.State;
using Attic.Engine.Errors;
using Attic.Engine.Snapshots;

namespace Attic.Engine.Sessions;

/// <summary>The reply of <c>engine/state/save</c>.</summary>
public sealed record SaveResult(
    string SnapshotId,
    uint SchemaVersion,
    string Profile,
    SnapshotAbi Abi,
    string Hash,
    long SavedAtUs,
    string? Name,
    long CreatedAtUs,
    SavePersistence Persistence,
    IReadOnlyDictionary<string, string> SerializerChecks,
    string SerializerFingerprint);

/// <summary>How a snapshot was written.</summary>
public sealed record SavePersistence(string Strategy = "staging_rename", bool Atomic = true);

/// <summary>The reply of <c>engine/state/restore</c>.</summary>
public sealed record RestoreResult(
    string SnapshotId, string State, long RestoredAtUs, IReadOnlyList<EvaluatedRule> EvaluatedRules, IReadOnlyList<string> Warnings);

/// <summary>The reply of <c>engine/session/suspend-save</c>.</summary>
public sealed record SuspendResult(string State, string SnapshotId, long SavedAtUs, string LifecycleTransition, bool AutoResumed);

/// <summary>The reply of <c>engine/session/restore-resume</c>.</summary>
public sealed record RestoreResumeResult(string SnapshotId, string State, long RestoredAtUs, string LifecycleTransition, IReadOnlyList<string> Warnings);

/// <content>Saves and restores (§5.4, §15).</content>
public sealed partial class Session
{
    private static readonly Dictionary<string, string> s_serializerChecks = new(StringComparer.Ordinal)
    {
        ["SER-ORD-01"] = "pass",
        ["SER-ORD-02"] = "pass",
        ["SER-VAL-01"] = "pass",
        ["PERSIST-ATOMIC-01"] = "pass",
        ["PERSIST-ATOMIC-02"] = "pass",
        ["PERSIST-WRITE-01"] = "pass",
        ["PERSIST-WRITE-02"] = "pass",
    };

    private SnapshotStore Snapshots => new(_resources.HostFolder(SnapshotStore.VirtualFolder));

    /// <summary>Saves the state to a file; the machine stands only while its state is copied.</summary>
    /// <exception cref="EngineException"><c>SNAPSHOT_SAVE_FAILED</c>, <c>INVALID_SESSION_STATE</c>.</exception>
    public async Task<SaveResult> SaveStateAsync(string? name, IReadOnlyList<string> tags, string endpoint)
    {
        var snapshot = await Control(LifecycleGuard.State.For("state_save"), endpoint, () => Take(name, tags, withStreams: false));
        snapshot = Hashed(snapshot);
        try
        {
            Snapshots.Save(snapshot);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                ErrorCode.SnapshotSaveFailed, $"The snapshot could not be written: {failure.GetType().Name}.",
                ErrorDetails.Of(("stage", "persist")), inner: failure);
        }

        var header = snapshot.Header;
        return new(
            header.SnapshotId, header.SchemaVersion, header.Profile, header.Abi, header.Hash, RuntimeClock.NowUs, header.Name,
            header.CreatedAtUs, new SavePersistence(), s_serializerChecks, Fingerprint(snapshot));
    }

    /// <summary>Holds a snapshot against the session, without touching it.</summary>
    /// <exception cref="EngineException"><c>SNAPSHOT_NOT_FOUND</c>.</exception>
    public RestoreVerdict Validate(string snapshotId) => RestoreRules.Evaluate(Snapshots.Load(snapshotId).Header, Profile, LoadedModules);

    /// <summary>Restores a snapshot; the machine is in the old state if that fails.</summary>
    /// <exception cref="EngineException">
    /// <c>SNAPSHOT_NOT_FOUND</c>, <c>SNAPSHOT_INCOMPATIBLE</c>, <c>SNAPSHOT_RESTORE_FAILED</c>, <c>INVALID_SESSION_STATE</c>.
    /// </exception>
    public async Task<RestoreResult> RestoreStateAsync(string snapshotId, bool toRunning, string endpoint)
    {
        var (verdict, warnings) = await RestoreAsync(LifecycleGuard.State.For("state_restore"), snapshotId, toRunning, endpoint);
        return new(snapshotId, _state.ApiName(), LastTransitionAtUs, verdict.Rules, warnings);
    }

    /// <summary>Saves and stands still (<c>suspend-save</c>): the file is durable before the state changes.</summary>
    /// <exception cref="EngineException"><c>INVALID_SESSION_STATE</c>; <c>INTERNAL_ERROR</c> when it can't be saved (R12).</exception>
    public async Task<SuspendResult> SuspendSaveAsync(string? name, bool autoResume, bool withStreams, string endpoint)
    {
        var result = await Control(LifecycleGuard.Suspend, endpoint, () =>
        {
            var snapshot = Hashed(Take(name, [], withStreams));
            try
            {
                Snapshots.Save(snapshot);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new EngineException(
                    ErrorCode.InternalError, $"The snapshot could not be written: {failure.GetType().Name}.",
                    ErrorDetails.Of(("cause_code", ErrorCode.SnapshotSaveFailed.Code), ("stage", "persist")), inner: failure);
            }

            Input.ReleaseAll("suspended");
            EnterState(LifecycleState.Suspended);
            return new SuspendResult(
                LifecycleState.Suspended.ApiName(), snapshot.Header.SnapshotId, LastTransitionAtUs, "running->suspended", autoResume);
        });
        if (autoResume)
        {
            await ResumeAsync(toRunning: true, endpoint);
        }

        return result;
    }

    /// <summary>Restores from suspended and goes on.</summary>
    /// <exception cref="EngineException"><c>ENGINE_NOT_SUSPENDED</c> and the codes of a restore.</exception>
    public async Task<RestoreResumeResult> RestoreResumeAsync(string snapshotId, bool toRunning, string endpoint)
    {
        var (_, warnings) = await RestoreAsync(LifecycleGuard.RestoreResume, snapshotId, toRunning, endpoint);
        string state = _state.ApiName();
        return new(snapshotId, state, LastTransitionAtUs, $"suspended->{state}", warnings);
    }

    private async Task<(RestoreVerdict Verdict, IReadOnlyList<string> Warnings)> RestoreAsync(
        LifecycleGuard guard, string snapshotId, bool toRunning, string endpoint)
    {
        using var turn = await Media.EnterAsync();
        await Control(guard, endpoint, () => true);
        var snapshot = Snapshots.Load(snapshotId);
        var verdict = RestoreRules.Evaluate(snapshot.Header, Profile, LoadedModules);
        verdict.Demand(ReferenceEquals(guard, LifecycleGuard.RestoreResume) ? guard.Id : null);
        await RestoreRomAsync(snapshot.Header.MediaBindings.RomId, guard, endpoint);
        var closing = new List<IDisposable>();
        var warnings = await Control(guard, endpoint, () =>
        {
            var changed = Restore(snapshot, closing);
            EnterState(toRunning ? LifecycleState.Running : LifecycleState.Paused);
            return changed;
        });
        closing.ForEach(disk => disk.Dispose());
        return (verdict, warnings);
    }

    // A state belongs to the operating system that it was made with.
    private async Task RestoreRomAsync(string romId, LifecycleGuard guard, string endpoint)
    {
        if (!string.Equals(romId, Media.Rom?.Id, StringComparison.Ordinal))
        {
            var medium = _resources.Resolve(MediaBinding.Rom, romId, "rom_id", Machine);
            await RebuildAsync(_resources.Read(medium), medium, endpoint, guard);
        }
    }

    private List<string> Restore(Snapshot snapshot, List<IDisposable> closing)
    {
        var host = Host;
        long stamp = host.StampUs;
        Input.ReleaseAll("restore");
        string?[] disksBefore = [.. Enumerable.Range(0, Media.Drives).Select(drive => Media.DiskIn(drive)?.Id)];
        string? tapeBefore = Media.Cassette?.Id;
        string? cartridgeBefore = Media.Cartridge?.Id;
        var before = new StateSaver();
        before.Save(host.Machine);
        try
        {
            closing.AddRange(Media.Bind(snapshot.Header.MediaBindings.DiskIds, snapshot.Header.MediaBindings.CartridgeId, snapshot.Header.MediaBindings.CassetteId));
            NamedStateLoader.Load(host.Machine, snapshot.Blocks);
        }
        catch (Exception failure)
        {
            closing.AddRange(Media.Bind(disksBefore, cartridgeBefore, tapeBefore));
            new StateLoader().Load(host.Machine, before.Saved);
            throw Refused(snapshot, failure);
        }

        host.BeginTimeline(stamp);
        host.ShowFrame();
        return Media.ChangedSince(snapshot.Header.MediaBindings);
    }

    private static EngineException Refused(Snapshot snapshot, Exception failure)
    {
        if (failure is SnapshotMismatchException mismatch)
        {
            return new(
                ErrorCode.SnapshotIncompatible, $"The snapshot does not fit the machine: {mismatch.Message}",
                ErrorDetails.Of(("rule_id", "SER-VAL-01"), ("guard_id", "SER-VAL-01"), ("source_value", mismatch.Message), ("runtime_value", null)),
                inner: mismatch);
        }

        return new(
            ErrorCode.SnapshotRestoreFailed, $"The snapshot {snapshot.Header.SnapshotId} could not be restored: {failure.Message}",
            ErrorDetails.Of(("snapshot_id", snapshot.Header.SnapshotId), ("stage", failure is EngineException ? "media" : "apply")), inner: failure);
    }

    private Snapshot Take(string? name, IReadOnlyList<string> tags, bool withStreams)
    {
        var blocks = SavedState.Of(Host.Machine);
        var header = new SnapshotHeader
        {
            SnapshotId = Identifiers.New("snap_"),
            Name = name,
            Tags = tags,
            Machine = Machine,
            Profile = Profile,
            Abi = new(
                AbiVersion.StateLayout,
                LoadedModules.DistinctBy(module => module.ModuleId, StringComparer.Ordinal)
                    .ToDictionary(module => module.ModuleId, module => module.StateLayoutVersion, StringComparer.Ordinal)),
            Hash = "",
            CreatedAtUs = RuntimeClock.NowUs,
            Scheduler = new(_plan.TickHz, _plan.StepOrder),
            MediaBindings = Media.Bindings(),
            StreamState = withStreams ? [.. Streams.Connections.Select(each => $"{each.Kind}: {each.Settings}")] : null,
        };
        return new(header, blocks);
    }

    private static Snapshot Hashed(Snapshot snapshot) =>
        snapshot with { Header = snapshot.Header with { Hash = SavedState.HashOf(snapshot.Blocks) } };

    // Names and types of all that is saved: equal fingerprints mean files that load whole.
    private static string Fingerprint(Snapshot snapshot) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(string.Join('\n', snapshot.Blocks.Select(block =>
            $"{block.Path}:{block.Layout.Name}:{string.Join(',', block.Layout.Fields.Select(field => $"{field.Name}:{field.Type}*{field.Count}@{field.Offset}"))}")))));
}
