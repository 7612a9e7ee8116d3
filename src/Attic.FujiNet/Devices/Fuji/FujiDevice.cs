using Attic.FujiNet.Core;

namespace Attic.FujiNet.Devices.Fuji;

/// <summary>The FujiNet itself on the wire: it can be restarted.</summary>
public sealed class FujiDevice : VirtualDevice
{
    private readonly Action _restart;

    /// <summary>The device.</summary>
    /// <param name="restart">Asks the platform for a restart, after the answer has gone out.</param>
    public FujiDevice(Action restart)
    {
        _restart = restart;
    }

    /// <inheritdoc/>
    public override ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        const byte Reset = 0xFF;
        ArgumentNullException.ThrowIfNull(request);
        if ((byte)request.Command != Reset)
        {
            return new(request.Refuse(IOStatus.Unsupported));
        }

        _restart();
        return new(request.Answer());
    }
}
