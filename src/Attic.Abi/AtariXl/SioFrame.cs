namespace Attic.Abi.AtariXl;

/// <summary>A command of the serial bus as its frame carries it.</summary>
/// <param name="Device">The device's id: 31–38 D1: to D8:, 40–43 printers, 45 clock, 50–53 RS-232, 70 FujiNet, 71–78 N1: to N8:.</param>
/// <param name="Command">What it shall do.</param>
/// <param name="Aux1">First auxiliary byte; the low byte of a sector's number.</param>
/// <param name="Aux2">Second auxiliary byte.</param>
public readonly record struct SioCommand(byte Device, byte Command, byte Aux1, byte Aux2)
{
    /// <summary>Bytes of a command frame.</summary>
    public const int FrameBytes = 5;

    /// <summary>Both auxiliary bytes as a number.</summary>
    public int Aux => Aux1 | (Aux2 << 8);

    /// <summary>Reads a command frame.</summary>
    /// <param name="frame">What came while COMMAND was low.</param>
    /// <param name="command">The command.</param>
    /// <returns>False when it is no whole frame or its checksum is wrong; devices then say nothing.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out SioCommand command)
    {
        command = frame.Length == FrameBytes ? new(frame[0], frame[1], frame[2], frame[3]) : default;
        return frame.Length == FrameBytes && SioFrame.Checksum(frame[..4]) == frame[4];
    }
}

/// <summary>What all frames of the serial bus have in common.</summary>
/// <remarks>Source: Atari Operating System User's Manual, chapter 9; "Serial I/O Interface User's Handbook" (Atari, 1982).</remarks>
public static class SioFrame
{
    /// <summary>The command is understood, or the data frame has arrived.</summary>
    public const byte Ack = (byte)'A';

    /// <summary>The command is none of this device's, or the data frame is damaged.</summary>
    public const byte Nak = (byte)'N';

    /// <summary>The command is carried out.</summary>
    public const byte Complete = (byte)'C';

    /// <summary>The command could not be carried out.</summary>
    public const byte Error = (byte)'E';

    /// <summary>The sum of all bytes with the carry added back in.</summary>
    public static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum += value;
            sum = (sum & 0xFF) + (sum >> 8);
        }

        return (byte)sum;
    }
}
