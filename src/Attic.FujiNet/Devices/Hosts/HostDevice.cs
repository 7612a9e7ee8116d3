using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Hosts;

/// <summary>The current host on the wire.</summary>
public sealed class HostDevice : VirtualDevice
{
    private readonly HostState _state;

    /// <summary>The device of a state.</summary>
    public HostDevice(HostState state)
    {
        _state = state;
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
                2 => await SetAsync(request),
                3 => await ListHistoryAsync(request),
                4 => await ChangeHistoryAsync(request, _state.SelectAsync),
                5 => await ChangeHistoryAsync(request, _state.DeleteAsync),
                _ => request.Refuse(IOStatus.Unsupported),
            };
        }
        catch (StorageException)
        {
            return request.Refuse(IOStatus.IOError);
        }
    }

    private async ValueTask<IOResponse> GetAsync(IORequest request)
    {
        if (request.Payload.Length != 1 || request.Payload.Span[0] != DevicePayload.Version)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var current = await _state.GetAsync();
        if (current is null)
        {
            return request.Refuse(IOStatus.DeviceNotFound);
        }

        byte[] uri = Encoding.UTF8.GetBytes(current.Uri);
        byte[] path = Encoding.UTF8.GetBytes(current.DisplayPath);
        request.Reply.Byte(DevicePayload.Version).Word(uri.Length).Word(path.Length).Bytes(uri).Bytes(path);
        return request.Answer();
    }

    private async ValueTask<IOResponse> SetAsync(IORequest request)
    {
        if (!TryReadText(request, out string spec))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (!await _state.SetAsync(spec))
        {
            return request.Refuse(IOStatus.IOError);
        }

        request.Reply.Byte(DevicePayload.Version);
        return request.Answer();
    }

    private async ValueTask<IOResponse> ListHistoryAsync(IORequest request)
    {
        if (!TryReadPage(request, out int offset, out int max))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var history = await _state.HistoryAsync();
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(history.Select((uri, index) => $"{index} {uri}\n")));
        var rest = text.AsSpan(Math.Min(offset, text.Length));
        var slice = rest[..Math.Min(Math.Min(max, 60_000), rest.Length)];
        request.Reply.Byte(DevicePayload.Version).Byte(slice.Length < rest.Length ? (byte)1 : (byte)0).Word(offset).Block(slice);
        return request.Answer();
    }

    private static async ValueTask<IOResponse> ChangeHistoryAsync(IORequest request, Func<int, ValueTask<bool>> change)
    {
        if (request.Payload.Length != 2 || request.Payload.Span[0] != DevicePayload.Version)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (!await change(request.Payload.Span[1]))
        {
            return request.Refuse(IOStatus.IOError);
        }

        request.Reply.Byte(DevicePayload.Version);
        return request.Answer();
    }

    private static bool TryReadText(IORequest request, out string text)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        text = payload.Text();
        return version == DevicePayload.Version && payload.IsExact;
    }

    private static bool TryReadPage(IORequest request, out int offset, out int max)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        offset = payload.Word();
        max = payload.Word();
        return version == DevicePayload.Version && payload.IsExact && max != 0;
    }
}
