using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Clock;
using Attic.FujiNet.Devices.Hosts;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Files;

/// <summary>Files and folders on the wire.</summary>
public sealed class FileDevice : VirtualDevice
{
    private const byte IsDirectory = 1;
    private const byte Exists = 2;

    private readonly StorageManager _storage;
    private readonly HostState _host;
    private readonly ClockService _clock;

    /// <summary>The device.</summary>
    /// <param name="storage">The file systems.</param>
    /// <param name="host">From where a listing's relative path is seen.</param>
    /// <param name="clock">The zone in which a listing shows dates.</param>
    public FileDevice(StorageManager storage, HostState host, ClockService clock)
    {
        _storage = storage;
        _host = host;
        _clock = clock;
    }

    /// <inheritdoc/>
    public override bool IsReentrant => true;

    /// <inheritdoc/>
    public override async ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return (byte)request.Command switch
            {
                1 => await StatAsync(request),
                2 => await ListAsync(request),
                3 => await ReadAsync(request),
                4 => await WriteAsync(request),
                5 => await ResolveAsync(request),
                6 => await MakeDirectoryAsync(request),
                _ => request.Refuse(IOStatus.Unsupported),
            };
        }
        catch (StorageException error)
        {
            return request.Refuse(error.Error == StorageError.TimedOut ? IOStatus.Timeout : IOStatus.IOError);
        }
    }

    private async ValueTask<IOResponse> StatAsync(IORequest request)
    {
        if (!TryReadUri(request, out string uri))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var target = _storage.Resolve(uri);
        if (target is null)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        var entry = await target.StatAsync();
        request.Reply.Byte(DevicePayload.Version).Byte(FlagsOf(entry)).Word(0).Quad((ulong)(entry?.Size ?? 0)).Quad((ulong)(entry?.ModifiedUnix ?? 0));
        return request.Answer();
    }

    private async ValueTask<IOResponse> ListAsync(IORequest request)
    {
        if (!ListRequest.TryRead(request.Payload.Span, out var list))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var target = await _host.ResolveAsync(list.Uri);
        if (target is null)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        var entries = await target.FileSystem.ListAsync(target.Path);
        list.Write(request.Reply, entries, unix => Local(unix), Local(_clock.UnixSeconds));
        return request.Answer();
    }

    private DateTime Local(long unix) => _clock.ToLocal(unix);

    private async ValueTask<IOResponse> ReadAsync(IORequest request)
    {
        const int HeaderBytes = 10;
        const byte Eof = 1;
        const byte Full = 2;
        if (!TryReadAccess(request, out string uri, out uint offset, out int size, out _) || size == 0)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var target = _storage.Resolve(uri);
        if (target is null)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        await using var file = await target.FileSystem.OpenAsync(target.Path, StoredFileMode.Read);
        int max = Math.Min(size, PayloadWriter.MaxBytes - HeaderBytes);
        var reply = request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Long(offset).Word(0);
        int count = await file.ReadAsync(offset, reply.Room(max));
        reply.Trim(HeaderBytes + count);
        reply.SetByte(1, count < max ? Eof : Full);
        reply.SetWord(HeaderBytes - 2, count);
        return request.Answer();
    }

    private async ValueTask<IOResponse> WriteAsync(IORequest request)
    {
        if (!TryReadAccess(request, out string uri, out uint offset, out int size, out var rest) || rest.Length < size)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var target = _storage.Resolve(uri);
        if (target is null)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        await using (var file = await target.FileSystem.OpenAsync(target.Path, offset == 0 ? StoredFileMode.Create : StoredFileMode.OpenOrCreate))
        {
            await file.WriteAsync(offset, rest[..size]);
        }

        _storage.NotifyChanged(target.Uri);
        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Long(offset).Word(size);
        return request.Answer();
    }

    private async ValueTask<IOResponse> ResolveAsync(IORequest request)
    {
        if (!TryReadResolve(request, out string from, out string path))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var folder = _storage.Resolve(from);
        var target = folder is null || path.Length == 0 ? folder : _storage.Resolve(path, folder);
        if (target is null)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(FlagsOf(await TryStatAsync(target))).Word(0).Text(target.Uri).Text(target.DisplayPath);
        return request.Answer();
    }

    private async ValueTask<IOResponse> MakeDirectoryAsync(IORequest request)
    {
        const byte WithParents = 1;
        if (!TryReadMake(request, out string uri, out byte flags))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var target = _storage.Resolve(uri);
        if (target is null)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        // A folder that exists is fine, asked for or not.
        if (await target.StatAsync() is not { IsDirectory: true })
        {
            await ((flags & WithParents) != 0
                ? Folders.MakeAsync(target.FileSystem, target.Path)
                : target.FileSystem.MakeDirectoryAsync(target.Path));
            _storage.NotifyChanged(target.Uri);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0);
        return request.Answer();
    }

    private static byte FlagsOf(StoredEntry? entry) => entry is null ? (byte)0 : (byte)(Exists | (entry.IsDirectory ? IsDirectory : 0));

    // A server that does not answer does not keep a path from being resolved.
    private static async ValueTask<StoredEntry?> TryStatAsync(StorageTarget target)
    {
        try
        {
            return await target.StatAsync();
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private static bool TryReadUri(IORequest request, out string uri)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        uri = payload.Text();
        return version == DevicePayload.Version && !payload.Failed && uri.Length > 0;
    }

    private static bool TryReadAccess(IORequest request, out string uri, out uint offset, out int size, out ReadOnlyMemory<byte> rest)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        uri = payload.Text();
        offset = payload.Long();
        size = payload.Word();
        rest = request.Payload[^payload.Left..];
        return version == DevicePayload.Version && !payload.Failed && uri.Length > 0;
    }

    private static bool TryReadResolve(IORequest request, out string from, out string path)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        from = payload.Text();
        path = payload.Text();
        return version == DevicePayload.Version && !payload.Failed && from.Length > 0;
    }

    private static bool TryReadMake(IORequest request, out string uri, out byte flags)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        uri = payload.Text();
        flags = payload.Byte();
        return version == DevicePayload.Version && !payload.Failed && uri.Length > 0;
    }
}
