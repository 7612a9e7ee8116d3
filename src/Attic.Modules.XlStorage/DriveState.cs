using System.Runtime.CompilerServices;

namespace Attic.Modules.XlStorage;

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
