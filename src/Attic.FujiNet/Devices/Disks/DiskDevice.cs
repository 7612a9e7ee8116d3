using System.Text;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Hosts;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Disks;

/// <summary>Disk images on the wire. Slots count from 1 there.</summary>
public sealed class DiskDevice : VirtualDevice
{
    private const byte ReadOnlyFlag = 1;
    private const byte LazyFlag = 2;
    private const byte CutFlag = 1;

    private readonly DiskService _disks;
    private readonly HostState _host;
    private readonly RuntimeMounts _mounts;
    private readonly BootConfig _boot;

    /// <summary>The device.</summary>
    /// <param name="disks">The drives.</param>
    /// <param name="host">From where images are seen.</param>
    /// <param name="mounts">What comes back after a restart.</param>
    /// <param name="boot">What is started from.</param>
    public DiskDevice(DiskService disks, HostState host, RuntimeMounts mounts, BootConfig boot)
    {
        _disks = disks;
        _host = host;
        _mounts = mounts;
        _boot = boot;
    }

    /// <inheritdoc/>
    /// <remarks>The service keeps the order within a slot.</remarks>
    public override bool IsReentrant => true;

    /// <inheritdoc/>
    public override async ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Payload.IsEmpty || request.Payload.Span[0] != DevicePayload.Version)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        try
        {
            return (byte)request.Command switch
            {
                0x01 => await MountAsync(request),
                0x02 => await UnmountAsync(request),
                0x03 => await ReadSectorAsync(request),
                0x04 => await WriteSectorAsync(request),
                0x05 => await InfoAsync(request),
                0x06 => ClearChanged(request),
                0x07 => await CreateAsync(request),
                0x08 => await ReadSectorsAsync(request),
                0x09 => await WriteSectorsAsync(request),
                0x0A => await RestoreBootAsync(request),
                0x0B => await BeginHostSessionAsync(request),
                0x0C => await ReinitializeAsync(request),
                0x0D => ListMounts(request),
                0x0E => await FlushAsync(request),
                0x0F => await InspectAsync(request),
                _ => request.Refuse(IOStatus.Unsupported),
            };
        }
        catch (DiskException refused)
        {
            return request.Refuse(refused.Error.ToStatus());
        }
        catch (StorageException)
        {
            return request.Refuse(IOStatus.IOError);
        }
    }

    /// <summary>
    /// Lets the mounts of the last run wait in their slots; in boot mode <c>config</c> the configuration program waits in the
    /// first when nothing else does.
    /// </summary>
    public async ValueTask RestoreMountsAsync()
    {
        await _mounts.LoadAsync();
        for (int slot = 0; slot < DiskService.SlotCount; slot++)
        {
            if (_mounts[slot] is { } mount && await _host.ResolveAsync(mount.Uri) is { } target)
            {
                await _disks.MountLaterAsync(slot, target, new(mount.IsReadOnly, SectorHint: mount.SectorHint));
            }
        }

        if (_boot.IsConfig && !_disks.IsPending(0) && _boot.Uri.Length > 0
            && await _host.ResolveAsync(_boot.Uri) is { } boot && await boot.StatAsync() is not null)
        {
            await _disks.MountLaterAsync(0, boot, new(_boot.IsReadOnly));
        }
    }

    // The slot from 0.
    private static int SlotOf(byte slot) => slot is 0 or > DiskService.SlotCount ? throw new DiskException(DiskError.InvalidSlot) : slot - 1;

    private static void Require(bool valid)
    {
        if (!valid)
        {
            throw new DiskException(DiskError.InvalidRequest);
        }
    }

    private async ValueTask<StorageTarget> ResolveAsync(string text) =>
        await _host.ResolveAsync(text) ?? throw new DiskException(DiskError.InvalidRequest);

    private IOResponse AnswerMount(IORequest request, int slot)
    {
        var info = _disks.InfoOf(slot);
        request.Reply.Byte(DevicePayload.Version)
            .Byte((byte)((info.IsInserted ? 1 : 0) | (info.IsReadOnly ? 2 : 0)))
            .Word(0).Byte((byte)(slot + 1))
            .Byte((byte)(info.Layout?.Type ?? ImageType.Auto)).Word(info.Layout?.SectorBytes ?? 0).Long(info.Layout?.Sectors ?? 0);
        return request.Answer();
    }

    private static IOResponse AnswerSlot(IORequest request, int slot)
    {
        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Byte((byte)(slot + 1));
        return request.Answer();
    }

    private async ValueTask<IOResponse> MountAsync(IORequest request)
    {
        var (slot, flags, type, hint, uri) = Read(request);
        var target = await ResolveAsync(uri);
        var options = new MountOptions((flags & ReadOnlyFlag) != 0, type, hint);
        if ((flags & LazyFlag) != 0)
        {
            await _disks.MountLaterAsync(slot, target, options);
            await _mounts.SetAsync(slot, new(target.Uri, options.ReadOnly, hint));
            request.Reply.Byte(DevicePayload.Version).Zeros(3).Byte((byte)(slot + 1)).Zeros(7);
            return request.Answer();
        }

        await _disks.MountAsync(slot, target, options);
        await _mounts.SetAsync(slot, new(target.Uri, _disks.InfoOf(slot).IsReadOnly, hint));
        return AnswerMount(request, slot);

        static (int Slot, byte Flags, ImageType Type, int Hint, string Uri) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            byte slot = payload.Byte();
            var fields = (payload.Byte(), (ImageType)payload.Byte(), payload.Word(), payload.Text());
            Require(!payload.Failed);
            return (SlotOf(slot), fields.Item1, fields.Item2, fields.Item3, fields.Item4);
        }
    }

    private async ValueTask<IOResponse> UnmountAsync(IORequest request)
    {
        int slot = ReadSlot(request);
        await _disks.UnmountAsync(slot);
        await _mounts.SetAsync(slot, null);
        return AnswerSlot(request, slot);
    }

    private async ValueTask<IOResponse> ReadSectorAsync(IORequest request)
    {
        var (slot, sector, max) = Read(request);
        await _disks.EnsureMountedAsync(slot);
        const int HeaderBytes = 11;
        var reply = request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Byte((byte)(slot + 1)).Long(sector).Word(0);
        int count = await _disks.ReadAsync(slot, sector, 1, reply.Room(_disks.InfoOf(slot).Layout!.SectorBytes));
        return AnswerCut(request, HeaderBytes, count, max);

        static (int Slot, uint Sector, int Max) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            byte slot = payload.Byte();
            var (sector, max) = (payload.Long(), payload.Word());
            Require(!payload.Failed);
            return (SlotOf(slot), sector, max);
        }
    }

    private static IOResponse AnswerCut(IORequest request, int headerBytes, int count, int max)
    {
        int kept = Math.Min(count, Math.Min(max, PayloadWriter.MaxBytes - headerBytes));
        request.Reply.Trim(headerBytes + kept);
        request.Reply.SetByte(1, kept < count ? CutFlag : (byte)0);
        request.Reply.SetWord(headerBytes - 2, kept);
        return request.Answer();
    }

    private async ValueTask<IOResponse> WriteSectorAsync(IORequest request)
    {
        var (slot, sector, length) = Read(request);
        await _disks.EnsureMountedAsync(slot);
        var layout = _disks.InfoOf(slot).Layout!;
        Require(length == layout.LengthOf(sector) || sector >= layout.Sectors);
        await _disks.WriteAsync(slot, sector, 1, request.Payload.Slice(WriteHeader, length));
        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Byte((byte)(slot + 1)).Long(sector).Word(length);
        return request.Answer();

        static (int Slot, uint Sector, int Length) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            byte slot = payload.Byte();
            var (sector, length) = (payload.Long(), payload.Block().Length);
            Require(!payload.Failed);
            return (SlotOf(slot), sector, length);
        }
    }

    private const int WriteHeader = 8;

    private async ValueTask<IOResponse> InfoAsync(IORequest request)
    {
        const int GeometryValid = 0x10;
        const int LastErrorPresent = 0x20;
        int slot = ReadSlot(request);
        if (_disks.IsPending(slot))
        {
            await _disks.EnsureMountedAsync(slot);
        }

        var info = _disks.InfoOf(slot);
        int flags = (info.IsInserted ? 1 : 0) | (info.IsReadOnly ? 2 : 0) | (info.IsDirty ? 4 : 0) | (info.HasChanged ? 8 : 0)
            | (info.Layout is null ? 0 : GeometryValid) | LastErrorPresent;
        request.Reply.Byte(DevicePayload.Version).Byte((byte)flags).Word(0).Byte((byte)(slot + 1))
            .Byte((byte)(info.Layout?.Type ?? ImageType.Auto)).Word(info.Layout?.SectorBytes ?? 0).Long(info.Layout?.Sectors ?? 0)
            .Byte((byte)info.LastError);
        return request.Answer();
    }

    private IOResponse ClearChanged(IORequest request)
    {
        int slot = ReadSlot(request);
        _disks.ClearChanged(slot);
        return AnswerSlot(request, slot);
    }

    private async ValueTask<IOResponse> CreateAsync(IORequest request)
    {
        var (flags, type, sectorBytes, sectors, uri) = Read(request);
        var target = await ResolveAsync(uri);
        await _disks.CreateAsync(target, ImageFormats.LayoutOfNew(type, sectorBytes, sectors), overwrite: (flags & 1) != 0);
        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Byte((byte)type).Word(sectorBytes).Long(sectors);
        return request.Answer();

        static (byte Flags, ImageType Type, int SectorBytes, uint Sectors, string Uri) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            var fields = (payload.Byte(), (ImageType)payload.Byte(), payload.Word(), payload.Long(), payload.Text());
            Require(!payload.Failed);
            return fields;
        }
    }

    private async ValueTask<IOResponse> ReadSectorsAsync(IORequest request)
    {
        var (slot, sector, count, max) = Read(request);
        await _disks.EnsureMountedAsync(slot);
        int bytes = count * _disks.InfoOf(slot).Layout!.SectorBytes;
        Require(bytes <= ushort.MaxValue);
        const int HeaderBytes = 13;
        var reply = request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Byte((byte)(slot + 1)).Long(sector).Word(count).Word(0);
        int read = await _disks.ReadAsync(slot, sector, count, reply.Room(bytes));
        return AnswerCut(request, HeaderBytes, read, max);

        static (int Slot, uint Sector, int Count, int Max) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            byte slot = payload.Byte();
            var (sector, count, max) = (payload.Long(), payload.Word(), payload.Word());
            Require(!payload.Failed && count != 0);
            return (SlotOf(slot), sector, count, max);
        }
    }

    private async ValueTask<IOResponse> WriteSectorsAsync(IORequest request)
    {
        const int DataOffset = 10;
        var (slot, sector, count, length) = Read(request);
        await _disks.EnsureMountedAsync(slot);
        Require(length >= count * _disks.InfoOf(slot).Layout!.SectorBytes);
        int written = await _disks.WriteAsync(slot, sector, count, request.Payload.Slice(DataOffset, length));
        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Byte((byte)(slot + 1)).Long(sector).Word(count).Word(written);
        return request.Answer();

        static (int Slot, uint Sector, int Count, int Length) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            byte slot = payload.Byte();
            var (sector, count, length) = (payload.Long(), payload.Word(), payload.Block().Length);
            Require(!payload.Failed && count != 0);
            return (SlotOf(slot), sector, count, length);
        }
    }

    private async ValueTask<IOResponse> RestoreBootAsync(IORequest request)
    {
        int slot = ReadSlot(request);
        if (_boot.Uri.Length == 0)
        {
            return request.Refuse(IOStatus.NotReady);
        }

        var target = await ResolveAsync(_boot.Uri);
        await _disks.MountAsync(slot, target, new(_boot.IsReadOnly));
        await _mounts.SetAsync(slot, new(target.Uri, _disks.InfoOf(slot).IsReadOnly, 0));
        return AnswerMount(request, slot);
    }

    private async ValueTask<IOResponse> BeginHostSessionAsync(IORequest request)
    {
        int slot = ReadSlot(request);
        await _mounts.ClearAsync();
        for (int index = 0; index < DiskService.SlotCount; index++)
        {
            await _disks.UnmountAsync(index);
        }

        if (_boot.Uri.Length == 0)
        {
            return AnswerSlot(request, slot);
        }

        await _disks.MountAsync(slot, await ResolveAsync(_boot.Uri), new(_boot.IsReadOnly));
        return AnswerMount(request, slot);
    }

    private async ValueTask<IOResponse> ReinitializeAsync(IORequest request)
    {
        var (slot, sectorBytes, sectors) = Read(request);
        await _disks.ReinitializeAsync(slot, sectorBytes, sectors);
        return AnswerMount(request, slot);

        static (int Slot, int SectorBytes, uint Sectors) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            byte slot = payload.Byte();
            var (sectorBytes, sectors) = (payload.Word(), payload.Long());
            Require(!payload.Failed);
            return (SlotOf(slot), sectorBytes, sectors);
        }
    }

    private IOResponse ListMounts(IORequest request)
    {
        const byte Text = 2;
        const int HeaderBytes = 10;
        var (first, last, start, max) = Read(request);
        bool all = first == 0 && last == 0;
        Require(all || (first <= last && last < DiskService.SlotCount));
        var lines = Enumerable.Range(0, DiskService.SlotCount)
            .Where(slot => all || (slot >= first && slot <= last))
            .Select(slot => (Slot: slot, Line: LineOf(slot)))
            .Where(entry => entry.Line.Length > 0)
            .ToList();
        var reply = request.Reply.Byte(DevicePayload.Version).Byte(Text).Word(lines.Count == 0 ? 0 : lines[0].Slot).Word(start).Zeros(4);
        int count = 0;
        foreach (var (_, line) in lines.Skip(start))
        {
            Require(line.Length <= max);
            if (reply.Length - HeaderBytes + line.Length > max)
            {
                reply.SetByte(1, Text | 1);
                break;
            }

            reply.Bytes(line);
            count++;
        }

        reply.SetWord(6, count);
        reply.SetWord(8, reply.Length - HeaderBytes);
        return request.Answer();

        static (int First, int Last, int Start, int Max) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            byte flags = payload.Byte();
            var fields = (payload.Word(), payload.Word(), payload.Word(), payload.Word());
            Require(payload.IsExact && (flags & 1) != 0 && fields.Item4 != 0);
            return fields;
        }
    }

    private byte[] LineOf(int slot)
    {
        var info = _disks.InfoOf(slot);
        string uri = _mounts[slot]?.Uri ?? info.Uri;
        bool readOnly = _mounts[slot]?.IsReadOnly ?? info.IsReadOnly;
        return uri.Length == 0 ? [] : Encoding.UTF8.GetBytes($"{slot}: {(readOnly ? "RO" : "AUTO")} {uri}\n");
    }

    private async ValueTask<IOResponse> FlushAsync(IORequest request)
    {
        Require(request.Payload.Length == 2);
        int slot = ReadSlot(request);
        await _disks.FlushAsync(slot);
        return AnswerSlot(request, slot);
    }

    private async ValueTask<IOResponse> InspectAsync(IORequest request)
    {
        const int MostBootBytes = 512;
        var (type, hint, bootBytes, uri) = Read(request);
        var target = await ResolveAsync(uri);
        await using var image = await _disks.OpenAsync(target, new(ReadOnly: true, type, hint));
        byte[] first = new byte[image.Layout.SectorBytes];
        int length = bootBytes == 0 ? 0 : await image.ReadAsync(0, first);
        request.Reply.Byte(DevicePayload.Version).Byte((byte)image.Layout.Type).Word(image.Layout.SectorBytes).Long(image.Layout.Sectors)
            .Block(first.AsSpan(0, Math.Min(bootBytes, length)));
        return request.Answer();

        static (ImageType Type, int Hint, int BootBytes, string Uri) Read(IORequest request)
        {
            var payload = new PayloadReader(request.Payload.Span[1..]);
            payload.Byte();
            var fields = ((ImageType)payload.Byte(), (int)payload.Word(), (int)payload.Word(), payload.Text());
            Require(!payload.Failed && fields.Item3 <= MostBootBytes);
            return fields;
        }
    }

    private static int ReadSlot(IORequest request) =>
        request.Payload.Length < 2 ? throw new DiskException(DiskError.InvalidRequest) : SlotOf(request.Payload.Span[1]);
}
