using Attic.Engine.Debug;
using Attic.Abi.State;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Engine.Snapshots;
using Attic.Engine.Tests.Toy;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Engine.Tests.Snapshots;

public class SnapshotTests
{
    [Fact]
    public async Task A_restored_machine_goes_on_as_if_it_had_never_stopped()
    {
        await using var engine = new ToyEngine();
        var session = await SingleStepAsync(engine);
        await session.StepAsync(1000, StepUnit.Tick, null, "step");
        var saved = await session.SaveStateAsync("before", ["test"], "save");
        await session.StepAsync(500, StepUnit.Tick, null, "step");
        string straight = await session.Ask(() => StateHasher.Hash(engine.Machine));
        var restored = await session.RestoreStateAsync(saved.SnapshotId, toRunning: true, "restore");
        Assert.Equal("running", restored.State);
        Assert.Equal(saved.Hash, await session.Ask(() => StateHasher.Hash(engine.Machine)));
        await session.StepAsync(500, StepUnit.Tick, null, "step");
        Assert.Equal(straight, await session.Ask(() => StateHasher.Hash(engine.Machine)));
    }

    [Fact]
    public async Task A_restore_begins_a_timeline_and_emulated_time_does_not_go_back()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        var saved = await session.SaveStateAsync(null, [], "save");
        await session.ResumeAsync(toRunning: true, "resume");
        await session.PauseAsync("pause");
        var before = await session.MomentAsync();
        var restored = await session.RestoreStateAsync(saved.SnapshotId, toRunning: false, "restore");
        var after = await session.MomentAsync();
        Assert.Equal(restored.RestoredAtUs, session.LastTransitionAtUs);
        Assert.Equal(before.TimelineEpoch + 1, after.TimelineEpoch);
        Assert.True(after.SnapshotAtUs >= before.SnapshotAtUs);
        Assert.True(after.TickCounter <= before.TickCounter);
    }

    [Fact]
    public async Task A_snapshot_brings_its_disks_back()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync(ToyResources.Disk);
        var saved = await session.SaveStateAsync(null, [], "save");
        await session.Media.AttachDiskAsync(0, ToyResources.OtherDisk, null, "req", "attach");
        await session.RestoreStateAsync(saved.SnapshotId, toRunning: false, "restore");
        Assert.Equal(ToyResources.Disk, session.Media.DiskIn(0)!.Id);
        Assert.Equal("disk.one.st", engine.Machine.DiskIn(0)!.Name);
    }

    [Fact]
    public async Task Suspending_is_durable_before_the_state_changes_and_restores_from_the_file()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartAsync();
        var suspended = await session.SuspendSaveAsync("lunch", autoResume: false, withStreams: true, "suspend");
        Assert.Equal(("suspended", "running->suspended"), (suspended.State, suspended.LifecycleTransition));
        Assert.Equal(suspended.SavedAtUs, (await session.StatusAsync()).Runtime.LastTransitionAtUs);
        var restored = await session.RestoreResumeAsync(suspended.SnapshotId, toRunning: false, "restore");
        Assert.Equal(("paused", "suspended->paused"), (restored.State, restored.LifecycleTransition));
        var refused = await Assert.ThrowsAsync<EngineException>(() => session.RestoreResumeAsync(suspended.SnapshotId, toRunning: true, "restore"));
        Assert.Equal(ErrorCode.EngineNotSuspended, refused.Code);
    }

    [Fact]
    public async Task A_suspended_session_resumes_from_memory()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartAsync();
        await session.SuspendSaveAsync(null, autoResume: false, withStreams: true, "suspend");
        Assert.Equal("running", (await session.ResumeAsync(toRunning: true, "resume")).State);
        Assert.True((await session.SuspendSaveAsync(null, autoResume: true, withStreams: true, "suspend")).AutoResumed);
        Assert.Equal(LifecycleState.Running, session.State);
    }

    [Fact]
    public async Task A_damaged_or_foreign_snapshot_is_refused_and_the_machine_goes_on()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        var saved = await session.SaveStateAsync(null, [], "save");
        string path = Path.Combine(engine.Resources.HostFolder(SnapshotStore.VirtualFolder), saved.SnapshotId + ".snap");
        string hash = await session.Ask(() => StateHasher.Hash(engine.Machine));
        var good = SnapshotFile.Read(File.ReadAllBytes(path));

        byte[] torn = File.ReadAllBytes(path)[..^20];
        File.WriteAllBytes(path, torn);
        Assert.Equal(ErrorCode.SnapshotRestoreFailed, (await Refused(session, saved.SnapshotId)).Code);

        new SnapshotStore(Path.GetDirectoryName(path)!).Save(good with { Header = good.Header with { Profile = "st_520_pal" } });
        var profile = await Refused(session, saved.SnapshotId);
        Assert.Equal((ErrorCode.SnapshotIncompatible, "RCOMP-02"), (profile.Code, profile.Details["rule_id"]));

        var lacking = good.Blocks.Where(block => block.Path != "ram").ToList();
        new SnapshotStore(Path.GetDirectoryName(path)!).Save(new(good.Header with { Hash = SavedState.HashOf(lacking) }, lacking));
        Assert.Equal(ErrorCode.SnapshotIncompatible, (await Refused(session, saved.SnapshotId)).Code);

        Assert.Equal(ErrorCode.SnapshotNotFound, (await Refused(session, "snap_none")).Code);
        Assert.Equal(ErrorCode.SnapshotNotFound, (await Refused(session, "snap_/../../etc")).Code);
        Assert.Equal(hash, await session.Ask(() => StateHasher.Hash(engine.Machine)));
    }

    [Fact]
    public void A_field_that_moved_is_found_by_its_name_and_a_lost_one_is_named()
    {
        var machine = new ToyMachine(new byte[4]);
        machine.RunTicks(777);
        string hash = StateHasher.Hash(machine);
        var blocks = SavedState.Of(machine);
        var moved = Reordered(blocks, keep: _ => true);
        var other = new ToyMachine(new byte[4]);
        NamedStateLoader.Load(other, moved);
        Assert.Equal(hash, StateHasher.Hash(other));
        var lost = Reordered(blocks, keep: field => field.Name != "Random");
        var refused = Assert.Throws<SnapshotMismatchException>(() => NamedStateLoader.Load(other, lost));
        Assert.Contains("Random", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_snapshot_files_are_refused_with_their_reason_and_nothing_else()
    {
        var machine = new ToyMachine(new byte[4]);
        var blocks = SavedState.Of(machine);
        using var file = new MemoryStream();
        SnapshotFile.Write(file, new(Header(SavedState.HashOf(blocks)), blocks));
        byte[] good = file.ToArray();
        SnapshotFile.Read(good);
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) => RefusesOrReads(good, at, (byte)value))
            .QuickCheckThrowOnFailure();
    }

    private static bool RefusesOrReads(byte[] good, int at, byte value)
    {
        byte[] bad = [.. good];
        bad[at] = value;
        byte[] cut = good[..at];
        foreach (byte[] file in new[] { bad, cut })
        {
            try
            {
                SnapshotFile.Read(file);
            }
            catch (SnapshotFormatException reason)
            {
                Assert.NotEmpty(reason.Message);
            }
        }

        return true;
    }

    private static SnapshotHeader Header(string hash) => new()
    {
        SnapshotId = "snap_x", Machine = "atari_st", Profile = "st_1040_pal", Abi = new("1.0.0", new Dictionary<string, string>()), Hash = hash,
        CreatedAtUs = 1, Scheduler = new(8_000_000, ["cpu"]), MediaBindings = new("rom.toy", [null, null], [null, null], null),
    };

    // The processor's struct as another version might have laid it out: fields in the opposite order.
    private static List<SavedBlock> Reordered(IReadOnlyList<SavedBlock> blocks, Func<SavedField, bool> keep)
    {
        var result = new List<SavedBlock>();
        foreach (var block in blocks)
        {
            if (block.Name != "processor")
            {
                result.Add(block);
                continue;
            }

            var fields = new List<SavedField>();
            var bytes = new List<byte>();
            foreach (var field in block.Layout.Fields.Reverse().Where(keep))
            {
                fields.Add(field with { Offset = bytes.Count });
                bytes.AddRange(block.Bytes.Slice(field.Offset, field.Size * field.Count).ToArray());
            }

            result.Add(new(block.Path, new(block.Layout.Name, bytes.Count, fields), bytes.ToArray()));
        }

        return result;
    }

    private static Task<EngineException> Refused(Session session, string id) =>
        Assert.ThrowsAsync<EngineException>(() => session.RestoreStateAsync(id, toRunning: false, "restore"));

    private static Task<Session> SingleStepAsync(ToyEngine engine) => Attic.Engine.Tests.Sessions.DeterminismTests.SingleStepAsync(engine);
}
