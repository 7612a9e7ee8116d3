using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Hosts;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Slots;

/// <summary>The catalogue of disk images on the wire.</summary>
public sealed class SlotCatalogDevice : VirtualDevice
{
    private const byte Valid = 1;
    private const byte ReadOnly = 2;
    private const byte Truncated = 4;
    private const byte KeepTail = 1;
    private const byte Formatted = 2;
    private const int EntryHeader = 3;

    private readonly SlotCatalog _catalog;
    private readonly HostState _host;

    /// <summary>The device of a catalogue.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="host">From where targets are seen.</param>
    public SlotCatalogDevice(SlotCatalog catalog, HostState host)
    {
        _catalog = catalog;
        _host = host;
    }

    /// <inheritdoc/>
    public override async ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return (byte)request.Command switch
            {
                1 => await GetAsync(request),
                2 => await PutAsync(request),
                3 => await DeleteAsync(request),
                4 => await RangeAsync(request),
                _ => request.Refuse(IOStatus.Unsupported),
            };
        }
        catch (StorageException)
        {
            return request.Refuse(IOStatus.IOError);
        }
    }

    private static bool TryReadIndex(IORequest request, out byte index)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        index = payload.Byte();
        return version == DevicePayload.Version && payload.IsExact;
    }

    private static IOResponse AnswerEntry(IORequest request, CatalogEntry entry)
    {
        request.Reply.Byte(DevicePayload.Version).Byte((byte)(Valid | (entry.IsReadOnly ? ReadOnly : 0))).Byte(entry.Index).Text(entry.Uri);
        return request.Answer();
    }

    private async ValueTask<IOResponse> GetAsync(IORequest request)
    {
        if (!TryReadIndex(request, out byte index))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var entry = _catalog.IsAvailable ? await _catalog.GetAsync(index) : null;
        return entry is null ? request.Refuse(IOStatus.DeviceNotFound) : AnswerEntry(request, entry);
    }

    private async ValueTask<IOResponse> PutAsync(IORequest request)
    {
        if (!TryReadPut(request, out byte index, out byte flags, out string text))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var target = _catalog.IsAvailable ? await _host.ResolveAsync(text) : null;
        if (target is null)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        var entry = new CatalogEntry(index, (flags & ReadOnly) != 0, target.Uri);
        await _catalog.PutAsync(entry);
        return AnswerEntry(request, entry);
    }

    private async ValueTask<IOResponse> DeleteAsync(IORequest request)
    {
        if (!TryReadIndex(request, out byte index))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (!_catalog.IsAvailable)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        bool removed = await _catalog.DeleteAsync(index);
        request.Reply.Byte(DevicePayload.Version).Byte(removed ? (byte)1 : (byte)0).Byte(index);
        return request.Answer();
    }

    private async ValueTask<IOResponse> RangeAsync(IORequest request)
    {
        const int HeaderBytes = 7;
        const int LengthOffset = 5;
        if (!TryReadRange(request, out var range))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (!_catalog.IsAvailable)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        bool formatted = (range.Flags & Formatted) != 0;
        var entries = (await _catalog.ListAsync()).Where(entry => entry.Index >= range.Lower && entry.Index <= range.Upper).ToList();
        var reply = request.Reply.Byte(DevicePayload.Version).Byte(formatted ? Formatted : (byte)0).Byte(0).Byte((byte)range.PresenceBytes).Byte(0).Word(0);
        byte[] presence = new byte[range.PresenceBytes];
        foreach (var entry in entries)
        {
            int bit = entry.Index - range.Lower;
            presence[bit / 8] |= (byte)(1 << (bit % 8));
        }

        reply.Bytes(presence);
        byte count = 0;
        foreach (var entry in entries.Where(entry => entry.Index >= range.Cursor))
        {
            byte[] item = Format(entry, range);
            if (reply.Length - HeaderBytes + item.Length > Math.Min(range.Max, PayloadWriter.MaxBytes - HeaderBytes) || count == byte.MaxValue)
            {
                reply.SetByte(1, (byte)(1 | (formatted ? Formatted : 0)));
                reply.SetByte(2, entry.Index);
                break;
            }

            reply.Bytes(item);
            count++;
        }

        reply.SetByte(LengthOffset - 1, count);
        reply.SetWord(LengthOffset, reply.Length - HeaderBytes - range.PresenceBytes);
        return request.Answer();
    }

    private static byte[] Format(CatalogEntry entry, CatalogRange range)
    {
        byte[] uri = Encoding.UTF8.GetBytes(entry.Uri);
        bool cut = uri.Length > range.MaxUri;
        byte[] kept = !cut ? uri : (range.Flags & KeepTail) != 0 ? uri[^range.MaxUri..] : uri[..range.MaxUri];
        if ((range.Flags & Formatted) != 0)
        {
            return [.. Encoding.ASCII.GetBytes($"{entry.Index}: "), .. kept, (byte)'\n'];
        }

        byte flags = (byte)(Valid | (entry.IsReadOnly ? ReadOnly : 0) | (cut ? Truncated : 0));
        return [entry.Index, flags, (byte)kept.Length, .. kept];
    }

    private static bool TryReadPut(IORequest request, out byte index, out byte flags, out string text)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        index = payload.Byte();
        flags = payload.Byte();
        text = payload.Text();
        return version == DevicePayload.Version && payload.IsExact && (flags & ~ReadOnly) == 0 && text.Length > 0;
    }

    private static bool TryReadRange(IORequest request, out CatalogRange range)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        range = new(payload.Byte(), payload.Byte(), payload.Byte(), payload.Byte(), payload.Byte(), payload.Word());
        return version == DevicePayload.Version && payload.IsExact && range.IsValid;
    }

    private readonly record struct CatalogRange(byte Lower, byte Upper, byte Cursor, byte Flags, byte MaxUri, int Max)
    {
        public int PresenceBytes => (Upper - Lower + 8) / 8;

        public bool IsValid =>
            Lower <= Upper && Cursor >= Lower && Cursor <= Upper && MaxUri != 0
            && (Flags & ~(KeepTail | Formatted)) == 0 && Max >= PresenceBytes + EntryHeader;
    }
}
