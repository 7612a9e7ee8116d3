using Attic.Abi.AtariXl;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>A handler that is there to be loaded.</summary>
/// <param name="Handler">The handler.</param>
/// <param name="Name">The device's name, <c>N</c>.</param>
/// <param name="LoadId">The device that it is loaded from.</param>
/// <param name="AtStart">Whether every start brings it; else only a program that opens the device.</param>
public sealed record HandlerOffer(RelocatableHandler Handler, char Name, byte LoadId, bool AtStart);

/// <summary>
/// Answers the polls by which an XL looks for handlers (Atari XL OS manual, addendum): type 3 at a start, once for each; type 4 when a program
/// opens a device that is not there. The handler's stub is then loaded, and fetches the handler.
/// </summary>
public sealed class HandlerPoll : SioPeripheral
{
    /// <summary>The address of all polls.</summary>
    public const byte PollId = 0x4F;

    /// <summary>Where the N: handler is loaded from.</summary>
    public const byte NetworkLoadId = 0x7E;

    /// <summary>Where the R: handler is loaded from.</summary>
    public const byte ModemLoadId = 0x7D;

    private const byte Poll = 0x40;
    private const byte Load = 0x26;
    private const byte Fetch = 0x27;
    private const byte ResetMark = 0x4F;

    // No handler lies in the system's own pages.
    private const int LowestAddress = 0x0400;
    private const byte Version = 1;
    private readonly HandlerOffer[] _offers;
    private readonly int _atStart;
    private volatile int _answered;

    /// <summary>Handlers.</summary>
    /// <param name="offers">The handlers.</param>
    public HandlerPoll(params HandlerOffer[] offers)
    {
        ArgumentNullException.ThrowIfNull(offers);

        // Those of a start come first, so that a count says which was last.
        _offers = [.. offers.OrderBy(offer => !offer.AtStart)];
        _atStart = offers.Count(offer => offer.AtStart);
    }

    /// <summary>Puts it onto a bus, behind the address of polls and those that handlers are loaded from.</summary>
    public void AttachTo(SioChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        chain.Attach(PollId, this);
        foreach (var offer in _offers)
        {
            chain.Attach(offer.LoadId, this);
        }
    }

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command)
    {
        if (command.Device != PollId && !IsPollOn(command))
        {
            return command.Command is Load or Fetch ? SioReception.Ack : SioReception.Nak;
        }

        if (command.Device != PollId)
        {
            return OfferFor(command) is null ? SioReception.Silent : SioReception.Ack;
        }

        if (command.Command != Poll)
        {
            return SioReception.Silent;
        }

        if (command is { Aux1: ResetMark, Aux2: ResetMark })
        {
            // Every device may answer again; none answers to this.
            _answered = 0;
            return SioReception.Silent;
        }

        return OfferFor(command) is null ? SioReception.Silent : SioReception.Ack;
    }

    /// <inheritdoc />
    public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        if (command.Device != PollId && !IsPollOn(command))
        {
            var handler = Array.Find(_offers, offer => offer.LoadId == command.Device)!.Handler;
            return new(SioResult.Read(command.Command == Load ? handler.Block(command.Aux1) : handler.LinkedAt((ushort)command.Aux)));
        }

        if (OfferFor(command) is not { } polled)
        {
            return new(SioResult.Error);
        }

        if (command.Aux1 == 0)
        {
            _answered++;
        }

        return new(SioResult.Read(new[] { (byte)polled.Handler.Size, (byte)(polled.Handler.Size >> 8), polled.LoadId, Version }));
    }

    /// <inheritdoc />
    public override void Reset(bool cold) => _answered = 0;

    // AltirraOS polls on with the device and command of the last transfer; silence ends its search.
    private static bool IsPollOn(SioCommand command) => command is { Command: Fetch, Aux: < LowestAddress };

    private HandlerOffer? OfferFor(SioCommand command)
    {
        int answered = _answered;
        return command is { Aux1: 0, Aux2: 0 } ? answered < _atStart ? _offers[answered] : null
            : Array.Find(_offers, offer => offer.Name == command.Aux1);
    }
}
