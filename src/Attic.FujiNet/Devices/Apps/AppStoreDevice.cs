using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Apps;

/// <summary>The app store on the wire.</summary>
public sealed class AppStoreDevice : VirtualDevice
{
    private readonly AppStore _store;

    /// <summary>The device of a store.</summary>
    public AppStoreDevice(AppStore store)
    {
        _store = store;
    }

    /// <inheritdoc/>
    public override async ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        byte command = (byte)request.Command;
        if (command is < 1 or > 5)
        {
            return request.Refuse(IOStatus.Unsupported);
        }

        if (!TryRead(request, command, out var fields))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (!_store.IsAvailable)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        try
        {
            return command switch
            {
                1 => await StatAsync(request, fields),
                2 => await ReadAsync(request, fields),
                3 => await WriteAsync(request, fields),
                4 => await DeleteAsync(request, fields),
                _ => await ListAsync(request, fields),
            };
        }
        catch (StorageException)
        {
            return request.Refuse(IOStatus.IOError);
        }
    }

    private static bool TryRead(IORequest request, byte command, out Fields fields)
    {
        const int ListCommand = 5;
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        var space = payload.Block();
        var key = payload.Block();
        uint offset = command is 2 or 3 ? payload.Long() : command == ListCommand ? payload.Word() : 0u;
        int max = command is 2 or ListCommand ? payload.Word() : 1;
        int dataBytes = command == 3 ? payload.Word() : 0;
        payload.Bytes(dataBytes);
        bool keyFits = command == ListCommand ? key.IsEmpty : key.Length is > 0 and <= AppStore.MaxNameBytes;
        fields = new(Encoding.UTF8.GetString(space), Encoding.UTF8.GetString(key), offset, max, request.Payload[^Math.Min(dataBytes, request.Payload.Length)..]);
        return version == DevicePayload.Version && payload.IsExact && keyFits && max != 0 && space.Length is > 0 and <= AppStore.MaxNameBytes;
    }

    private async ValueTask<IOResponse> StatAsync(IORequest request, Fields fields)
    {
        var entry = await _store.StatAsync(fields.Space, fields.Key);
        request.Reply.Byte(DevicePayload.Version).Byte(entry is null ? (byte)0 : (byte)1).Word(0)
            .Quad((ulong)(entry?.Size ?? 0)).Quad((ulong)(entry?.ModifiedUnix ?? 0));
        return request.Answer();
    }

    private async ValueTask<IOResponse> ReadAsync(IORequest request, Fields fields)
    {
        const int HeaderBytes = 10;
        const byte Eof = 1;
        const byte Exists = 2;
        var reply = request.Reply.Byte(DevicePayload.Version).Byte(Eof).Word(0).Long(fields.Offset).Word(0);
        int max = Math.Min(fields.Max, PayloadWriter.MaxBytes - HeaderBytes);
        var read = await _store.ReadAsync(fields.Space, fields.Key, fields.Offset, reply.Room(max));
        var (count, length) = read ?? (0, 0);
        reply.Trim(HeaderBytes + count);
        bool atEnd = count < max || fields.Offset + count >= length;
        reply.SetByte(1, (byte)((atEnd ? Eof : 0) | (read is null ? 0 : Exists)));
        reply.SetWord(HeaderBytes - 2, count);
        return request.Answer();
    }

    private async ValueTask<IOResponse> WriteAsync(IORequest request, Fields fields)
    {
        await _store.WriteAsync(fields.Space, fields.Key, fields.Offset, fields.Data);
        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Long(fields.Offset).Word(fields.Data.Length);
        return request.Answer();
    }

    private async ValueTask<IOResponse> DeleteAsync(IORequest request, Fields fields)
    {
        bool removed = await _store.DeleteAsync(fields.Space, fields.Key);
        request.Reply.Byte(DevicePayload.Version).Byte(removed ? (byte)1 : (byte)0).Word(0);
        return request.Answer();
    }

    private async ValueTask<IOResponse> ListAsync(IORequest request, Fields fields)
    {
        const int CountOffset = 6;
        const int HeaderBytes = 10;
        var keys = await _store.ListAsync(fields.Space);
        var reply = request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Word((int)fields.Offset).Zeros(4);
        int max = Math.Min(fields.Max, PayloadWriter.MaxBytes - HeaderBytes);
        int count = 0;
        foreach (string key in keys.Skip((int)fields.Offset))
        {
            if (reply.Length - HeaderBytes + 2 + Encoding.UTF8.GetByteCount(key) > max)
            {
                reply.SetByte(1, 1);
                break;
            }

            reply.Text(key);
            count++;
        }

        reply.SetWord(CountOffset, count);
        reply.SetWord(CountOffset + 2, reply.Length - HeaderBytes);
        return request.Answer();
    }

    private readonly record struct Fields(string Space, string Key, uint Offset, int Max, ReadOnlyMemory<byte> Data);
}
