using System.Buffers.Binary;

namespace Attic.FujiNet.Protocols;

/// <summary>
/// One packet of FujiBus as it stands between SLIP's delimiters: device, command, length (16 bits, whole packet), folded
/// checksum, descriptors of typed parameters, the parameters, and a payload to the end.
/// </summary>
/// <remarks>All integers are little-endian. A packet is a view of the bytes that it was read from.</remarks>
public readonly ref struct FujiBusPacket
{
    /// <summary>Bytes before the parameters when there is one descriptor, and the shortest packet.</summary>
    public const int HeaderBytes = 6;

    /// <summary>Longest packet, in bytes: what its length field can say.</summary>
    public const int MaxBytes = 65_535;

    private const int ChecksumOffset = 4;

    private FujiBusPacket(byte device, byte command, FujiBusParameters parameters, ReadOnlySpan<byte> payload)
    {
        Device = device;
        Command = command;
        Parameters = parameters;
        Payload = payload;
    }

    /// <summary>The device that is spoken to, or that answers.</summary>
    public byte Device { get; }

    /// <summary>The device's command; a response repeats it.</summary>
    public byte Command { get; }

    /// <summary>The typed parameters. A response has one of a byte: the status.</summary>
    public FujiBusParameters Parameters { get; }

    /// <summary>What follows the parameters.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads a packet.</summary>
    /// <param name="bytes">A whole frame, unescaped.</param>
    /// <param name="packet">The packet, a view of <paramref name="bytes"/>.</param>
    /// <returns>What is wrong with it, or <see cref="FujiBusFault.None"/>.</returns>
    public static FujiBusFault Read(ReadOnlySpan<byte> bytes, out FujiBusPacket packet)
    {
        packet = default;
        if (bytes.Length < HeaderBytes)
        {
            return FujiBusFault.TooShort;
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) != bytes.Length)
        {
            return FujiBusFault.WrongLength;
        }

        if (FoldedChecksum.Fold(FoldedChecksum.Sum(bytes) - bytes[ChecksumOffset]) != bytes[ChecksumOffset])
        {
            return FujiBusFault.WrongChecksum;
        }

        int descriptorsEnd = HeaderBytes;
        while ((bytes[descriptorsEnd - 1] & FujiBusDescriptor.More) != 0)
        {
            if (descriptorsEnd == bytes.Length)
            {
                return FujiBusFault.MissingDescriptor;
            }

            descriptorsEnd++;
        }

        var descriptors = bytes[(HeaderBytes - 1)..descriptorsEnd];
        int parameterBytes = 0;
        foreach (byte descriptor in descriptors)
        {
            parameterBytes += FujiBusDescriptor.Count(descriptor) * FujiBusDescriptor.Size(descriptor);
        }

        if (parameterBytes > bytes.Length - descriptorsEnd)
        {
            return FujiBusFault.MissingParameters;
        }

        var parameters = new FujiBusParameters(descriptors, bytes.Slice(descriptorsEnd, parameterBytes));
        packet = new(bytes[0], bytes[1], parameters, bytes[(descriptorsEnd + parameterBytes)..]);
        return FujiBusFault.None;
    }

    /// <summary>Bytes that a packet with these parameters and a payload takes.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="payloadBytes">Length of its payload in bytes.</param>
    public static int Measure(ReadOnlySpan<FujiBusParameter> parameters, int payloadBytes)
    {
        int length = HeaderBytes + payloadBytes;
        for (int at = 0; at < parameters.Length;)
        {
            int run = FujiBusDescriptor.RunAt(parameters, at);
            length += (run * parameters[at].Size) + (at == 0 ? 0 : 1);
            at += run;
        }

        return length;
    }

    /// <summary>Writes a packet: runs of parameters of one size share a descriptor of at most 4 bytes.</summary>
    /// <param name="device">The device.</param>
    /// <param name="command">The command.</param>
    /// <param name="parameters">The parameters in order.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="packet">Receives the packet.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The packet is longer than <see cref="MaxBytes"/> or than <paramref name="packet"/>.</exception>
    public static int Write(byte device, byte command, ReadOnlySpan<FujiBusParameter> parameters, ReadOnlySpan<byte> payload, Span<byte> packet)
    {
        int length = Measure(parameters, payload.Length);
        if (length > MaxBytes || length > packet.Length)
        {
            throw new ArgumentException($"The packet takes {length} bytes; at most {Math.Min(MaxBytes, packet.Length)} fit.", nameof(packet));
        }

        int head = WriteHead(device, command, parameters, length, packet);
        payload.CopyTo(packet[head..]);
        packet[ChecksumOffset] = FoldedChecksum.Of(packet[..length]);
        return length;
    }

    /// <summary>Writes a response as it stands on the wire: the packet with a status for its parameter, in SLIP's framing.</summary>
    /// <param name="device">The device that answers.</param>
    /// <param name="command">The command that it answers.</param>
    /// <param name="status">The status.</param>
    /// <param name="payload">The payload, at most 65,528 bytes.</param>
    /// <param name="wire">Receives the frame; at least <see cref="Slip.MaxEncodedLength"/> of the packet.</param>
    /// <returns>Bytes written.</returns>
    internal static int WriteResponseFrame(byte device, byte command, byte status, ReadOnlySpan<byte> payload, Span<byte> wire)
    {
        const int Head = HeaderBytes + 1;
        int length = Head + payload.Length;
        Span<byte> head = [device, command, (byte)length, (byte)(length >> 8), 0, FujiBusDescriptor.OneByte, status];
        head[ChecksumOffset] = FoldedChecksum.Fold(FoldedChecksum.Sum(head) + FoldedChecksum.Sum(payload));
        wire[0] = Slip.End;
        int written = 1 + Slip.EscapeInto(head, wire[1..]);
        written += Slip.EscapeInto(payload, wire[written..]);
        wire[written] = Slip.End;
        return written + 1;
    }

    private static int WriteHead(byte device, byte command, ReadOnlySpan<FujiBusParameter> parameters, int length, Span<byte> packet)
    {
        packet[0] = device;
        packet[1] = command;
        BinaryPrimitives.WriteUInt16LittleEndian(packet[2..], (ushort)length);
        packet[ChecksumOffset] = 0;
        packet[HeaderBytes - 1] = 0;
        int descriptor = HeaderBytes - 1;
        for (int at = 0; at < parameters.Length;)
        {
            int run = FujiBusDescriptor.RunAt(parameters, at);
            if (at > 0)
            {
                packet[descriptor++] |= FujiBusDescriptor.More;
            }

            packet[descriptor] = FujiBusDescriptor.Of(run, parameters[at].Size);
            at += run;
        }

        int to = descriptor + 1;
        foreach (var parameter in parameters)
        {
            for (int octet = 0; octet < parameter.Size; octet++)
            {
                packet[to++] = (byte)(parameter.Value >> (8 * octet));
            }
        }

        return to;
    }
}
