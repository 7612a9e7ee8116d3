using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlStorage;

/// <summary>
/// A device that answers command frames: five bytes under COMMAND, ACK or NAK, perhaps a data frame from the computer with its
/// own ACK, the work, then completion or error and perhaps a data frame back. What the commands are a derived class says.
/// </summary>
internal abstract class SioResponder : IChip, IDeadlineHandler, ISioDevice, IWireSink
{
    // Of the bits that a computer at the usual speed sends: divisor 40, 2 × 47 cycles.
    private const int HostBit = 94;

    private readonly DeadlineSlots _deadlines;
    private readonly int _slot;
    private readonly SioBus _bus;
    private readonly byte[] _frame;
    private readonly (int Bit, int Byte)[] _speeds;
    private TransactionState _s;

    /// <summary>Plugs the device into the bus.</summary>
    /// <param name="context">The board.</param>
    /// <param name="name">The chip's name, and its deadline slot's.</param>
    /// <param name="largestFrame">Bytes of the longest data frame.</param>
    /// <param name="slow">Bit and byte that it sends, in ns.</param>
    /// <param name="fast">The same at high speed; 0 without.</param>
    protected SioResponder(XlChipContext context, string name, int largestFrame, (int Bit, int Byte) slow, (int Bit, int Byte) fast = default)
    {
        Name = name;
        Ticks = new(context.Configuration.MasterClock);
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim(name, this);
        _bus = context.Sio;
        _bus.Attach(this);
        context.Wiring.Wire(XlPins.SioCommand).Connect(this);
        _frame = new byte[largestFrame + 2];
        _speeds = [InCycles(slow), InCycles(fast)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Commands so far, one under way included.</summary>
    protected long Activity => _s.Commands + (_s.Phase is SioPhase.Idle ? 0 : 1);

    /// <summary>The clock.</summary>
    protected ClockTicks Ticks { get; }

    /// <summary>The command under way.</summary>
    protected SioCommand Command => new(_s.Device, _s.Command, _s.Aux1, _s.Aux2);

    /// <summary>The data frame, without its checksum: what came, or what is to go.</summary>
    protected Span<byte> Data => _frame.AsSpan(1, _frame.Length - 2);

    /// <inheritdoc/>
    public abstract void Reset(ResetKind kind, MasterCycles at);

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        // Everything that such a device does has a deadline.
    }

    /// <inheritdoc/>
    public virtual void OnWire(Wire wire, bool level, MasterCycles at)
    {
        if (!level)
        {
            (_s.Phase, _s.Length) = (SioPhase.Command, 0);
            _deadlines.Set(_slot, MasterCycles.Never);
        }
        else if (_s.Phase == SioPhase.Command)
        {
            Rest(ClockTicks.Cycle(at));
            TakeCommand(ClockTicks.Cycle(at));
        }
    }

    /// <inheritdoc/>
    public virtual void OnByte(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at)
    {
        int limit = _s.Phase == SioPhase.Command ? SioCommand.FrameBytes : _s.Expected + 1;
        if (_s.Phase is not (SioPhase.Command or SioPhase.Receiving) || _s.Length >= limit)
        {
            if (_s.Phase == SioPhase.Idle && goodFrame)
            {
                OnStreamByte(value, cyclesPerBit);
            }

            return;
        }

        int speed = SpeedOf(cyclesPerBit);
        if (_s.Phase == SioPhase.Command && _s.Length == 0)
        {
            _s.Speed = (byte)Math.Max(0, speed);
        }

        // At another speed than the receiver's a byte arrives, but not this one.
        bool readable = goodFrame && speed == (_s.Phase == SioPhase.Command ? _s.Speed : _s.DataSpeed);
        _frame[1 + _s.Length++] = readable ? value : (byte)~value;
        if (_s.Phase == SioPhase.Receiving && _s.Length == limit)
        {
            TakeData(ClockTicks.Cycle(at));
        }
    }

    /// <inheritdoc/>
    public virtual void OnDeadline(MasterCycles at)
    {
        long now = ClockTicks.Cycle(at);
        switch (_s.Phase)
        {
            case SioPhase.Sending:
                SendNext(now);
                break;
            case SioPhase.Execute:
                FinishWork(now);
                break;
            default:
                Look(at);
                Rest(now);
                break;
        }
    }

    /// <inheritdoc/>
    public virtual void Visit(StateVisitor visitor)
    {
        visitor.Struct("transaction", ref _s);
        _s.Length = Math.Clamp(_s.Length, 0, _frame.Length);
        _s.Sent = Math.Clamp(_s.Sent, 0, _frame.Length);
        _s.Expected = Math.Clamp(_s.Expected, 0, _frame.Length - 2);
        _s.SendLength = Math.Clamp(_s.SendLength, 0, _frame.Length);
        (_s.Speed, _s.DataSpeed) = (Math.Min(_s.Speed, (byte)1), Math.Min(_s.DataSpeed, (byte)1));
        visitor.Memory("frame", _frame.AsSpan(0, Math.Min(_frame.Length, _s.Length + 1)));
    }

    /// <summary>Bytes of data that the computer sent with the command.</summary>
    protected int Received => _s.Expected;

    /// <summary>Has <see cref="Look"/> called while nothing else is under way.</summary>
    /// <param name="cycles">Every so many cycles.</param>
    /// <param name="at">The machine's present.</param>
    protected void LookEvery(long cycles, MasterCycles at)
    {
        _s.LookEvery = cycles;
        if (_s.Phase == SioPhase.Idle)
        {
            Rest(ClockTicks.Cycle(at));
        }
    }

    /// <summary>Ends <see cref="LookEvery"/>.</summary>
    protected void StopLooking()
    {
        _s.LookEvery = 0;
        if (_s.Phase == SioPhase.Idle)
        {
            _deadlines.Set(_slot, MasterCycles.Never);
        }
    }

    /// <summary>What <see cref="LookEvery"/> asked for.</summary>
    protected virtual void Look(MasterCycles at)
    {
    }

    /// <summary>The computer sent a byte outside of any frame.</summary>
    protected virtual void OnStreamByte(byte value, int cyclesPerBit)
    {
    }

    /// <summary>Begins to send a byte outside of any frame.</summary>
    protected void SendStreamByte(byte value, int cyclesPerBit, MasterCycles at) => _bus.ToHost(value, cyclesPerBit, at);

    /// <summary>Forgets what is under way.</summary>
    protected void PowerOn() => _s = new() { Commands = _s.Commands, LookEvery = _s.LookEvery };

    /// <summary>Puts a byte onto the line to the computer.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="bit">Cycles of each bit.</param>
    /// <param name="at">When its start bit begins: the machine's present.</param>
    protected void SendByte(byte value, int bit, MasterCycles at) => _bus.ToHost(value, bit, at);

    /// <summary>Has the next <see cref="OnDeadline"/> called in that cycle.</summary>
    protected void WakeAt(long cycle) => _deadlines.Set(_slot, ClockTicks.At(cycle));

    /// <summary>Whether a device of that id is there and on: else nothing answers.</summary>
    protected abstract bool Answers(byte device);

    /// <summary>Whether a command is understood, and how it goes on.</summary>
    protected abstract SioVerdict Judge(in SioCommand command);

    /// <summary>Starts the work; data from the computer are in <see cref="Data"/>.</summary>
    /// <param name="now">The present cycle, after the last ACK's end.</param>
    /// <returns>The cycle in which to finish it.</returns>
    protected abstract long Begin(long now);

    /// <summary>Finishes the work and puts data for the computer into <see cref="Data"/>.</summary>
    /// <param name="now">The present cycle.</param>
    protected abstract SioResult Finish(long now);

    /// <summary>From COMMAND's rise to ACK, in cycles.</summary>
    protected abstract long AckDelay { get; }

    private (int Bit, int Byte) InCycles((int Bit, int Byte) times) => ((int)Ticks.Nanoseconds(times.Bit), (int)Ticks.Nanoseconds(times.Byte));

    // 0 the usual speed, 1 the high one, -1 neither; a receiver takes bits that are up to five percent off.
    private int SpeedOf(int cyclesPerBit)
    {
        if (IsNear(cyclesPerBit, HostBit))
        {
            return 0;
        }

        return _speeds[1].Bit > 0 && IsNear(cyclesPerBit, _speeds[1].Bit) ? 1 : -1;
    }

    /// <summary>Whether a receiver for bits of one length reads those of another.</summary>
    protected static bool IsNear(int cycles, int wanted) => cycles * 100 > wanted * 95 && cycles * 100 < wanted * 105;

    private void TakeCommand(long now)
    {
        if (!SioCommand.TryRead(_frame.AsSpan(1, _s.Length), out var command) || !Answers(command.Device))
        {
            return;
        }

        (_s.Device, _s.Command, _s.Aux1, _s.Aux2) = (command.Device, command.Command, command.Aux1, command.Aux2);
        var verdict = Judge(command);
        if (verdict.IsSilent)
        {
            return;
        }

        _s.Commands++;
        _s.DataSpeed = verdict.FastData ? (byte)1 : _s.Speed;
        _s.Expected = Math.Min(verdict.Receives, _frame.Length - 2);
        Reply(verdict.Understood ? SioFrame.Ack : SioFrame.Nak, now + AckDelay, !verdict.Understood ? SioPhase.Idle : verdict.Receives > 0 ? SioPhase.Receiving : SioPhase.Execute);
    }

    private void TakeData(long now)
    {
        // The handbook asks for 850 µs before the answer.
        const int DataAckDelay = 1_000;
        bool good = SioFrame.Checksum(_frame.AsSpan(1, _s.Expected)) == _frame[1 + _s.Expected];
        Reply(good ? SioFrame.Ack : SioFrame.Nak, now + Ticks.Microseconds(DataAckDelay), good ? SioPhase.Execute : SioPhase.Idle);
    }

    // One byte, then another phase; the frame behind it stays.
    private void Reply(byte value, long at, SioPhase next)
    {
        _frame[0] = value;
        (_s.Length, _s.Sent, _s.Next, _s.SendSpeed) = (1 + _s.Expected, 0, next, _s.Speed);
        _s.SendLength = 1;
        Await(at, SioPhase.Sending);
    }

    private void SendNext(long now)
    {
        var (bit, pitch) = _speeds[_s.SendSpeed & 1];
        if (_s.Sent < _s.SendLength)
        {
            _bus.ToHost(_frame[_s.Sent++], bit, ClockTicks.At(now));
            Await(now + (_s.Sent < _s.SendLength ? pitch : 10 * bit), SioPhase.Sending);
            return;
        }

        _s.Phase = _s.Next;
        switch (_s.Phase)
        {
            case SioPhase.Execute:
                Await(Begin(now), SioPhase.Execute);
                break;
            case SioPhase.Receiving:
                _s.Length = 0;
                break;
            default:
                (_s.Length, _s.Expected) = (0, 0);
                Rest(now);
                break;
        }
    }

    private void FinishWork(long now)
    {
        var result = Finish(now);
        if (result.Retry > 0)
        {
            Await(now + result.Retry, SioPhase.Execute);
            return;
        }

        int length = Math.Min(result.Length, _frame.Length - 2);
        _frame[0] = result.Good ? SioFrame.Complete : SioFrame.Error;
        _frame[1 + length] = SioFrame.Checksum(_frame.AsSpan(1, length));
        _s.SendLength = length > 0 ? length + 2 : 1;
        (_s.Length, _s.Sent, _s.Next, _s.SendSpeed) = (_s.SendLength, 0, SioPhase.Idle, _s.DataSpeed);
        SendNext(now);
    }

    private void Rest(long now)
    {
        _s.Phase = SioPhase.Idle;
        _deadlines.Set(_slot, _s.LookEvery > 0 ? ClockTicks.At(now + _s.LookEvery) : MasterCycles.Never);
    }

    private void Await(long cycle, SioPhase phase)
    {
        _s.Phase = phase;
        _deadlines.Set(_slot, ClockTicks.At(cycle));
    }
}

/// <summary>How a command goes on.</summary>
/// <param name="Understood">Whether it is acknowledged.</param>
/// <param name="Receives">Bytes of the data frame that the computer sends next; 0 for none.</param>
/// <param name="FastData">Whether everything after the ACK goes at high speed.</param>
/// <param name="IsSilent">Whether nothing answers at all.</param>
internal readonly record struct SioVerdict(bool Understood, int Receives = 0, bool FastData = false, bool IsSilent = false)
{
    /// <summary>The command is for somebody else.</summary>
    public static SioVerdict Silent { get; } = new(false, IsSilent: true);
}

/// <summary>What became of a command.</summary>
/// <param name="Good">Completion or error.</param>
/// <param name="Length">Bytes of data that follow; 0 for none.</param>
/// <param name="Retry">Above 0 when it is not finished yet: cycles until to look again.</param>
internal readonly record struct SioResult(bool Good, int Length, long Retry = 0);
