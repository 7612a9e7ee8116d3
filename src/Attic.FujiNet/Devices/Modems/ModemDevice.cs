using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Devices.Modems;

/// <summary>The modem on the wire.</summary>
public sealed class ModemDevice : VirtualDevice
{
    private readonly Modem _modem;
    private uint _hostWrite;
    private uint _hostRead;

    /// <summary>The device of a modem, which belongs to it from then on.</summary>
    public ModemDevice(Modem modem)
    {
        _modem = modem;
    }

    /// <summary>The modem.</summary>
    public Modem Modem => _modem;

    /// <inheritdoc/>
    public override ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Payload.IsEmpty || request.Payload.Span[0] != DevicePayload.Version)
        {
            return new(request.Refuse(IOStatus.InvalidRequest));
        }

        return new((byte)request.Command switch
        {
            1 => Write(request),
            2 => Read(request),
            3 => Status(request),
            4 => Control(request),
            _ => request.Refuse(IOStatus.Unsupported),
        });
    }

    /// <inheritdoc/>
    public override void Poll() => _modem.Poll();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _modem.Dispose();
        base.Dispose(disposing);
    }

    private IOResponse Write(IORequest request)
    {
        var payload = new PayloadReader(request.Payload.Span[1..]);
        uint offset = payload.Long();
        var data = payload.Block();
        if (!payload.IsExact || offset != _hostWrite)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (_modem.IsFull && data.Length > 0)
        {
            return request.Refuse(IOStatus.DeviceBusy);
        }

        _modem.Write(data);
        _hostWrite += (uint)data.Length;
        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Long(offset).Word(data.Length);
        return request.Answer();
    }

    private IOResponse Read(IORequest request)
    {
        const int HeaderBytes = 10;
        var payload = new PayloadReader(request.Payload.Span[1..]);
        uint offset = payload.Long();
        int max = payload.Word();
        if (!payload.IsExact || offset != _hostRead)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var reply = request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Long(offset).Word(0);
        int count = _modem.Read(reply.Room(Math.Min(max, PayloadWriter.MaxBytes - HeaderBytes)).Span);
        reply.Trim(HeaderBytes + count);
        reply.SetWord(HeaderBytes - 2, count);
        _hostRead += (uint)count;
        return request.Answer();
    }

    private IOResponse Status(IORequest request)
    {
        if (request.Payload.Length != 1)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        int flags = (_modem.InCommandMode ? 1 : 0) | (_modem.IsConnected ? 2 : 0) | (_modem.IsListening ? 4 : 0) | (_modem.IsRinging ? 8 : 0)
            | (_modem.AutoAnswer ? 0x10 : 0) | (_modem.UsesTelnet ? 0x20 : 0) | (_modem.Echoes ? 0x40 : 0) | (_modem.IsNumeric ? 0x80 : 0);
        request.Reply.Byte(DevicePayload.Version).Byte((byte)flags).Word(0).Word(_modem.ListenPort).Long((uint)_modem.Available)
            .Long(_hostWrite).Long(_hostRead).Long(_modem.NetworkRead).Long(_modem.NetworkWritten);
        return request.Answer();
    }

    private IOResponse Control(IORequest request)
    {
        var payload = new PayloadReader(request.Payload.Span[1..]);
        byte operation = payload.Byte();
        if (payload.Failed)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var status = IOStatus.Ok;
        switch (operation)
        {
            case 0x01:
                _modem.Report(_modem.HangUp() ? ModemResult.NoCarrier : ModemResult.Ok);
                break;
            case 0x02:
                string target = payload.Text();
                if (!payload.IsExact)
                {
                    return request.Refuse(IOStatus.InvalidRequest);
                }

                status = _modem.Dial(target) ? IOStatus.Ok : IOStatus.InvalidRequest;
                break;
            case 0x03:
                int port = payload.Word();
                if (!payload.IsExact)
                {
                    return request.Refuse(IOStatus.InvalidRequest);
                }

                status = port == 0 ? IOStatus.InvalidRequest : _modem.Listen(port) ? IOStatus.Ok : IOStatus.IOError;
                break;
            case 0x04:
                _modem.StopListening();
                break;
            case 0x05:
                _modem.Answer();
                break;
            case 0x0A:
                _modem.Reset();
                break;
            case 0x0B:
                uint baud = payload.Long();
                if (!payload.IsExact || !_modem.SetBaud(baud))
                {
                    return request.Refuse(IOStatus.InvalidRequest);
                }

                break;
            case >= 0x06 and <= 0x0C:
                bool on = payload.Byte() != 0;
                if (!payload.IsExact)
                {
                    return request.Refuse(IOStatus.InvalidRequest);
                }

                Switch(operation, on);
                break;
            default:
                return request.Refuse(IOStatus.Unsupported);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0);
        return request.Answer(status);
    }

    private void Switch(byte operation, bool on)
    {
        switch (operation)
        {
            case 0x06:
                _modem.AutoAnswer = on;
                break;
            case 0x07:
                _modem.UsesTelnet = on;
                break;
            case 0x08:
                _modem.Echoes = on;
                break;
            case 0x09:
                _modem.IsNumeric = on;
                break;
            default:
                _modem.IsBaudLocked = on;
                break;
        }
    }
}
