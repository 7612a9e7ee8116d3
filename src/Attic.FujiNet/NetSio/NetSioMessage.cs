namespace Attic.FujiNet.NetSio;

/// <summary>The messages of NetSIO, one a datagram: the id, then its parameters (fujinet-emulator-bridge, netsio.py's table).</summary>
public enum NetSioMessage : byte
{
    /// <summary>A byte of the bus.</summary>
    DataByte = 0x01,

    /// <summary>Up to 512 bytes of the bus.</summary>
    DataBlock = 0x02,

    /// <summary>The last byte of a write, and a number that wants a <see cref="SyncResponse"/>.</summary>
    DataByteSync = 0x09,

    /// <summary>COMMAND went high.</summary>
    CommandOff = 0x10,

    /// <summary>COMMAND went low: a command frame follows.</summary>
    CommandOn = 0x11,

    /// <summary>COMMAND went high, and a number that wants a <see cref="SyncResponse"/>.</summary>
    CommandOffSync = 0x18,

    /// <summary>The cassette's motor stopped.</summary>
    MotorOff = 0x20,

    /// <summary>The cassette's motor started.</summary>
    MotorOn = 0x21,

    /// <summary>PROCEED goes high.</summary>
    ProceedOff = 0x30,

    /// <summary>PROCEED goes low: attention.</summary>
    ProceedOn = 0x31,

    /// <summary>INTERRUPT goes high.</summary>
    InterruptOff = 0x40,

    /// <summary>INTERRUPT goes low.</summary>
    InterruptOn = 0x41,

    /// <summary>The rate in baud, u32.</summary>
    SpeedChange = 0x80,

    /// <summary>Number, type, ACK byte, size of the write that follows: the emulator may go on.</summary>
    SyncResponse = 0x81,

    /// <summary>The bus is idle for so many milliseconds.</summary>
    BusIdle = 0x88,

    /// <summary>The device goes.</summary>
    DeviceDisconnected = 0xC0,

    /// <summary>The device is there.</summary>
    DeviceConnected = 0xC1,

    /// <summary>Is someone there?</summary>
    PingRequest = 0xC2,

    /// <summary>Yes.</summary>
    PingResponse = 0xC3,

    /// <summary>Are you still there?</summary>
    AliveRequest = 0xC4,

    /// <summary>Yes.</summary>
    AliveResponse = 0xC5,

    /// <summary>How much credit the device has left.</summary>
    CreditStatus = 0xC6,

    /// <summary>New credit.</summary>
    CreditUpdate = 0xC7,

    /// <summary>Ours, between our own ends: messages to the emulator carry a number from now on.</summary>
    NumberedRequest = 0xD0,

    /// <summary>Ours: yes, and the number of the next message.</summary>
    NumberedResponse = 0xD1,

    /// <summary>The computer was reset.</summary>
    WarmReset = 0xFE,

    /// <summary>The computer was switched on.</summary>
    ColdReset = 0xFF,
}

/// <summary>Lengths and limits of messages.</summary>
public static class NetSioFormat
{
    /// <summary>The most bytes of a block.</summary>
    public const int MaxBlock = 512;

    /// <summary>The most bytes of a datagram: id, block, surplus.</summary>
    public const int MaxDatagram = MaxBlock + 8;

    /// <summary>The usual port.</summary>
    public const int Port = 9997;

    /// <summary>The usual port of a hub's other side, TCP.</summary>
    public const int HubPort = 9996;

    /// <summary>The bus's usual rate.</summary>
    public const int StandardBaud = 19200;

    /// <summary>Bytes of a message with its id, or 0 for those whose length varies or that are unknown.</summary>
    public static int LengthOf(NetSioMessage message) => message switch
    {
        NetSioMessage.DataBlock => 0,
        NetSioMessage.DataByteSync => 3,
        NetSioMessage.DataByte or NetSioMessage.CommandOffSync or NetSioMessage.NumberedResponse or NetSioMessage.CreditStatus or NetSioMessage.CreditUpdate => 2,
        NetSioMessage.SpeedChange => 5,
        NetSioMessage.SyncResponse => 6,
        NetSioMessage.BusIdle => 3,
        _ => Enum.IsDefined(message) ? 1 : 0,
    };
}
