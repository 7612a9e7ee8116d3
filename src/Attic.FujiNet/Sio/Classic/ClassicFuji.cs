using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.WiFi;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Network;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>What device $70 works with.</summary>
/// <param name="Storage">The file systems.</param>
/// <param name="Disks">The drives.</param>
/// <param name="Slots">Hosts and drives as CONFIG shows them.</param>
/// <param name="Config">The configuration.</param>
/// <param name="Save">Saves the configuration.</param>
/// <param name="WiFi">The wireless link; null when there is none.</param>
/// <param name="Sessions">Connects to peers of a stream.</param>
/// <param name="Context">The core's thread.</param>
/// <param name="Time">Paces a stream.</param>
public sealed record ClassicFujiParts(
    StorageManager Storage,
    DiskService Disks,
    ClassicSlots Slots,
    FujiConfig Config,
    Func<ValueTask> Save,
    IWiFiLink? WiFi,
    SessionFactory Sessions,
    CoreContext Context,
    TimeProvider Time);

/// <summary>The FujiNet's own device $70, by which CONFIG and other programs choose hosts, images and networks.</summary>
public sealed partial class ClassicFuji : SioPeripheral
{
    /// <summary>Its id.</summary>
    public const byte Id = 0x70;

    private const int HostBytes = 32;
    private const int DeviceBytes = 38;
    private const int PathBytes = 256;
    private const int SsidBytes = 97;
    private const int NewDiskBytes = 262;
    private const int KeyBytes = 64;
    private const int AdapterBytes = 140;
    private const int ExtendedAdapterBytes = 240;
    private const byte ReadWrite = 2;
    private readonly ClassicFujiParts _parts;
    private readonly SioChain _chain;
    private readonly string _guid = Guid.NewGuid().ToString();
    private readonly ClassicKeys _keys;
    private readonly ClassicCodecs _codecs = new();
    private readonly NetStream _stream;
    private ClassicDirectory? _directory;
    private IReadOnlyList<WiFiNetwork> _found = [];

    /// <summary>The device.</summary>
    /// <param name="parts">What it works with.</param>
    /// <param name="chain">Its bus.</param>
    public ClassicFuji(ClassicFujiParts parts, SioChain chain)
    {
        ArgumentNullException.ThrowIfNull(parts);
        (_parts, _chain) = (parts, chain);
        _keys = new ClassicKeys(parts.Storage);
        _stream = new NetStream(chain, parts.Sessions, parts.Context, parts.Time);
        chain.MotorChanged = _stream.OnMotor;
    }

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command)
    {
        var name = (FujiCommand)command.Command;
        int writes = WriteBytesOf(name, command);
        return writes > 0 ? SioReception.AckWrite(writes) : Enum.IsDefined(name) ? SioReception.Ack : SioReception.Nak;
    }

    /// <inheritdoc />
    public override async ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        try
        {
            return await ExecuteAsync((FujiCommand)command.Command, command, data);
        }
        catch (Exception refused) when (refused is StorageException or DiskException)
        {
            return SioResult.Error;
        }
    }

    /// <inheritdoc />
    public override void Reset(bool cold)
    {
        _directory = null;
        _stream.Close();
    }

    /// <summary>Moves the bytes of a stream. Called once a tick.</summary>
    public void Poll() => _stream.Poll();

    /// <inheritdoc />
    protected override void Dispose(bool disposing) => _stream.Dispose();

    private static int WriteBytesOf(FujiCommand name, SioCommand command) => name switch
    {
        FujiCommand.OpenDirectory or FujiCommand.SetDeviceFile or FujiCommand.SetHostPrefix or FujiCommand.CopyFile => PathBytes,
        FujiCommand.WriteHostSlots => HostBytes * ClassicSlots.Count,
        FujiCommand.WriteDeviceSlots => DeviceBytes * ClassicSlots.Count,
        FujiCommand.SetSsid => SsidBytes,
        FujiCommand.NewDisk => NewDiskBytes,
        FujiCommand.OpenKey => ClassicKeys.OpenBytes,
        FujiCommand.WriteKey => Math.Min(command.Aux == 0 ? KeyBytes : command.Aux, KeyBytes),
        FujiCommand.NetStream => NetStream.PayloadBytes,
        _ => ClassicCodecs.WriteBytesOf(name, command.Aux),
    };

    private static SioResult Done(bool done) => done ? SioResult.Complete : SioResult.Error;

    private async ValueTask<SioResult> ExecuteAsync(FujiCommand name, SioCommand command, ReadOnlyMemory<byte> data) => name switch
    {
        FujiCommand.Status => SioResult.Read(new byte[4]),
        FujiCommand.Guid => SioResult.Read((byte[])[.. Encoding.ASCII.GetBytes(_guid), 0]),
        FujiCommand.Random => SioResult.Read(RandomNumberGenerator.GetBytes(4)),
        FujiCommand.ReadHostSlots => SioResult.Read(HostFields()),
        FujiCommand.WriteHostSlots => await SetHostsAsync(data),
        FujiCommand.ReadDeviceSlots => SioResult.Read(DeviceFields()),
        FujiCommand.WriteDeviceSlots => await SetDevicesAsync(data),
        FujiCommand.SetDeviceFile => await SetDeviceFileAsync(command, data),
        FujiCommand.GetDeviceFile => GetDeviceFile(command.Aux1),
        FujiCommand.SetHostPrefix => SetPrefix(command.Aux1, data.Span),
        FujiCommand.GetHostPrefix => GetPrefix(command.Aux1),
        FujiCommand.MountHost => Done(_parts.Slots.Resolve(command.Aux1, "") is { } root && await root.StatAsync() is not null),
        FujiCommand.UnmountHost => Done(command.Aux1 < ClassicSlots.Count),
        FujiCommand.MountImage => Done(await MountAsync(command.Aux1, command.Aux2)),
        FujiCommand.UnmountImage => await UnmountAsync(command.Aux1),
        FujiCommand.MountAll => Done(await MountAllAsync()),
        FujiCommand.OpenDirectory => Done(await OpenDirectoryAsync(command.Aux1, data)),
        FujiCommand.ReadDirectory => ReadDirectory(command),
        FujiCommand.TellDirectory => _directory is null ? SioResult.Error : SioResult.Read(new[] { (byte)_directory.Position, (byte)(_directory.Position >> 8) }),
        FujiCommand.SeekDirectory => SeekDirectory(command.Aux),
        FujiCommand.CloseDirectory => CloseDirectory(),
        FujiCommand.NewDisk => await NewDiskAsync(data),
        FujiCommand.CopyFile => Done(await CopyAsync(command, data)),
        FujiCommand.ConfigBoot or FujiCommand.SetBootMode => await SetBootAsync(name, command.Aux1),
        FujiCommand.OpenKey => Done(_keys.Open(data.Span)),
        FujiCommand.CloseKey => _keys.Close(),
        FujiCommand.ReadKey => await _keys.ReadAsync(),
        FujiCommand.WriteKey => await _keys.WriteAsync(data),
        FujiCommand.Scan => Scan(),
        FujiCommand.ScanResult => ScanResult(command.Aux1),
        FujiCommand.GetSsid => SioResult.Read(SsidFields()),
        FujiCommand.SetSsid => await SetSsidAsync(command, data),
        FujiCommand.WiFiStatus => SioResult.Read(new[] { WiFiStatus() }),
        FujiCommand.WiFiEnabled => SioResult.Read(new[] { _parts.WiFi is null ? (byte)0 : (byte)1 }),
        FujiCommand.AdapterConfig => SioResult.Read(AdapterFields(command.Aux1 == 1)),
        FujiCommand.AdapterConfigExtended => SioResult.Read(AdapterFields(extended: true)),
        FujiCommand.SetBaud => SetBaud(command.Aux1),
        FujiCommand.Reset => ResetAll(),
        FujiCommand.NetStream => Done(_stream.Open((command.Aux1 << 8) | command.Aux2, data.Span)),
        _ when ClassicCodecs.Knows(name) => _codecs.Execute(name, command, data.Span),
        _ => SioResult.Complete,
    };

    private byte[] HostFields()
    {
        byte[] fields = new byte[HostBytes * ClassicSlots.Count];
        for (int slot = 0; slot < ClassicSlots.Count; slot++)
        {
            FixedText.Write(_parts.Slots.Hosts[slot], fields.AsSpan(slot * HostBytes, HostBytes));
        }

        return fields;
    }

    private async ValueTask<SioResult> SetHostsAsync(ReadOnlyMemory<byte> data)
    {
        for (int slot = 0; slot < ClassicSlots.Count; slot++)
        {
            _parts.Slots.Hosts[slot] = FixedText.Read(data.Span.Slice(slot * HostBytes, HostBytes));
        }

        await _parts.Slots.SaveAsync();
        return SioResult.Complete;
    }

    private byte[] DeviceFields()
    {
        byte[] fields = new byte[DeviceBytes * ClassicSlots.Count];
        for (int slot = 0; slot < ClassicSlots.Count; slot++)
        {
            var drive = _parts.Slots.Drives[slot];
            var field = fields.AsSpan(slot * DeviceBytes, DeviceBytes);
            (field[0], field[1]) = (drive.Host, drive.Mode);
            FixedText.Write(StoragePath.NameOf(drive.File), field[2..]);
        }

        return fields;
    }

    private async ValueTask<SioResult> SetDevicesAsync(ReadOnlyMemory<byte> data)
    {
        for (int slot = 0; slot < ClassicSlots.Count; slot++)
        {
            var field = data.Span.Slice(slot * DeviceBytes, DeviceBytes);
            string shown = FixedText.Read(field[2..]);
            var drive = _parts.Slots.Drives[slot];

            // The field has room for the end of a path only: a name that was not changed keeps its path.
            string file = StoragePath.NameOf(drive.File).StartsWith(shown, StringComparison.Ordinal) && shown.Length > 0 ? drive.File : shown;
            _parts.Slots.Drives[slot] = field[0] == ClassicDrive.NoHost ? ClassicDrive.Empty : new ClassicDrive(field[0], field[1], file);
        }

        await _parts.Slots.SaveAsync();
        return SioResult.Complete;
    }

    private async ValueTask<SioResult> SetDeviceFileAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        if (command.Aux1 >= ClassicSlots.Count)
        {
            return SioResult.Error;
        }

        _parts.Slots.Drives[command.Aux1] = new ClassicDrive((byte)(command.Aux2 >> 4), (byte)(command.Aux2 & 0x0F), FixedText.Read(data.Span));
        await _parts.Slots.SaveAsync();
        return SioResult.Complete;
    }

    private SioResult GetDeviceFile(byte slot)
    {
        if (slot >= ClassicSlots.Count)
        {
            return SioResult.FailedRead(new byte[PathBytes]);
        }

        byte[] field = new byte[PathBytes];
        FixedText.Write(_parts.Slots.Drives[slot].File, field);
        return SioResult.Read(field);
    }

    private SioResult SetPrefix(byte host, ReadOnlySpan<byte> data)
    {
        if (host >= ClassicSlots.Count)
        {
            return SioResult.Error;
        }

        _parts.Slots.Prefixes[host] = FixedText.Read(data);
        return SioResult.Complete;
    }

    private SioResult GetPrefix(byte host)
    {
        byte[] field = new byte[PathBytes];
        FixedText.Write(host < ClassicSlots.Count ? _parts.Slots.Prefixes[host] : "", field);
        return SioResult.Read(field);
    }

    private async ValueTask<bool> MountAsync(byte slot, byte mode)
    {
        if (slot >= ClassicSlots.Count)
        {
            return false;
        }

        var drive = _parts.Slots.Drives[slot];
        var target = drive.File.Length == 0 ? null : _parts.Slots.Resolve(drive.Host, drive.File);
        if (target is null)
        {
            return false;
        }

        await _parts.Disks.MountAsync(slot, target, new MountOptions(ReadOnly: (mode & ReadWrite) == 0, Atari: true));
        return true;
    }

    private async ValueTask<SioResult> UnmountAsync(byte slot)
    {
        if (slot >= ClassicSlots.Count)
        {
            return SioResult.Error;
        }

        await _parts.Disks.UnmountAsync(slot);
        return SioResult.Complete;
    }

    private async ValueTask<bool> MountAllAsync()
    {
        bool all = true;
        for (byte slot = 0; slot < ClassicSlots.Count; slot++)
        {
            var drive = _parts.Slots.Drives[slot];
            if (drive.Host != ClassicDrive.NoHost && drive.File.Length > 0)
            {
                all &= await MountAsync(slot, drive.Mode);
            }
        }

        return all;
    }

    private async ValueTask<bool> OpenDirectoryAsync(byte host, ReadOnlyMemory<byte> data)
    {
        int end = data.Span.IndexOf((byte)0);
        string path = FixedText.Read(data.Span);
        string pattern = end < 0 ? "" : FixedText.Read(data.Span[(end + 1)..]);
        var target = _parts.Slots.Resolve(host, path);
        _directory = target is null ? null : await ClassicDirectory.OpenAsync(target, pattern);
        return _directory is not null;
    }

    private SioResult ReadDirectory(SioCommand command)
    {
        int length = ClassicDirectory.AnswerBytes(command.Aux1, command.Aux2);
        return _directory is null || length == 0 ? SioResult.FailedRead(new byte[Math.Max(1, length)]) : SioResult.Read(_directory.Read(command.Aux1, command.Aux2));
    }

    private SioResult SeekDirectory(int position)
    {
        _directory?.Seek(position);
        return Done(_directory is not null);
    }

    private SioResult CloseDirectory()
    {
        _directory = null;
        return SioResult.Complete;
    }

    private async ValueTask<SioResult> NewDiskAsync(ReadOnlyMemory<byte> data)
    {
        const int nameAt = 6;
        int sectors = BinaryPrimitives.ReadUInt16LittleEndian(data.Span);
        int sectorBytes = BinaryPrimitives.ReadUInt16LittleEndian(data.Span[2..]);
        byte host = data.Span[4];
        byte slot = data.Span[5];
        string name = FixedText.Read(data.Span[nameAt..]);
        if (_parts.Slots.Resolve(host, name) is not { } target || name.Length == 0)
        {
            return SioResult.Error;
        }

        await _parts.Disks.CreateAsync(target, ImageFormats.LayoutOfNew(ImageType.Atr, sectorBytes, (uint)sectors), overwrite: false);
        if (slot < ClassicSlots.Count)
        {
            _parts.Slots.Drives[slot] = new ClassicDrive(host, ReadWrite, name);
            await _parts.Slots.SaveAsync();
        }

        return SioResult.Complete;
    }

    /// <summary>Copies a file from one host to another; the hosts count from 1 here.</summary>
    private async ValueTask<bool> CopyAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        const int chunk = 64 * 1024;
        string[] names = FixedText.Read(data.Span).Split('|');
        if (names.Length != 2 || _parts.Slots.Resolve(command.Aux1 - 1, names[0]) is not { } source || _parts.Slots.Resolve(command.Aux2 - 1, names[1]) is not { } target)
        {
            return false;
        }

        if (await target.StatAsync() is { IsDirectory: true })
        {
            target = _parts.Slots.Resolve(command.Aux2 - 1, $"{names[1].TrimEnd('/')}/{StoragePath.NameOf(names[0])}")!;
        }

        await using var from = await source.FileSystem.OpenAsync(source.Path, StoredFileMode.Read);
        await using var to = await target.FileSystem.OpenAsync(target.Path, StoredFileMode.Create);
        byte[] buffer = new byte[chunk];
        int read;
        for (long at = 0; (read = await from.ReadAsync(at, buffer)) > 0; at += read)
        {
            await to.WriteAsync(at, buffer.AsMemory(0, read));
        }

        await to.FlushAsync();
        _parts.Storage.NotifyChanged(target.Uri);
        return true;
    }

    private async ValueTask<SioResult> SetBootAsync(FujiCommand name, byte value)
    {
        // CONFIG off, or mode "mount all": what is in the drives is started instead of CONFIG, until the FujiNet starts again.
        const byte mountAll = 1;
        _parts.Config.Boot.IsConfig = name == FujiCommand.ConfigBoot ? value != 0 : value != mountAll;
        if (!_parts.Config.Boot.IsConfig && !string.IsNullOrEmpty(_parts.Slots.Drives[0].File))
        {
            await MountAsync(0, _parts.Slots.Drives[0].Mode);
        }

        return SioResult.Complete;
    }

    private SioResult SetBaud(byte index)
    {
        int[] rates = [19200, 38400, 57600, 115200, 230400, 460800, 921600];
        if (index >= rates.Length)
        {
            return SioResult.Error;
        }

        _chain.SetBaud?.Invoke(rates[index]);
        return SioResult.Complete;
    }

    private SioResult ResetAll()
    {
        _chain.Reset(cold: true);
        return SioResult.Complete;
    }
}
