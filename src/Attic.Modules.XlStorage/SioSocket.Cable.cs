using Attic.Abi.AtariXl;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlStorage;

/// <summary>The socket with a cable in it: bytes and lines pass as they are, and nothing here knows what a command is.</summary>
internal sealed partial class SioSocket : ISioCablePort
{
    private const int SlowestBaud = 50;
    private const int BitsOfByte = 10;

    private readonly Wire _motor;
    private ISioCable? _cable;

    /// <inheritdoc/>
    public void Plug(ISioCable? cable, MasterCycles at)
    {
        (_mailbox, _cable) = (null, cable);
        PowerOn();
        Rearm(at);
    }

    /// <inheritdoc/>
    public override void OnWire(Wire wire, bool level, MasterCycles at)
    {
        if (_cable is not { } cable)
        {
            if (wire != _motor)
            {
                base.OnWire(wire, level, at);
            }
        }
        else if (wire == _motor)
        {
            cable.MotorChanged(!level, Microseconds(at));
        }
        else
        {
            cable.CommandChanged(!level, Microseconds(at));
        }
    }

    /// <inheritdoc/>
    public override void OnByte(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at)
    {
        if (_cable is null)
        {
            base.OnByte(value, goodFrame, cyclesPerBit, at);
        }
        else if (goodFrame)
        {
            _cable.ByteSent(value, (int)(Ticks.PerSecond / Math.Max(1, cyclesPerBit)), Microseconds(at));
        }
    }

    /// <inheritdoc/>
    public override void OnDeadline(MasterCycles at)
    {
        if (_cable is null)
        {
            base.OnDeadline(at);
            return;
        }

        long now = ClockTicks.Cycle(at);
        Drive(_cable.Proceed, _cable.Interrupt, at);
        if (_cable.TryTake(Microseconds(at), out var next))
        {
            int bit = (int)(Ticks.PerSecond / Math.Max(SlowestBaud, next.Baud));
            SendByte(next.Value, bit, at);

            // A little longer than the byte, so that a receiver whose clock is slower is ready for the next.
            WakeAt(now + (BitsOfByte * bit) + (bit / 2));
        }
        else
        {
            WakeAt(now + Ticks.Microseconds(LookMicroseconds));
        }
    }

    private long Microseconds(MasterCycles at) => Ticks.ToMicroseconds(ClockTicks.Cycle(at));
}
