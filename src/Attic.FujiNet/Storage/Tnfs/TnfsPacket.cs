using System.Buffers.Binary;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>The header of a TNFS packet: session u16, sequence number u8, command u8; a payload follows.</summary>
/// <param name="Session">The session, 0 for a mount.</param>
/// <param name="Sequence">A request's number, repeated by its answer.</param>
/// <param name="Command">The command.</param>
public readonly record struct TnfsHeader(ushort Session, byte Sequence, TnfsCommand Command)
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 4;

    /// <summary>Reads a header.</summary>
    /// <returns>False if the packet is shorter than one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out TnfsHeader header)
    {
        header = default;
        if (packet.Length < Length)
        {
            return false;
        }

        header = new TnfsHeader(BinaryPrimitives.ReadUInt16LittleEndian(packet), packet[2], (TnfsCommand)packet[3]);
        return true;
    }

    /// <summary>Writes the header.</summary>
    /// <param name="target">At least four bytes.</param>
    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, Session);
        target[2] = Sequence;
        target[3] = (byte)Command;
    }
}

/// <summary>What both sides agree on.</summary>
public static class TnfsProtocol
{
    /// <summary>The port, UDP and TCP.</summary>
    public const int Port = 16384;

    /// <summary>The most bytes of a payload.</summary>
    public const int MaxPayload = 528;

    /// <summary>The most bytes of a packet.</summary>
    public const int MaxPacket = TnfsHeader.Length + MaxPayload;

    /// <summary>The most bytes that one READ or WRITE moves.</summary>
    public const int MaxTransfer = 512;

    /// <summary>The version that a server of this kind states: 1.2.</summary>
    public const ushort Version = 0x0102;

    /// <summary>The bit of a mode that says "directory" (POSIX S_IFDIR).</summary>
    public const ushort DirectoryMode = 0x4000;

    /// <summary>The bit of a mode that says "regular file" (POSIX S_IFREG).</summary>
    public const ushort FileMode = 0x8000;
}
