using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Devices.Printing;

/// <summary>
/// The printer on the FujiBus, of our own definition: 01 Write (ver, lp16 data) answers ver, flags 0, rsv u16, written u16;
/// 02 Status (ver) answers ver, flags (1 the last write failed), rsv u16, printed u32; 03 EndJob (ver) answers ver.
/// </summary>
public sealed class PrinterDevice(Printer printer) : VirtualDevice
{
    /// <summary>The wire id that it has unless configured otherwise.</summary>
    public const byte WireId = 0xF4;

    /// <inheritdoc />
    public override async ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        switch ((byte)request.Command)
        {
            case 0x01: return await WriteAsync(request);
            case 0x02: return Status(request);
            case 0x03:
                if (!HasVersion(request))
                {
                    return request.Refuse(IOStatus.InvalidRequest);
                }

                await printer.EndJobAsync();
                request.Reply.Byte(DevicePayload.Version);
                return request.Answer();
            default: return request.Refuse(IOStatus.Unsupported);
        }
    }

    private static bool HasVersion(IORequest request) => request.Payload.Span is [DevicePayload.Version];

    private async ValueTask<IOResponse> WriteAsync(IORequest request)
    {
        const int head = 3;
        var payload = new PayloadReader(request.Payload.Span);
        bool valid = payload.Byte() == DevicePayload.Version;
        int length = payload.Block().Length;
        if (!valid || !payload.IsExact)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (!await printer.PrintAsync(request.Payload.Slice(head, length)))
        {
            return request.Refuse(IOStatus.IOError);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Word((ushort)length);
        return request.Answer();
    }

    private IOResponse Status(IORequest request)
    {
        if (!HasVersion(request))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(printer.Fault.Length > 0 ? (byte)1 : (byte)0).Word(0).Long((uint)printer.Printed);
        return request.Answer();
    }
}
