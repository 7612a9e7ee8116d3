using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Engine.Tests.Toy;

namespace Attic.Engine.Tests.Sessions;

public class MediaTests
{
    [Fact]
    public async Task Another_rom_means_another_machine_with_the_same_disks()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync(ToyResources.Disk);
        var old = engine.Machine;
        var disk = old.DiskIn(0);
        var attached = await session.Media.AttachRomAsync(ToyResources.OtherRom, "req_1", "attach");
        Assert.NotSame(old, engine.Machine);
        Assert.Same(disk, engine.Machine.DiskIn(0));
        Assert.Null(old.DiskIn(0));
        Assert.Equal(2, attached.Generation);
        Assert.True(attached.ResetPerformed);
        Assert.Equal(1, engine.Resources.Released);
        Assert.Equal(ToyResources.OtherRom, session.Media.Rom!.Id);
    }

    [Fact]
    public async Task Disks_swap_hot_and_come_out_once()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        var attached = await session.Media.AttachDiskAsync(0, ToyResources.Disk, writeProtect: true, "req_1", "attach");
        Assert.True(attached.WriteProtected);
        Assert.True(engine.Machine.DiskIn(0)!.WriteProtected);
        await session.Media.AttachDiskAsync(0, ToyResources.OtherDisk, null, "req_2", "attach");
        Assert.Equal("disk.two.st", engine.Machine.DiskIn(0)!.Name);
        Assert.Equal(ToyResources.OtherDisk, await session.Media.EjectDiskAsync(0, "req_3", "eject"));
        Assert.Null(await session.Media.EjectDiskAsync(0, "req_4", "eject"));
        Assert.Null(engine.Machine.DiskIn(0));
    }

    [Fact]
    public async Task A_damaged_disk_leaves_the_old_one_in()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync(ToyResources.Disk);
        var refused = await Assert.ThrowsAsync<EngineException>(() => session.Media.AttachDiskAsync(0, "disk.broken", null, "req", "attach"));
        Assert.Equal(ErrorCode.UnsupportedMediaFormat, refused.Code);
        Assert.Equal(ToyResources.Disk, session.Media.DiskIn(0)!.Id);
        Assert.NotNull(engine.Machine.DiskIn(0));
    }

    [Fact]
    public async Task One_image_is_not_in_two_drives()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync(ToyResources.Disk);
        var refused = await Assert.ThrowsAsync<EngineException>(() => session.Media.AttachDiskAsync(1, ToyResources.Disk, null, "req", "attach"));
        Assert.Equal(ErrorCode.Conflict, refused.Code);
        await session.Media.AttachDiskAsync(0, ToyResources.Disk, null, "req", "attach");
    }

    [Fact]
    public async Task A_cartridge_that_is_too_large_is_refused_with_the_reason()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        var refused = await Assert.ThrowsAsync<EngineException>(() => session.Media.AttachCartridgeAsync("cart.huge", true, "req", "attach"));
        Assert.Equal(ErrorCode.UnsupportedMediaFormat, refused.Code);
        Assert.Contains("131072", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Media_need_a_session_that_runs_or_is_paused()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartAsync();
        await session.SuspendSaveAsync(null, autoResume: false, withStreams: true, "suspend");
        var refused = await Assert.ThrowsAsync<EngineException>(() => session.Media.EjectDiskAsync(0, "req", "eject"));
        Assert.Equal(ErrorCode.InvalidSessionState, refused.Code);
    }
}
