using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Sio;

/// <summary>A command frame of the Atari's serial bus (Atari OS Manual, "Serial I/O Bus Protocol").</summary>
/// <param name="Device">Whom it is for: $31 for D1:, $70 for the FujiNet.</param>
/// <param name="Command">What is to be done.</param>
/// <param name="Aux1">First auxiliary byte, the low half of a sector's number.</param>
/// <param name="Aux2">Second auxiliary byte.</param>
public readonly record struct SioCommand(byte Device, byte Command, byte Aux1, byte Aux2)
{
    /// <summary>Bytes of a frame with its checksum.</summary>
    public const int FrameBytes = 5;

    /// <summary>Both auxiliary bytes as a number.</summary>
    public ushort Aux => (ushort)(Aux1 | Aux2 << 8);

    /// <summary>Reads a frame.</summary>
    /// <returns>False if it has another length or a wrong checksum.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out SioCommand command)
    {
        command = default;
        if (frame.Length != FrameBytes || FoldedChecksum.Of(frame[..4]) != frame[4])
        {
            return false;
        }

        command = new SioCommand(frame[0], frame[1], frame[2], frame[3]);
        return true;
    }

    /// <summary>The frame's bytes.</summary>
    public byte[] ToFrame()
    {
        byte[] frame = [Device, Command, Aux1, Aux2, 0];
        frame[4] = FoldedChecksum.Of(frame.AsSpan(0, 4));
        return frame;
    }
}
