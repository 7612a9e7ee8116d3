using Attic.Modules.StIo.Serial;

namespace Attic.Modules.StIo.Acia;

/// <summary>Everything that an ACIA remembers. Moments are master cycles, the far future when nothing is to come.</summary>
internal struct AciaState
{
    /// <summary>When the transmit register moves into the shift register.</summary>
    public long TransmitLoad;

    /// <summary>When the character on the outgoing line ends.</summary>
    public long TransmitEnd;

    /// <summary>When the receiver has the character on the incoming line.</summary>
    public long ReceiveEnd;

    /// <summary>The character on the incoming line.</summary>
    public SerialFrame Incoming;

    /// <summary>1 when a character was lost and the one before it is still unread.</summary>
    public int Lost;

    /// <summary>The control register.</summary>
    public ushort Control;

    /// <summary>The status register without its IRQ bit.</summary>
    public ushort Status;

    /// <summary>The receive data register.</summary>
    public byte ReceiveData;

    /// <summary>The transmit data register.</summary>
    public byte TransmitData;

    /// <summary>1 while IRQ is pulled low.</summary>
    public byte InterruptLow;

    /// <summary>1 while a break is sent.</summary>
    public byte Break;
}
