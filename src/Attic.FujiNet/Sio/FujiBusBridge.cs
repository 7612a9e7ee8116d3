using Attic.Abi.AtariXl;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Sio;

namespace Attic.FujiNet.Sio;

/// <summary>
/// FujiBus inside SIO, for programs on an Atari that speak it themselves (profile ATARI_FUJIBUS_NETSIO): W brings a part of a SLIP stream of
/// AUX bytes, R takes AUX bytes (768 for 0) of the answer's, filled up with zeros, which are noise between frames. Without anything to
/// take there is no data, and the Atari tries again.
/// </summary>
public sealed class FujiBusBridge : SioPeripheral
{
    /// <summary>Its id; <see cref="SecondId"/> is the other.</summary>
    public const byte Id = 0x71;

    /// <summary>Its other id.</summary>
    public const byte SecondId = 0x7F;

    private const byte Write = (byte)'W';
    private const byte Read = (byte)'R';
    private const int UsualRead = 768;
    private const int MostWrite = 4096;
    private readonly MemoryChannel _host;

    /// <summary>A bridge.</summary>
    /// <param name="host">The host's end of a channel whose other end a FujiBus transport has; it belongs to the bridge from then on.</param>
    public FujiBusBridge(MemoryChannel host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
    }

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command) => command.Command switch
    {
        Write when command.Aux is > 0 and <= MostWrite => SioReception.AckWrite(command.Aux),
        Read => SioReception.Ack,
        _ => SioReception.Nak,
    };

    /// <inheritdoc />
    public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        if (command.Command == Write)
        {
            _host.Write(data.Span);
            return new(SioResult.Complete);
        }

        byte[] answer = new byte[command.Aux == 0 ? UsualRead : command.Aux];
        return new(_host.Read(answer) > 0 ? SioResult.Read(answer) : SioResult.Complete);
    }

    /// <inheritdoc />
    public override void Reset(bool cold)
    {
        if (cold)
        {
            // Nothing of before is answered to the next program.
            _host.Reconnect();
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing) => _host.Dispose();
}
