using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Devices.Clock;

/// <summary>The clock on the wire: time, formats of it, zone.</summary>
public sealed class ClockDevice : VirtualDevice
{
    private const int MaxZoneBytes = 64;

    private readonly ClockService _clock;
    private readonly Action<string>? _saveZone;

    /// <summary>The device.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="saveZone">Writes a zone into the configuration; null when there is none.</param>
    public ClockDevice(ClockService clock, Action<string>? saveZone = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _saveZone = saveZone;
    }

    /// <inheritdoc/>
    public override ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new((byte)request.Command switch
        {
            0x01 => GetTime(request),
            0x02 => SetTime(request),
            0x03 => GetTimeFormat(request),
            0x04 => GetZone(request),
            0x05 => SetZone(request, save: false),
            0x06 => SetZone(request, save: true),
            0x07 => Synchronize(request),
            _ => request.Refuse(IOStatus.Unsupported),
        });
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

    private IOResponse SetZone(IORequest request, bool save)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        var zone = payload.ShortBlock();
        if (version != DevicePayload.Version || !payload.IsExact || zone.Length is 0 or > MaxZoneBytes)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        _clock.Zone = Encoding.UTF8.GetString(zone);
        if (save)
        {
            if (_saveZone is null)
            {
                return request.Refuse(IOStatus.IOError);
            }

            _saveZone(_clock.Zone);
        }

        return GetZone(request);
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
