using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Disk;

/// <summary>How an image is mounted.</summary>
/// <param name="ReadOnly">Whether nothing may be written.</param>
/// <param name="Type">The kind of image; <see cref="ImageType.Auto"/> to look.</param>
/// <param name="SectorHint">Bytes of a sector; 0 for none.</param>
/// <param name="Atari">Whether images are also told by the extensions of 8-bit Ataris.</param>
public sealed record MountOptions(bool ReadOnly = false, ImageType Type = ImageType.Auto, int SectorHint = 0, bool Atari = false);

/// <summary>What is known about a slot.</summary>
/// <param name="IsInserted">Whether an image is mounted.</param>
/// <param name="IsReadOnly">Whether it may not be written.</param>
/// <param name="IsDirty">Whether something was written since the last flush.</param>
/// <param name="HasChanged">Whether the disk was changed since someone last said that he knows.</param>
/// <param name="Layout">The image's geometry; null when none is mounted.</param>
/// <param name="LastError">What went wrong last.</param>
/// <param name="Uri">What is mounted or will be at the first use; empty when nothing is.</param>
public sealed record DiskInfo(
    bool IsInserted,
    bool IsReadOnly,
    bool IsDirty,
    bool HasChanged,
    ImageLayout? Layout,
    DiskError LastError,
    string Uri);

/// <summary>What passed a slot since its mount.</summary>
public sealed class DiskCounters
{
    /// <summary>Sectors read.</summary>
    public long SectorsRead { get; internal set; }

    /// <summary>Sectors written.</summary>
    public long SectorsWritten { get; internal set; }

    /// <summary>Requests that failed.</summary>
    public long Failures { get; internal set; }
}

/// <summary>
/// Eight drives and the images in them. The devices of all buses use it; each slot does one thing at a time, the slots do not
/// wait for each other.
/// </summary>
/// <remarks>Slots count from 0 here. All calls but the plain getters throw <see cref="DiskException"/>.</remarks>
public sealed class DiskService : IAsyncDisposable
{
    /// <summary>Drives.</summary>
    public const int SlotCount = 8;

    private const int ReplaceBytes = 16 << 20;

    private readonly StorageManager _storage;
    private readonly TimeProvider _time;
    private readonly Slot[] _slots = [.. Enumerable.Range(0, SlotCount).Select(_ => new Slot())];

    /// <summary>Eight empty drives.</summary>
    /// <param name="storage">Where images are.</param>
    /// <param name="time">What protected disks turn by.</param>
    public DiskService(StorageManager storage, TimeProvider? time = null)
    {
        (_storage, _time) = (storage, time ?? TimeProvider.System);
    }

    /// <summary>What is known about a slot, without mounting what waits for its first use.</summary>
    public DiskInfo InfoOf(int slot)
    {
        var entry = Entry(slot);
        return new(
            entry.Image is not null,
            entry.Image?.IsReadOnly ?? false,
            entry.IsDirty,
            entry.HasChanged,
            entry.Image?.Layout,
            entry.LastError,
            entry.Target?.Uri ?? entry.Pending?.Target.Uri ?? string.Empty);
    }

    /// <summary>A floppy controller's status of the last read of a slot, inverted; FF when all was well.</summary>
    public byte ControllerStatusOf(int slot) => Entry(slot).Image?.Status ?? byte.MaxValue;

    /// <summary>What passed a slot since its mount.</summary>
    public DiskCounters CountersOf(int slot) => Entry(slot).Counters;

    /// <summary>Starts the counters of a slot again.</summary>
    public void ResetCounters(int slot) => Entry(slot).Counters = new();

    /// <summary>Whether an image waits for the first use of a slot.</summary>
    public bool IsPending(int slot) => Entry(slot).Pending is not null;

    /// <summary>Puts an image into a slot. What was there stays until the new one is known to be good.</summary>
    public ValueTask MountAsync(int slot, StorageTarget target, MountOptions options) =>
        Guard(slot, entry => MountAsync(entry, target, options));

    /// <summary>Says what is mounted at the first use of a slot; what was there goes.</summary>
    public ValueTask MountLaterAsync(int slot, StorageTarget target, MountOptions options) => Guard(slot, async entry =>
    {
        await EjectAsync(entry);
        entry.Pending = new(target, options);
    });

    /// <summary>Mounts what waits for the first use of a slot.</summary>
    /// <exception cref="DiskException">Nothing is mounted and nothing waits, or it could not be mounted.</exception>
    public ValueTask EnsureMountedAsync(int slot) => Guard(slot, async entry => { await RequireAsync(entry); });

    /// <summary>Takes the image out of a slot, after writing what is not yet written.</summary>
    public ValueTask UnmountAsync(int slot) => Guard(slot, EjectAsync);

    /// <summary>Reads sectors that follow each other.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="sector">The first, from 0.</param>
    /// <param name="count">How many, from 1.</param>
    /// <param name="buffer">Room for as many whole sectors.</param>
    /// <returns>Bytes read; short sectors lie without gaps.</returns>
    public async ValueTask<int> ReadAsync(int slot, uint sector, int count, Memory<byte> buffer)
    {
        int bytes = 0;
        await Guard(slot, async entry =>
        {
            var image = await RequireAsync(entry);
            CheckRange(image, sector, count);
            for (uint index = 0; index < count; index++)
            {
                bytes += await image.ReadAsync(sector + index, buffer[bytes..]);
            }

            entry.Counters.SectorsRead += count;
        });
        return bytes;
    }

    /// <summary>Writes sectors that follow each other.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="sector">The first, from 0.</param>
    /// <param name="count">How many, from 1.</param>
    /// <param name="data">Their content; short sectors lie without gaps.</param>
    /// <returns>Bytes written.</returns>
    public async ValueTask<int> WriteAsync(int slot, uint sector, int count, ReadOnlyMemory<byte> data)
    {
        int bytes = 0;
        await Guard(slot, async entry =>
        {
            var image = await RequireAsync(entry);
            CheckRange(image, sector, count);
            for (uint index = 0; index < count; index++)
            {
                int length = image.Layout.LengthOf(sector + index);
                if (data.Length - bytes < length)
                {
                    throw new DiskException(DiskError.InvalidRequest);
                }

                await image.WriteAsync(sector + index, data.Slice(bytes, length));
                entry.IsDirty = true;
                bytes += length;
            }

            entry.Counters.SectorsWritten += count;
            _storage.NotifyChanged(entry.Target!.Uri);
        });
        return bytes;
    }

    /// <summary>Makes what was written durable.</summary>
    public ValueTask FlushAsync(int slot) => Guard(slot, entry =>
        entry.Image is null ? throw new DiskException(DiskError.NotMounted) : FlushAsync(entry));

    /// <summary>Notes that someone knows of the last change of a disk.</summary>
    public void ClearChanged(int slot) => Entry(slot).HasChanged = false;

    /// <summary>Makes a blank image.</summary>
    /// <param name="target">Its file.</param>
    /// <param name="layout">Its kind and geometry.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    public async ValueTask CreateAsync(StorageTarget target, ImageLayout layout, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(layout);
        try
        {
            if (!overwrite && await target.StatAsync() is not null)
            {
                throw new DiskException(DiskError.AlreadyExists);
            }

            byte[] head = ImageFormats.HeadOf(layout);
            if (layout.FileBytes <= ReplaceBytes)
            {
                byte[] content = new byte[layout.FileBytes];
                head.CopyTo(content, 0);
                await target.FileSystem.ReplaceAsync(target.Path, content);
            }
            else
            {
                await using var file = await target.FileSystem.OpenAsync(target.Path, StoredFileMode.Create);
                await file.SetLengthAsync(layout.FileBytes);
                await file.WriteAsync(0, head);
                await file.FlushAsync();
            }

            _storage.NotifyChanged(target.Uri);
        }
        catch (StorageException error)
        {
            throw new DiskException(DiskError.OpenFailed, error);
        }
    }

    /// <summary>Blanks the image in a slot, with another geometry.</summary>
    public ValueTask ReinitializeAsync(int slot, int sectorBytes, uint sectors) => Guard(slot, async entry =>
    {
        var image = await RequireAsync(entry);
        if (image.IsReadOnly)
        {
            throw new DiskException(DiskError.ReadOnly);
        }

        var target = entry.Target!;
        var layout = ImageFormats.LayoutOfNew(image.Layout.Type, sectorBytes, sectors);
        await EjectAsync(entry);
        await CreateAsync(target, layout, overwrite: true);
        await MountAsync(entry, target, new(Type: layout.Type, SectorHint: layout.Type == ImageType.Raw ? sectorBytes : 0));
    });

    /// <summary>Opens an image that is in no slot.</summary>
    internal async ValueTask<DiskImage> OpenAsync(StorageTarget target, MountOptions options)
    {
        var (file, readOnly) = await OpenFileAsync(target, options.ReadOnly);
        try
        {
            if (options.Atari && AtxDisk.Recognises(target.DisplayPath))
            {
                return new DiskImage(file, await AtxDisk.ReadAsync(file, _time));
            }

            var layout = await ImageFormats.ProbeAsync(file, StoragePath.NameOf(target.DisplayPath), options.Type, options.SectorHint, options.Atari);
            return new DiskImage(file, layout, readOnly);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var entry in _slots)
        {
            await EjectAsync(entry);
            entry.Gate.Dispose();
        }
    }

    private static void CheckRange(DiskImage image, uint sector, int count)
    {
        if (sector >= image.Layout.Sectors || count > image.Layout.Sectors - sector)
        {
            throw new DiskException(DiskError.OutOfRange);
        }
    }

    private static async ValueTask<(IStoredFile File, bool ReadOnly)> OpenFileAsync(StorageTarget target, bool readOnly)
    {
        if (await target.StatAsync() is null)
        {
            throw new DiskException(DiskError.FileNotFound);
        }

        if (!readOnly)
        {
            try
            {
                return (await target.FileSystem.OpenAsync(target.Path, StoredFileMode.ReadWrite), false);
            }
            catch (StorageException refused) when (refused.Error is StorageError.Denied or StorageError.Unsupported)
            {
                // It can still be read.
                readOnly = true;
            }
        }

        try
        {
            return (await target.FileSystem.OpenAsync(target.Path, StoredFileMode.Read), readOnly);
        }
        catch (StorageException error)
        {
            throw new DiskException(DiskError.OpenFailed, error);
        }
    }

    private static async ValueTask FlushAsync(Slot entry)
    {
        if (entry.IsDirty)
        {
            await entry.Image!.FlushAsync();
            entry.IsDirty = false;
        }

        entry.LastError = DiskError.None;
    }

    private static async ValueTask EjectAsync(Slot entry)
    {
        if (entry.Image is not null)
        {
            await FlushAsync(entry);
            await entry.Image.DisposeAsync();
        }

        (entry.Image, entry.Target, entry.Pending) = (null, null, null);
        (entry.IsDirty, entry.HasChanged, entry.LastError) = (false, true, DiskError.None);
    }

    private async ValueTask MountAsync(Slot entry, StorageTarget target, MountOptions options)
    {
        if (entry.Image is not null)
        {
            await FlushAsync(entry);
        }

        var image = await OpenAsync(target, options);
        if (entry.Image is not null)
        {
            await entry.Image.DisposeAsync();
        }

        (entry.Image, entry.Target, entry.Pending) = (image, target, null);
        (entry.IsDirty, entry.HasChanged, entry.LastError) = (false, true, DiskError.None);
        entry.Counters = new();
    }

    private async ValueTask<DiskImage> RequireAsync(Slot entry)
    {
        if (entry.Image is null)
        {
            var pending = entry.Pending ?? throw new DiskException(DiskError.NotMounted);
            await MountAsync(entry, pending.Target, pending.Options);
        }

        return entry.Image!;
    }

    private Slot Entry(int slot) => (uint)slot < SlotCount ? _slots[slot] : throw new DiskException(DiskError.InvalidSlot);

    private async ValueTask Guard(int slot, Func<Slot, ValueTask> work)
    {
        var entry = Entry(slot);
        await entry.Gate.WaitAsync();
        try
        {
            await work(entry);
        }
        catch (DiskException refused)
        {
            entry.Counters.Failures++;
            entry.LastError = refused.Error;
            throw;
        }
        catch (StorageException error)
        {
            entry.Counters.Failures++;
            entry.LastError = DiskError.IoError;
            throw new DiskException(DiskError.IoError, error);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private sealed record PendingMount(StorageTarget Target, MountOptions Options);

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public DiskImage? Image { get; set; }

        public StorageTarget? Target { get; set; }

        public PendingMount? Pending { get; set; }

        public bool IsDirty { get; set; }

        public bool HasChanged { get; set; }

        public DiskError LastError { get; set; }

        public DiskCounters Counters { get; set; } = new();
    }
}
