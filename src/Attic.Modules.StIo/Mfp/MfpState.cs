using System.Runtime.CompilerServices;
using Attic.Modules.StIo.Serial;

namespace Attic.Modules.StIo.Mfp;

/// <summary>Everything that an MFP remembers.</summary>
internal struct MfpState
{
    /// <summary>Timers A to D.</summary>
    public TimerBank Timers;

    /// <summary>The moment up to which everything is done, in master cycles.</summary>
    public long Now;

    /// <summary>When the IRQ output goes low, in master cycles; the far future when it need not.</summary>
    public long InterruptDue;

    /// <summary>Time-outs of timer D until the transmitter's character is out; 0 when it is idle.</summary>
    public int TransmitLeft;

    /// <summary>Time-outs of timer D until the receiver's character is in; 0 when it is idle.</summary>
    public int ReceiveLeft;

    /// <summary>Bytes on the line to the receiver.</summary>
    public ByteQueue Line;

    /// <summary>IER.</summary>
    public ushort Enabled;

    /// <summary>IPR.</summary>
    public ushort Pending;

    /// <summary>ISR.</summary>
    public ushort InService;

    /// <summary>IMR.</summary>
    public ushort Mask;

    /// <summary>The output latch behind GPIP.</summary>
    public byte Latch;

    /// <summary>Levels at the general purpose pins, as the wires have them.</summary>
    public byte Inputs;

    /// <summary>Pins exclusive-or AER: an interrupt is a 1 that becomes 0.</summary>
    public byte Edges;

    /// <summary>AER.</summary>
    public byte ActiveEdge;

    /// <summary>DDR.</summary>
    public byte Direction;

    /// <summary>VR.</summary>
    public byte Vector;

    /// <summary>1 while IRQ is low.</summary>
    public byte InterruptLow;

    /// <summary>SCR.</summary>
    public byte SyncCharacter;

    /// <summary>UCR.</summary>
    public byte UsartControl;

    /// <summary>RSR.</summary>
    public byte ReceiverStatus;

    /// <summary>TSR.</summary>
    public byte TransmitterStatus;

    /// <summary>UDR, towards the processor.</summary>
    public byte ReceiveBuffer;

    /// <summary>UDR, from the processor.</summary>
    public byte TransmitBuffer;

    /// <summary>The character being received.</summary>
    public byte ReceiveShift;

    /// <summary>The character being sent.</summary>
    public byte TransmitShift;

    /// <summary>1 when a character was lost and the one before it is still unread.</summary>
    public byte Overrun;

    /// <summary>Timers A to D.</summary>
    [InlineArray(4)]
    internal struct TimerBank
    {
        private MfpTimer _first;
    }
}
