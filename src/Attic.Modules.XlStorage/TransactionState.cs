namespace Attic.Modules.XlStorage;

/// <summary>What a device does with the bus: one transaction at a time, as the bus allows.</summary>
internal struct TransactionState
{
    /// <summary>Commands carried out so far.</summary>
    public long Commands;

    /// <summary>Cycles between two looks of an idle device; 0 for none.</summary>
    public long LookEvery;

    /// <summary>Bytes of the frame that count.</summary>
    public int Length;

    /// <summary>Bytes already sent.</summary>
    public int Sent;

    /// <summary>Bytes to be sent.</summary>
    public int SendLength;

    /// <summary>Bytes of data that the computer sends, without checksum.</summary>
    public int Expected;

    public SioPhase Phase;

    /// <summary>What follows when all bytes are sent.</summary>
    public SioPhase Next;

    public byte Device;
    public byte Command;
    public byte Aux1;
    public byte Aux2;

    /// <summary>The command frame's speed: 0 usual, 1 high.</summary>
    public byte Speed;

    /// <summary>The speed of what follows the ACK.</summary>
    public byte DataSpeed;

    /// <summary>The speed of what is being sent.</summary>
    public byte SendSpeed;
    public byte Spare0;
    public ushort Spare1;
    public uint Spare2;
}

/// <summary>Where a transaction is.</summary>
internal enum SioPhase : byte
{
    /// <summary>Nobody speaks to the device.</summary>
    Idle,

    /// <summary>COMMAND is low, a command frame comes in.</summary>
    Command,

    /// <summary>Bytes go out, or wait to.</summary>
    Sending,

    /// <summary>The command is being carried out.</summary>
    Execute,

    /// <summary>A data frame comes in.</summary>
    Receiving,
}
