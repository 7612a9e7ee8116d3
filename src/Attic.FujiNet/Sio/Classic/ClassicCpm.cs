using Attic.Abi.AtariXl;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Cpm;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>CP/M behind the serial bus: the command <c>G</c> starts it, and from then on the computer is its terminal, at 9600 baud, until it is reset.</summary>
public sealed class ClassicCpm(SioChain chain, CoreContext context, string folder) : SioPeripheral, ISioStream
{
    /// <summary>Its id.</summary>
    public const byte Id = 0x5A;

    private const byte Go = (byte)'G';
    private const int Baud = 9600;
    private CpmSession? _session;

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command) => command.Command == Go ? SioReception.Ack : SioReception.Nak;

    /// <inheritdoc />
    public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        End();
        var session = new CpmSession(bytes => context.Post(_ => Send(bytes), null), Baud);
        _session = session;

        // The computer gets its answer at the bus's own rate first.
        context.Post(_ => Start(session), null);
        return new(SioResult.Complete);
    }

    /// <inheritdoc />
    public void OnBytes(ReadOnlyMemory<byte> bytes) => _session?.Type(bytes.Span);

    /// <inheritdoc />
    public override void Reset(bool cold) => End();

    /// <inheritdoc />
    protected override void Dispose(bool disposing) => End();

    private void Start(CpmSession session)
    {
        if (_session != session)
        {
            return;
        }

        chain.Stream = this;
        chain.SetBaud?.Invoke(Baud);
        _ = session.RunAsync(folder);
    }

    private void Send(byte[] bytes)
    {
        if (_session is not null)
        {
            chain.SendStream?.Invoke(bytes);
        }
    }

    private void End()
    {
        if (_session is null)
        {
            return;
        }

        _session.Dispose();
        _session = null;
        chain.Stream = null;
        chain.SetBaud?.Invoke(SioChain.StandardBaud);
    }
}
