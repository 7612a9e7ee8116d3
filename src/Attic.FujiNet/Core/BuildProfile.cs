namespace Attic.FujiNet.Core;

/// <summary>The machine that a profile is for.</summary>
public enum Machine
{
    /// <summary>Any computer.</summary>
    Generic,

    /// <summary>A FujiNet on an ESP32.</summary>
    FujiNetESP32,

    /// <summary>An 8-bit Atari.</summary>
    Atari8Bit,

    /// <summary>A Commodore 64.</summary>
    C64,

    /// <summary>An Apple II.</summary>
    Apple2,

    /// <summary>A FujiNet on a Raspberry Pi.</summary>
    FujiNetPi,
}

/// <summary>The protocol of a profile's bus.</summary>
public enum TransportKind
{
    /// <summary>FujiBus packets.</summary>
    FujiBus,

    /// <summary>Atari's serial bus.</summary>
    SIO,

    /// <summary>Commodore's serial bus.</summary>
    IEC,

    /// <summary>Apple's SmartPort.</summary>
    IWM,
}

/// <summary>What carries a profile's bytes.</summary>
public enum ChannelKind
{
    /// <summary>A pseudo terminal.</summary>
    Pty,

    /// <summary>A USB serial device.</summary>
    UsbCdcDevice,

    /// <summary>A TCP connection.</summary>
    TcpSocket,

    /// <summary>UDP datagrams.</summary>
    UdpSocket,

    /// <summary>A UART on pins.</summary>
    UartGpio,

    /// <summary>Atari's serial bus on pins.</summary>
    SioGpio,

    /// <summary>A serial port of the host.</summary>
    SerialPort,
}

/// <summary>A profile: a machine, its bus and what carries it. A value at run time, so that one program has all of them.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Transport">The bus.</param>
/// <param name="Channel">What carries it.</param>
/// <param name="Name">Its name for people.</param>
public sealed record BuildProfile(Machine Machine, TransportKind Transport, ChannelKind Channel, string Name)
{
    /// <summary>The profiles that there are, the default first.</summary>
    public static IReadOnlyList<BuildProfile> All { get; } =
    [
        new(Machine.Generic, TransportKind.FujiBus, ChannelKind.Pty, "POSIX + FujiBus over PTY (default)"),
        new(Machine.Generic, TransportKind.FujiBus, ChannelKind.TcpSocket, "POSIX + FujiBus over TCP serial"),
        new(Machine.Generic, TransportKind.FujiBus, ChannelKind.SerialPort, "POSIX + FujiBus over RS-232 (Amiga prototype)"),
        new(Machine.FujiNetESP32, TransportKind.FujiBus, ChannelKind.UsbCdcDevice, "S3 + FujiBus over USB CDC"),
        new(Machine.FujiNetESP32, TransportKind.FujiBus, ChannelKind.UartGpio, "S3 + FujiBus over GPIO (e.g. RS232)"),
        new(Machine.Atari8Bit, TransportKind.SIO, ChannelKind.UartGpio, "Atari + SIO via GPIO"),
        new(Machine.Atari8Bit, TransportKind.SIO, ChannelKind.Pty, "Atari + SIO over PTY (POSIX)"),
        new(Machine.Atari8Bit, TransportKind.SIO, ChannelKind.UdpSocket, "Atari + SIO over NetSIO (UDP)"),
        new(Machine.Atari8Bit, TransportKind.FujiBus, ChannelKind.SioGpio, "Atari + FujiBus over SIO GPIO"),
        new(Machine.Atari8Bit, TransportKind.FujiBus, ChannelKind.UdpSocket, "Atari + FujiBus over NetSIO (POSIX)"),
    ];
}
