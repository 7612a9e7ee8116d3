using Attic.Abi.AtariXl;
using Attic.FujiNet.Core;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Sio;

/// <summary>A chain of devices at the back of our own XL: the machine's mailbox on one side, the core's thread on the other.</summary>
public sealed class SioMailboxTransport : ITransport
{
    /// <summary>The <see cref="SioMailbox.Patience"/> of a machine that runs as fast as it can.</summary>
    public static readonly TimeSpan UnpacedPatience = TimeSpan.FromSeconds(10);

    private readonly SioChain _chain;
    private readonly CoreContext _context;
    private bool _serving;

    /// <summary>A transport for one machine; the chain belongs to it from then on.</summary>
    /// <param name="chain">The devices.</param>
    /// <param name="context">Brings commands onto the core's thread.</param>
    /// <param name="isPaced">Whether the machine keeps real time; one that does not stands still while a command is carried out.</param>
    public SioMailboxTransport(SioChain chain, CoreContext context, bool isPaced)
    {
        ArgumentNullException.ThrowIfNull(chain);
        (_chain, _context) = (chain, context);
        chain.IsPaced = isPaced;
        Mailbox = new SioMailbox(PlanOf)
        {
            Patience = isPaced ? TimeSpan.Zero : UnpacedPatience,
            Arrived = () => _context.Post(_ => _ = ServeAsync(), null),
            StreamArrived = () => _context.Post(_ => TakeStream(), null),
        };
        _chain.AttentionChanged = wanted => Mailbox.Proceed = wanted;
        _chain.SetBaud = baud => Mailbox.StreamBaud = _chain.Stream is null ? 0 : baud;
        _chain.SendStream = bytes => Mailbox.SendStream(bytes.Span);
    }

    /// <summary>What is plugged into the machine.</summary>
    public SioMailbox Mailbox { get; }

    /// <summary>Commands that were answered.</summary>
    public long Served { get; private set; }

    /// <inheritdoc />
    public string Name => "sio";

    /// <inheritdoc />
    public bool IsClosed => false;

    /// <inheritdoc />
    public void Poll()
    {
        // The mailbox says when something has come.
    }

    /// <inheritdoc />
    public bool Receive(IORequest request) => false;

    /// <inheritdoc />
    public void Send(in IOResponse response) => throw new InvalidOperationException("The serial bus makes no requests of the FujiBus.");

    /// <inheritdoc />
    public void Interest(ReadinessSet set, bool wantRequests)
    {
        // The context wakes the core.
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Mailbox.Arrived = Mailbox.StreamArrived = null;
        _chain.AttentionChanged = null;
        _chain.SetBaud = null;
        _chain.SendStream = null;
        _chain.Dispose();
    }

    private SioPlan PlanOf(SioCommand command)
    {
        var reception = _chain.Accept(command);
        return reception.Answer switch
        {
            SioFrame.Ack => new SioPlan(SioPlanKind.Accepted, reception.WriteBytes),
            SioFrame.Nak => new SioPlan(SioPlanKind.Refused),
            _ => new SioPlan(SioPlanKind.NotMine),
        };
    }

    private void TakeStream()
    {
        var bytes = new List<byte>();
        while (Mailbox.TryReceiveStream(out byte value))
        {
            bytes.Add(value);
        }

        if (bytes.Count > 0)
        {
            _chain.Stream?.OnBytes(bytes.ToArray());
        }
    }

    /// <summary>Serves what has come, one after the other.</summary>
    private async Task ServeAsync()
    {
        if (_serving)
        {
            return;
        }

        _serving = true;
        try
        {
            while (Mailbox.TryReceive(out var request))
            {
                var result = await _chain.ExecuteAsync(request!.Command, request.Data);
                Mailbox.TryAnswer(new SioAnswer(request.Id, result.Answer == SioFrame.Complete, result.Data.ToArray()));
                Served++;
            }
        }
        finally
        {
            _serving = false;
        }
    }
}
