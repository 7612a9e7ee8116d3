using Attic.Abi.AtariXl;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// Answers the polls by which an XL looks for handlers (Atari XL OS manual, addendum): type 3 at a start, once; type 4 when a program
/// opens a device that is not there. The handler's stub is then loaded, and fetches the handler.
/// </summary>
public sealed class HandlerPoll : SioPeripheral
{
    /// <summary>The address of all polls.</summary>
    public const byte PollId = 0x4F;

    /// <summary>Where the handler is loaded from.</summary>
    public const byte LoadId = 0x7E;

    private const byte Poll = 0x40;
    private const byte Load = 0x26;
    private const byte Fetch = 0x27;
    private const byte ResetMark = 0x4F;

    // No handler lies in the system's own pages.
    private const int LowestAddress = 0x0400;
    private const byte Version = 1;
    private readonly RelocatableHandler _handler;
    private readonly byte _name;
    private volatile bool _answered;

    /// <summary>A handler for a device name.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="name">The device's name, <c>N</c>.</param>
    public HandlerPoll(RelocatableHandler handler, char name)
    {
        (_handler, _name) = (handler, (byte)name);
    }

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command)
    {
        if (command.Device == LoadId)
        {
            // AltirraOS means its next poll by that: it polls on with the device and command of the last transfer. Silence ends its search.
            bool isPoll = command is { Command: Fetch, Aux: < LowestAddress };
            return isPoll ? SioReception.Silent : command.Command is Load or Fetch ? SioReception.Ack : SioReception.Nak;
        }

        if (command.Command != Poll)
        {
            return SioReception.Silent;
        }

        if (command is { Aux1: ResetMark, Aux2: ResetMark })
        {
            // Every device may answer again; none answers to this.
            _answered = false;
            return SioReception.Silent;
        }

        bool startPoll = command is { Aux1: 0, Aux2: 0 } && !_answered;
        return startPoll || command.Aux1 == _name ? SioReception.Ack : SioReception.Silent;
    }

    /// <inheritdoc />
    public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        if (command.Device == LoadId)
        {
            return new(SioResult.Read(command.Command == Load ? _handler.Block(command.Aux1) : _handler.LinkedAt((ushort)command.Aux)));
        }

        _answered |= command.Aux1 == 0;
        return new(SioResult.Read(new[] { (byte)_handler.Size, (byte)(_handler.Size >> 8), LoadId, Version }));
    }

    /// <inheritdoc />
    public override void Reset(bool cold) => _answered = false;
}
