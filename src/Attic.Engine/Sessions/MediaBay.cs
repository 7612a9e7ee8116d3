using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
using Attic.Engine.Snapshots;
using Attic.Engine.Streams;
using Attic.Media.Cartridges;

namespace Attic.Engine.Sessions;

/// <summary>A disk in a drive with the catalog entry that it came from.</summary>
internal sealed record MountedDisk(ResolvedMedium Medium, IFloppyMedium Disk, bool? WriteProtect);

/// <summary>A cartridge in the slot with the catalog entry that it came from.</summary>
/// <param name="Medium">The entry.</param>
/// <param name="Image">The file's bytes.</param>
/// <param name="Flash">The file, where the machine can program it.</param>
internal sealed record PluggedCartridge(ResolvedMedium Medium, ReadOnlyMemory<byte> Image, XlCartridgeImage? Flash);

/// <summary>What was attached: the reply's parts are made of it.</summary>
public sealed record Attached(
    ResolvedMedium Medium, bool WriteProtected, long MountedAtUs, long AppliedAtUs, int Generation, bool ResetPerformed);

/// <summary>
/// The ROM, disks, cartridge and tape of a session (§12). One change at a time; files are opened and closed on the caller's
/// thread, the machine's thread only swaps. A failure after validation puts the old medium back.
/// </summary>
public sealed partial class MediaBay
{
    private const int MostDrives = 8;
    private static readonly string[] s_st = ["A", "B"];
    private static readonly string[] s_xl = ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"];

    private readonly Session _session;
    private readonly ISessionResources _resources;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly MountedDisk?[] _disks = new MountedDisk?[MostDrives];
    private PluggedCartridge? _cartridge;
    private ResolvedMedium? _rom;

    internal MediaBay(Session session, ISessionResources resources, Func<ISioGuest>? makeFujiNet = null) =>
        (_session, _resources, _makeFujiNet) = (session, resources, makeFujiNet);

    /// <summary>The drives of this machine as the API names them.</summary>
    public IReadOnlyList<string> DriveNames => DriveNamesOf(_session.Machine);

    /// <summary>How many they are.</summary>
    public int Drives => DriveNames.Count;

    /// <summary>The operating system that runs; null before the start.</summary>
    public ResolvedMedium? Rom => _rom;

    /// <summary>The cartridge, or null.</summary>
    public ResolvedMedium? Cartridge => _cartridge?.Medium;

    /// <summary>The disk in a drive, or null.</summary>
    public ResolvedMedium? DiskIn(int drive) => _disks[drive]?.Medium;

    /// <summary>The content of the disk in a drive, or null. Machine thread.</summary>
    internal IFloppyMedium? MediumIn(int drive) => _disks[drive]?.Disk;

    /// <summary>The drives of a machine as the API names them: A and B, or D1 to D8.</summary>
    public static IReadOnlyList<string> DriveNamesOf(string machine) => string.Equals(machine, "atari_xl", StringComparison.Ordinal) ? s_xl : s_st;

    /// <summary>Waits for the change under way; disposing lets the next begin.</summary>
    internal async Task<IDisposable> EnterAsync()
    {
        await _gate.WaitAsync();
        return new Turn(_gate);
    }

    /// <summary>Puts a disk in, hot.</summary>
    /// <param name="drive">0 for A or D1.</param>
    /// <param name="diskId">Its catalog id.</param>
    /// <param name="writeProtect">Covers the notch; null for what entry and file say.</param>
    /// <param name="requestId">The request's id, for the events.</param>
    /// <param name="endpoint">The path asked for.</param>
    public async Task<Attached> AttachDiskAsync(int drive, string diskId, bool? writeProtect, string requestId, string endpoint)
    {
        using var turn = await EnterAsync();
        await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () => true);
        var medium = _resources.Resolve(MediaBinding.Disk, diskId, "disk_id", _session.Machine);
        RefuseTwice(drive, medium);
        var old = _disks[drive];
        if (old is not null && IsSameImage(old.Medium, medium))
        {
            // The image is in the drive already: it comes out before it is opened again.
            await TakeOutAsync(drive, endpoint);
            old = null;
        }

        var disk = _resources.OpenDisk(medium, writeProtect);
        PostDisk(drive, "mounted", medium.Id, requestId);
        try
        {
            var (attached, came) = await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () =>
            {
                long mounted = RuntimeClock.NowUs;
                var host = _session.Host;
                FloppiesOf(host.Machine).Insert(drive, disk, host.Machine.Now);
                var before = _disks[drive];
                _disks[drive] = new(medium, disk, writeProtect);
                return (new Attached(medium, disk.WriteProtected, mounted, RuntimeClock.NowUs, host.Generation, false), before);
            });
            (came?.Disk as IDisposable)?.Dispose();
            PostDisk(drive, "active", medium.Id, requestId);
            return attached;
        }
        catch (Exception failure)
        {
            (disk as IDisposable)?.Dispose();
            PostDisk(drive, "failed", medium.Id, requestId);
            throw AttachFailure(failure, "active");
        }
    }

    /// <summary>Takes a disk out, hot, and writes it out.</summary>
    /// <returns>The id of the disk, null when the drive was empty.</returns>
    public async Task<string?> EjectDiskAsync(int drive, string requestId, string endpoint)
    {
        using var turn = await EnterAsync();
        var was = await TakeOutAsync(drive, endpoint);
        PostDisk(drive, was is null ? "empty" : "ejected", was?.Medium.Id, requestId);
        return was?.Medium.Id;
    }

    /// <summary>Puts another operating system in: the machine is built anew and cold, media stay in (R58).</summary>
    public async Task<Attached> AttachRomAsync(string romId, string requestId, string endpoint)
    {
        using var turn = await EnterAsync();
        await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () => true);
        var medium = _resources.Resolve(MediaBinding.Rom, romId, "rom_id", _session.Machine);
        var image = _resources.Read(medium);
        PostAttach("rom", medium.Id, "mounted", requestId);
        try
        {
            long mounted = RuntimeClock.NowUs;
            int generation = await _session.RebuildAsync(image, medium, endpoint);
            PostAttach("rom", medium.Id, "applied", requestId);
            return new(medium, true, mounted, RuntimeClock.NowUs, generation, true);
        }
        catch (Exception failure)
        {
            var refused = AttachFailure(failure, "applied");
            PostAttach("rom", medium.Id, "failed", requestId, refused);
            throw refused;
        }
    }

    /// <summary>Puts a cartridge in.</summary>
    /// <param name="cartridgeId">Its catalog id.</param>
    /// <param name="reset">Whether the machine is reset cold, as a user would.</param>
    /// <param name="requestId">The request's id, for the events.</param>
    /// <param name="endpoint">The path asked for.</param>
    public async Task<Attached> AttachCartridgeAsync(string cartridgeId, bool reset, string requestId, string endpoint)
    {
        using var turn = await EnterAsync();
        await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () => true);
        var medium = _resources.Resolve(MediaBinding.Cartridge, cartridgeId, "cartridge_id", _session.Machine);
        if (_cartridge is { Flash: not null } present && IsSameImage(present.Medium, medium))
        {
            // It is in already: it comes out before it is opened again.
            await TakeCartridgeOutAsync(reset: false, endpoint);
        }

        var cartridge = OpenCartridge(medium);
        PostAttach("cartridge", medium.Id, "mounted", requestId);
        try
        {
            var (attached, came) = await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () =>
            {
                long mounted = RuntimeClock.NowUs;
                InsertCartridge(_session.Host.Machine, cartridge);
                var before = _cartridge;
                _cartridge = cartridge;
                ResetIf(reset);
                bool protects = cartridge.Flash?.WriteProtected ?? true;
                return (new Attached(medium, protects, mounted, RuntimeClock.NowUs, _session.Host.Generation, reset), before);
            });
            came?.Flash?.Dispose();
            PostAttach("cartridge", medium.Id, "applied", requestId);
            return attached;
        }
        catch (Exception failure)
        {
            cartridge.Flash?.Dispose();
            var refused = AttachFailure(failure, "applied");
            PostAttach("cartridge", medium.Id, "failed", requestId, refused);
            throw refused;
        }
    }

    /// <summary>Takes the cartridge out.</summary>
    /// <returns>Its id, null when the slot was empty.</returns>
    public async Task<string?> EjectCartridgeAsync(bool reset, string endpoint)
    {
        using var turn = await EnterAsync();
        return await TakeCartridgeOutAsync(reset, endpoint);
    }

    private async Task<string?> TakeCartridgeOutAsync(bool reset, string endpoint)
    {
        var was = await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () =>
        {
            var plugged = _cartridge;
            if (plugged is not null)
            {
                CartridgeInsertion.Remove(_session.Host.Machine);
                _cartridge = null;
                ResetIf(reset);
            }

            return plugged;
        });
        was?.Flash?.Dispose();
        return was?.Medium.Id;
    }

    // The ST's slot takes images whole; an XL's type tells whether they can be programmed.
    private PluggedCartridge OpenCartridge(ResolvedMedium medium) => new(
        medium, _resources.Read(medium), string.Equals(_session.Machine, "atari_xl", StringComparison.Ordinal) ? _resources.OpenFlash(medium) : null);

    /// <summary>Puts in what a session starts with, before its machine runs. Machine thread.</summary>
    internal void InsertFirst(ResolvedMedia media)
    {
        _rom = media.EffectiveRom;
        var machine = _session.Host.Machine;
        for (int drive = 0; drive < media.Disks.Count; drive++)
        {
            var medium = media.Disks[drive];
            RefuseTwice(drive, medium);
            var disk = _resources.OpenDisk(medium, null);
            _disks[drive] = new(medium, disk, null);
            FloppiesOf(machine).Insert(drive, disk, machine.Now);
        }

        LoadPaper(machine);
        MakeFujiNet(machine);
        InsertFirstTape(media.Cassette);
        if (media.Cartridge is { } cartridge)
        {
            _cartridge = OpenCartridge(cartridge);
            InsertCartridge(machine, _cartridge);
            machine.Reset(ResetKind.Cold);
        }
    }

    /// <summary>Refuses a machine that lacks a port for what is in. Machine thread.</summary>
    internal void CheckFits(IMachine machine)
    {
        if (_disks.Any(disk => disk is not null))
        {
            FloppiesOf(machine);
        }
    }

    /// <summary>Moves the media from a machine into the one that takes its place. Machine thread.</summary>
    internal void MoveTo(IMachine old, IMachine machine)
    {
        LeaveMachine(old);
        PutInto(machine);
    }

    /// <summary>Takes the disks out of a machine that goes away; they stay open. Machine thread.</summary>
    internal void LeaveMachine(IMachine old)
    {
        for (int drive = 0; drive < Drives; drive++)
        {
            if (_disks[drive] is not null)
            {
                FloppiesOf(old).Eject(drive, old.Now);
            }
        }

        old.Capability<ITapeDeck>()?.Eject(old.Now);
        old.Capability<ISioPort>()?.Plug(null, old.Now);
    }

    /// <summary>Puts the media into a machine that was just built. Machine thread.</summary>
    internal void PutInto(IMachine machine)
    {
        if (_cartridge is { } cartridge)
        {
            InsertCartridge(machine, cartridge);
            machine.Reset(ResetKind.Cold);
        }

        for (int drive = 0; drive < Drives; drive++)
        {
            if (_disks[drive] is { } mounted)
            {
                FloppiesOf(machine).Insert(drive, mounted.Disk, machine.Now);
            }
        }

        LoadPaper(machine);
        PlugFujiNet(machine);
        if (_cassette is { } cassette)
        {
            DeckOf(machine).Insert(cassette.Tape, machine.Now);
        }
    }

    /// <summary>Another operating system runs now. Machine thread.</summary>
    internal void RomIs(ResolvedMedium rom) => _rom = rom;

    /// <summary>What is in, for a snapshot. Machine thread.</summary>
    internal MediaBindings Bindings() => new(
        _rom!.Id,
        [.. _disks.Select(disk => disk?.Medium.Id)],
        [.. _disks.Select(disk => disk?.Disk.ContentHash())],
        _cartridge?.Medium.Id,
        _cassette?.Medium.Id);

    /// <summary>The disks whose content is no longer what a snapshot saw, one sentence each. Machine thread.</summary>
    internal List<string> ChangedSince(MediaBindings bindings)
    {
        var changed = new List<string>();
        for (int drive = 0; drive < Drives; drive++)
        {
            string? hash = bindings.DiskHashes.ElementAtOrDefault(drive);
            if (hash is not null && _disks[drive] is { } mounted && !string.Equals(hash, mounted.Disk.ContentHash(), StringComparison.Ordinal))
            {
                changed.Add($"The disk {mounted.Medium.Id} in drive {DriveName(drive)} was written after the snapshot; it keeps its present content.");
            }
        }

        return changed;
    }

    /// <summary>Puts in the media that a snapshot names, and takes out others. Machine thread.</summary>
    /// <returns>Disks that came out; the caller closes them after it is done.</returns>
    internal IReadOnlyList<IDisposable> Bind(IReadOnlyList<string?> diskIds, string? cartridgeId, string? cassetteId)
    {
        var machine = _session.Host.Machine;
        var wanted = new MountedDisk?[Drives];
        for (int drive = 0; drive < Drives; drive++)
        {
            wanted[drive] = Wanted(diskIds.ElementAtOrDefault(drive));
        }

        var came = new List<IDisposable>(BindTape(cassetteId));
        if (BindCartridge(machine, cartridgeId)?.Flash is { } flash)
        {
            came.Add(flash);
        }

        for (int drive = 0; drive < Drives; drive++)
        {
            if (ReferenceEquals(wanted[drive], _disks[drive]))
            {
                continue;
            }

            if (_disks[drive] is not null)
            {
                FloppiesOf(machine).Eject(drive, machine.Now);
            }

            if (_disks[drive] is { } old && !wanted.Contains(old))
            {
                came.AddRange(Closable(old));
            }

            _disks[drive] = wanted[drive];
            if (wanted[drive] is { } disk)
            {
                FloppiesOf(machine).Insert(drive, disk.Disk, machine.Now);
            }
        }

        return came;
    }

    private MountedDisk? Wanted(string? id)
    {
        if (id is null)
        {
            return null;
        }

        var open = _disks.FirstOrDefault(disk => string.Equals(disk?.Medium.Id, id, StringComparison.Ordinal));
        if (open is not null)
        {
            return open;
        }

        var medium = _resources.Resolve(MediaBinding.Disk, id, "disk_ids", _session.Machine);
        return new(medium, _resources.OpenDisk(medium, null), null);
    }

    // Gives what came out.
    private PluggedCartridge? BindCartridge(IMachine machine, string? id)
    {
        var was = _cartridge;
        if (string.Equals(was?.Medium.Id, id, StringComparison.Ordinal))
        {
            return null;
        }

        if (id is null)
        {
            CartridgeInsertion.Remove(machine);
            _cartridge = null;
            return was;
        }

        var wanted = OpenCartridge(_resources.Resolve(MediaBinding.Cartridge, id, "cartridge_id", _session.Machine));
        InsertCartridge(machine, wanted);
        _cartridge = wanted;
        return was;
    }

    /// <summary>Takes disks and cartridge out. Machine thread.</summary>
    /// <returns>The disks, to be closed on another thread.</returns>
    internal IReadOnlyList<IDisposable> TakeAllOut()
    {
        var host = _session.Host;
        var came = new List<IDisposable>();
        for (int drive = 0; drive < Drives; drive++)
        {
            if (_disks[drive] is { } mounted)
            {
                FloppiesOf(host.Machine).Eject(drive, host.Machine.Now);
                came.AddRange(Closable(mounted));
                _disks[drive] = null;
            }
        }

        if (_cartridge is not null)
        {
            CartridgeInsertion.Remove(host.Machine);
            came.AddRange(_cartridge.Flash is { } flash ? [flash] : []);
            _cartridge = null;
        }

        if (TakeTapeOut()?.Tape is IDisposable tape)
        {
            came.Add(tape);
        }

        return came;
    }

    /// <summary>Writes all disks out and closes them; the machine no longer runs.</summary>
    internal void CloseAll()
    {
        for (int drive = 0; drive < Drives; drive++)
        {
            (_disks[drive]?.Disk as IDisposable)?.Dispose();
            _disks[drive] = null;
        }

        _cartridge?.Flash?.Dispose();
        _cartridge = null;
        (_cassette?.Tape as IDisposable)?.Dispose();
        _cassette = null;
        CloseFujiNet();
    }

    private async Task<MountedDisk?> TakeOutAsync(int drive, string endpoint)
    {
        var was = await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () =>
        {
            var mounted = _disks[drive];
            if (mounted is not null)
            {
                FloppiesOf(_session.Host.Machine).Eject(drive, _session.Host.Machine.Now);
                _disks[drive] = null;
            }

            return mounted;
        });
        (was?.Disk as IDisposable)?.Dispose();
        return was;
    }

    private void ResetIf(bool reset)
    {
        if (reset)
        {
            _session.Input.ReleaseAll("reset");
            _session.Host.Reset(ResetKind.Cold);
        }
    }

    private static IEnumerable<IDisposable> Closable(MountedDisk? mounted) =>
        mounted?.Disk is IDisposable closable ? [closable] : [];

    private static void InsertCartridge(IMachine machine, PluggedCartridge cartridge)
    {
        try
        {
            _ = cartridge.Flash is { } flash
                ? CartridgeInsertion.Insert(machine, flash)
                : CartridgeInsertion.Insert(machine, Path.GetFileName(cartridge.Medium.LocalPath), cartridge.Image);
        }
        catch (InvalidDataException bad)
        {
            throw Unsupported(cartridge.Medium, bad.Message, bad);
        }
    }

    private static IFloppyDrives FloppiesOf(IMachine machine) => machine.Capability<IFloppyDrives>() ?? throw new EngineException(
        ErrorCode.UnsupportedMediaFormat, "The machine has no floppy drives.", ErrorDetails.Of(("supported", Array.Empty<string>())));

    private static EngineException Unsupported(ResolvedMedium medium, string message, Exception? inner = null) => new(
        ErrorCode.UnsupportedMediaFormat, message, ErrorDetails.Of(("format", medium.Format), ("entry_id", medium.Id)), inner: inner);

    // What is refused with a code of its own stays that; anything else is a failed attach, and the old medium is still in.
    private static EngineException AttachFailure(Exception failure, string phase) => failure as EngineException ?? new EngineException(
        ErrorCode.MediaAttachFailed, failure.Message, ErrorDetails.Of(("failed_phase", phase)), inner: failure);

    private static bool IsSameImage(ResolvedMedium a, ResolvedMedium b) => string.Equals(a.LocalPath, b.LocalPath, StringComparison.Ordinal);

    private void RefuseTwice(int drive, ResolvedMedium medium)
    {
        for (int other = 0; other < Drives; other++)
        {
            if (other != drive && _disks[other] is { } mounted && IsSameImage(mounted.Medium, medium))
            {
                throw new EngineException(
                    ErrorCode.Conflict, $"The disk {medium.Id} is in drive {DriveName(other)}.",
                    ErrorDetails.Of(("disk_id", medium.Id), ("drive", DriveName(other)), ("remediation", "eject_first")));
            }
        }
    }

    private string DriveName(int drive) => DriveNames[drive];

    private void PostDisk(int drive, string state, string? id, string requestId) =>
        _session.Streams.Post(StreamKind.Engine, new EventUnit(
            "media_disk_state",
            RuntimeClock.NowUs,
            ("drive", EngineJson.Bytes(DriveName(drive))),
            ("state", EngineJson.Bytes(state)),
            ("disk_id", EngineJson.Bytes(id)),
            ("request_id", EngineJson.Bytes(requestId))));

    private void PostAttach(string type, string id, string phase, string requestId, EngineException? error = null)
    {
        string result = phase switch { "applied" => "applied", "failed" => "failed", _ => "in_progress" };
        List<(string, byte[])> fields =
        [
            ("media_type", EngineJson.Bytes(type)),
            ("media_id", EngineJson.Bytes(id)),
            ("phase", EngineJson.Bytes(phase)),
            ("result", EngineJson.Bytes(result)),
            ("request_id", EngineJson.Bytes(requestId)),
        ];
        if (error is not null)
        {
            fields.Add(("error", EngineJson.Bytes(new { error.Code.Code, error.Message })));
        }

        _session.Streams.Post(StreamKind.Engine, new EventUnit("media_attach_status", RuntimeClock.NowUs, [.. fields]));
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
