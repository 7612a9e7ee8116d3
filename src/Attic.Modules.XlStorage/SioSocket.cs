using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlStorage;

/// <summary>
/// The socket for devices outside the machine: acknowledges their commands, hands them to a <see cref="SioMailbox"/> and looks for
/// the answer while the machine goes on. The computer's own time-out ends what is never answered. While a device streams, bytes
/// outside of frames pass as well, at the stream's rate. A cable fits as well.
/// </summary>
internal sealed partial class SioSocket : SioResponder, ISioPort
{
    private const int LookMicroseconds = 100;

    private readonly Wire _proceed;
    private readonly int _proceedDriver;
    private readonly Wire _interrupt;
    private readonly int _interruptDriver;
    private SioMailbox? _mailbox;
    private SocketState _s;

    public SioSocket(XlChipContext context)
        : base(context, "sio", SioMailbox.LargestFrame, (52_000, 522_000), (19_000, 195_000))
    {
        _proceed = context.Wiring.Wire(XlPins.SioProceed);
        _proceedDriver = _proceed.AddDriver();
        _interrupt = context.Wiring.Wire(XlPins.SioInterrupt);
        _interruptDriver = _interrupt.AddDriver();
        _motor = context.Wiring.Wire(XlPins.SioMotor);
        _motor.Connect(this);
    }

    /// <inheritdoc/>
    protected override long AckDelay => Ticks.Microseconds(200);

    /// <inheritdoc/>
    public void Plug(SioMailbox? mailbox, MasterCycles at)
    {
        (_mailbox, _cable) = (mailbox, null);
        Rearm(at);
    }

    /// <inheritdoc/>
    public override void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            // A request of before is answered to nobody.
            long last = _s.LastId;
            PowerOn();
            _s = new() { LastId = last };
            if (_mailbox is { } box)
            {
                box.StreamBaud = 0;
            }

            Rearm(at);
        }

        _cable?.Reset(kind == ResetKind.Cold);
    }

    /// <inheritdoc/>
    public override void Visit(StateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Struct("socket", ref _s);
    }

    /// <inheritdoc/>
    protected override bool Answers(byte device) => _mailbox is not null;

    /// <inheritdoc/>
    protected override SioVerdict Judge(in SioCommand command)
    {
        var plan = _mailbox!.PlanFor(command);
        return plan.Kind switch
        {
            SioPlanKind.NotMine => SioVerdict.Silent,
            SioPlanKind.Refused => new(false),
            _ => new(true, Math.Clamp(plan.Receives, 0, SioMailbox.LargestFrame)),
        };
    }

    /// <inheritdoc/>
    protected override long Begin(long now)
    {
        byte[] data = Data[..Received].ToArray();
        _s.Posted = _mailbox is { } box && box.TryPost(new(++_s.LastId, Command, data, ClockTicks.At(now))) ? 1 : 0;
        return now + Ticks.Microseconds(LookMicroseconds);
    }

    /// <inheritdoc/>
    protected override SioResult Finish(long now)
    {
        if (_s.Posted == 0 || _mailbox is not { } box)
        {
            return new(false, 0);
        }

        if (!box.TryTake(_s.LastId, out var answer))
        {
            return new(false, 0, Ticks.Microseconds(LookMicroseconds));
        }

        answer!.Data.CopyTo(Data);
        return new(answer.Good, answer.Data.Length);
    }

    /// <inheritdoc/>
    protected override void Look(MasterCycles at)
    {
        if (_mailbox is { } box)
        {
            Drive(box.Proceed, box.Interrupt, at);
            Stream(box, at);
        }
    }

    private void Drive(bool proceed, bool interrupt, MasterCycles at)
    {
        _proceed.Drive(_proceedDriver, !proceed, at);
        _interrupt.Drive(_interruptDriver, !interrupt, at);
    }

    // What is plugged in is looked at from now on.
    private void Rearm(MasterCycles at)
    {
        if (_mailbox is null && _cable is null)
        {
            StopLooking();
            Drive(proceed: false, interrupt: false, at);
        }
        else
        {
            LookEvery(Ticks.Microseconds(LookMicroseconds), at);
        }
    }

    /// <inheritdoc/>
    protected override void OnStreamByte(byte value, int cyclesPerBit)
    {
        if (_mailbox is { StreamBaud: > 0 and var baud } box && IsNear(cyclesPerBit, BitOf(baud)))
        {
            box.PostStream(value);
        }
    }

    // The next byte when the one before is over.
    private void Stream(SioMailbox box, MasterCycles at)
    {
        const int bitsPerByte = 10;
        int baud = box.StreamBaud;
        if (baud > 0 && ClockTicks.Cycle(at) >= _s.StreamFree && box.TryTakeStream(out byte value))
        {
            SendStreamByte(value, BitOf(baud), at);
            _s.StreamFree = ClockTicks.Cycle(at) + (bitsPerByte * BitOf(baud));
        }
    }

    private int BitOf(int baud) => (int)Ticks.Nanoseconds(1_000_000_000L / baud);

    private struct SocketState
    {
        public long LastId;
        public long Posted;
        public long StreamFree;
    }
}
