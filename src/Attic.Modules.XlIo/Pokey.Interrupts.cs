namespace Attic.Modules.XlIo;

/// <content>IRQEN, IRQST and the IRQ line.</content>
internal sealed partial class Pokey
{
    private const byte OutputIdle = 0x08;
    private const byte OutputNeeded = 0x10;
    private const byte InputReady = 0x20;
    private const byte KeyPressed = 0x40;
    private const byte BreakPressed = 0x80;

    // From the event to the IRQ line.
    private const int IrqDelay = 2;

    // A cause that is not enabled is not remembered.
    private void Raise(byte cause, long now)
    {
        if ((_s.Irqen & cause) != 0)
        {
            _s.Irqst &= (byte)~cause;
            DriveIrq(now);
        }
    }

    // IRQST bit 3 is no latch: it shows whether the output is idle, enabled or not.
    private void ShowOutputIdle(bool idle, long now)
    {
        _s.Irqst = (byte)(idle ? _s.Irqst & ~OutputIdle : _s.Irqst | OutputIdle);
        DriveIrq(now);
    }

    private void WriteIrqen(byte value, long now)
    {
        _s.Irqen = value;
        _s.Irqst |= (byte)(~value & ~OutputIdle);
        DriveIrq(now);
    }

    private void DriveIrq(long now) => _irq.Drive(_irqDriver, (_s.Irqen & ~_s.Irqst) == 0, At(now + IrqDelay));
}
