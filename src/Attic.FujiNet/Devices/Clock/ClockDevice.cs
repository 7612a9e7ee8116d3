using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Clock;

/// <summary>The clock on the wire: time, formats of it, zone.</summary>
public sealed class ClockDevice : VirtualDevice
{
    private const int MaxZoneBytes = 64;

    private readonly ClockService _clock;
    private readonly Func<string, ValueTask>? _saveZone;

    /// <summary>The device.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="saveZone">Writes a zone into the configuration; null when there is none.</param>
    public ClockDevice(ClockService clock, Func<string, ValueTask>? saveZone = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _saveZone = saveZone;
    }

    /// <inheritdoc/>
    public override ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (byte)request.Command switch
        {
            0x01 => new(GetTime(request)),
            0x02 => new(SetTime(request)),
            0x03 => new(GetTimeFormat(request)),
            0x04 => new(GetZone(request)),
            0x05 => SetZoneAsync(request, save: false),
            0x06 => SetZoneAsync(request, save: true),
            0x07 => new(Synchronize(request)),
            _ => new(request.Refuse(IOStatus.Unsupported)),
        };
    }

    private IOResponse GetTime(IORequest request)
    {
        long now = _clock.UnixSeconds;
        if (now == 0)
        {
            return request.Refuse(IOStatus.NotReady);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Quad((ulong)now);
        return request.Answer();
    }

    private IOResponse SetTime(IORequest request)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        ulong seconds = payload.Quad();
        if (version != DevicePayload.Version || !payload.IsExact)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (!_clock.MaySet)
        {
            return request.Refuse(IOStatus.IOError);
        }

        if (seconds > long.MaxValue)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        _clock.Set((long)seconds);
        return GetTime(request);
    }

    private IOResponse GetTimeFormat(IORequest request)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        byte format = payload.Byte();
        string? zone = null;
        if (payload.Left > 0)
        {
            var given = payload.ShortBlock();
            zone = given.IsEmpty ? "UTC" : Encoding.UTF8.GetString(given);
            if (given.Length > MaxZoneBytes)
            {
                return request.Refuse(IOStatus.InvalidRequest);
            }
        }

        if (version != DevicePayload.Version || !payload.IsExact || !Enum.IsDefined((TimeFormat)format))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (_clock.UnixSeconds == 0)
        {
            return request.Refuse(IOStatus.NotReady);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(format).Bytes(_clock.Format((TimeFormat)format, zone));
        return request.Answer();
    }

    private IOResponse GetZone(IORequest request)
    {
        request.Reply.Byte(DevicePayload.Version).ShortText(_clock.Zone).Byte(0);
        return request.Answer();
    }

    private async ValueTask<IOResponse> SetZoneAsync(IORequest request, bool save)
    {
        if (!TryReadZone(request, out string zone))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        _clock.Zone = zone;
        try
        {
            if (save)
            {
                await (_saveZone ?? throw new StorageException(StorageError.Unsupported, "There is no configuration to save it in."))(zone);
            }
        }
        catch (StorageException)
        {
            return request.Refuse(IOStatus.IOError);
        }

        return GetZone(request);
    }

    private static bool TryReadZone(IORequest request, out string zone)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        var bytes = payload.ShortBlock();
        zone = Encoding.UTF8.GetString(bytes);
        return version == DevicePayload.Version && payload.IsExact && bytes.Length is > 0 and <= MaxZoneBytes;
    }

    private IOResponse Synchronize(IORequest request)
    {
        var payload = new PayloadReader(request.Payload.Span);
        if (payload.Byte() != DevicePayload.Version)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        _clock.Synchronize();
        return GetTime(request);
    }
}
