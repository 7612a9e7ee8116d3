namespace Attic.FujiNet.NetSio.Hub;

/// <summary>What an emulator asks of the server behind a custom device, the first byte of 17: id, two parameters, a time stamp.</summary>
/// <remarks>Source: the public device server of Altirra's custom devices, protocol version 2; all numbers little endian.</remarks>
internal enum CustomDeviceCommand : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A byte of a mapped address, without side effects.</summary>
    DebugReadByte = 1,

    /// <summary>A byte of a mapped address.</summary>
    ReadByte = 2,

    /// <summary>A byte for a mapped address.</summary>
    WriteByte = 3,

    /// <summary>The computer was switched on; the first one asks for the protocol's version as well.</summary>
    ColdReset = 4,

    /// <summary>The computer was reset.</summary>
    WarmReset = 5,

    /// <summary>The server has made a mistake; text of the second parameter's length follows.</summary>
    Error = 6,

    /// <summary>The script asks, and the emulation stands still until it is answered.</summary>
    ScriptEvent = 7,

    /// <summary>The script tells.</summary>
    ScriptPost = 8,
}

/// <summary>What the server answers and asks, its first byte.</summary>
internal enum CustomDeviceReply : byte
{
    /// <summary>The answer to a question, i32.</summary>
    Result = 1,

    /// <summary>Asks for bytes of a segment: index u8, offset u32, length u32; they come without a head.</summary>
    ReadSegment = 6,

    /// <summary>Puts bytes into a segment: index u8, offset u32, length u32, bytes.</summary>
    WriteSegment = 7,

    /// <summary>Calls the script: two parameters, u32.</summary>
    Interrupt = 9,

    /// <summary>Asks for the segments' names: u32 count, then u32 length and characters of each.</summary>
    SegmentNames = 10,

    /// <summary>The protocol's version, u8.</summary>
    Version = 12,
}

/// <summary>The events of the public NetSIO script that are no messages of NetSIO (netsio.atdevice).</summary>
internal static class ScriptEvent
{
    /// <summary>The script can take more bytes for the computer.</summary>
    public const int Ready = 0x100;

    /// <summary>Bytes for the computer: up to six in the event itself, or in the segment for sending.</summary>
    public const int Transmit = 0x101;

    /// <summary>For debugging; answered with its argument.</summary>
    public const int Nothing = 0x103;

    /// <summary>The most bytes that an event itself holds.</summary>
    public const int CompactBytes = 6;
}
