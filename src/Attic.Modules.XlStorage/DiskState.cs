using System.Runtime.CompilerServices;

namespace Attic.Modules.XlStorage;

/// <summary>What the drives do with the bus: one transaction at a time, as the bus allows.</summary>
internal struct TransactionState
{
    /// <summary>Commands carried out so far.</summary>
    public long Commands;

    /// <summary>Bytes of <see cref="Bytes"/> that are there.</summary>
    public int Length;

    /// <summary>Bytes of <see cref="Bytes"/> already sent.</summary>
    public int Sent;

    public DiskPhase Phase;

    /// <summary>What follows when all bytes are sent.</summary>
    public DiskPhase Next;

    /// <summary>The drive that is spoken to, 0 for D1:.</summary>
    public byte Unit;
    public byte Command;
    public byte Aux1;
    public byte Aux2;

    /// <summary>Index on its track of the sector that is waited for.</summary>
    public ushort Index;
    public FrameBytes Bytes;
}

/// <summary>Where a transaction is.</summary>
internal enum DiskPhase : byte
{
    /// <summary>Nobody speaks to a drive.</summary>
    Idle,

    /// <summary>COMMAND is low, a command frame comes in.</summary>
    Command,

    /// <summary>Bytes go out, or wait to.</summary>
    Sending,

    /// <summary>The command has been acknowledged and is to be carried out.</summary>
    Execute,

    /// <summary>A data frame comes in.</summary>
    Receiving,

    /// <summary>The data frame has been acknowledged and is to be written.</summary>
    Store,
}

/// <summary>A frame with its answer byte and checksum.</summary>
[InlineArray(264)]
internal struct FrameBytes
{
    private byte _first;
}

/// <summary>A drive's moving parts. Moments are machine cycles.</summary>
internal struct DriveState
{
    /// <summary>The motor runs until then.</summary>
    public long MotorUntil;

    /// <summary>Which disk: its fingerprint, 1 for none; 0 in erased state.</summary>
    public ulong Disk;

    /// <summary>Where the head is.</summary>
    public int Cylinder;

    /// <summary>Status byte of the last operation: bit 2 is an error.</summary>
    public byte Status;

    /// <summary>Controller status of the last operation, 0xFF when good (bits are inverted).</summary>
    public byte Controller;
    public ushort Spare;
}
