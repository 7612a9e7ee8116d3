using System.Runtime.CompilerServices;

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

    public DiskPhase Phase;

    /// <summary>What follows when all bytes are sent.</summary>
    public DiskPhase Next;

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
internal enum DiskPhase : byte
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

/// <summary>A drive: its moving parts, its registers, the work in hand. Moments are machine cycles.</summary>
internal struct DriveState
{
    /// <summary>The motor runs until then.</summary>
    public long MotorUntil;

    /// <summary>Which disk: its fingerprint, 1 for none; 0 in erased state.</summary>
    public ulong Disk;

    /// <summary>Where the head is.</summary>
    public int Cylinder;

    /// <summary>The track of the sector in hand.</summary>
    public int Track;

    /// <summary>Its index there, -1 when it was not found.</summary>
    public int Index;

    /// <summary>What weak bytes are made of; never 0.</summary>
    public uint Noise;

    /// <summary>Bit 0 the command frame was bad, bit 1 the data frame's checksum, bit 2 the operation failed.</summary>
    public byte Status;

    /// <summary>Controller status of the last operation, 0xFF when good (bits are inverted).</summary>
    public byte Controller;

    /// <summary>The drive's PERCOM block.</summary>
    public PercomBytes Percom;
    public ushort Spare;
}

/// <summary>A PERCOM block.</summary>
[InlineArray(12)]
internal struct PercomBytes
{
    private byte _first;
}
