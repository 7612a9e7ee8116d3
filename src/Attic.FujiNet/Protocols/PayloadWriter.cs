using System.Buffers.Binary;
using System.Text;

namespace Attic.FujiNet.Protocols;

/// <summary>Builds the payload of a response from little-endian fields, in memory that is used again for the next.</summary>
public sealed class PayloadWriter
{
    /// <summary>Longest payload of a response in bytes: a packet's limit without its header and status.</summary>
    public const int MaxBytes = FujiBusPacket.MaxBytes - FujiBusPacket.HeaderBytes - 1;

    private const int InitialBytes = 256;

    private byte[] _bytes = new byte[InitialBytes];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Starts again.</summary>
    public void Clear() => Length = 0;

    /// <summary>One byte.</summary>
    public PayloadWriter Byte(byte value)
    {
        Reserve(1)[0] = value;
        return this;
    }

    /// <summary>Two bytes.</summary>
    public PayloadWriter Word(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), (ushort)value);
        return this;
    }

    /// <summary>Four bytes.</summary>
    public PayloadWriter Long(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
        return this;
    }

    /// <summary>Eight bytes.</summary>
    public PayloadWriter Quad(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
        return this;
    }

    /// <summary>Zeros.</summary>
    public PayloadWriter Zeros(int count)
    {
        Reserve(count).Clear();
        return this;
    }

    /// <summary>Bytes as they are.</summary>
    public PayloadWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        return this;
    }

    /// <summary>A length in two bytes and that many bytes.</summary>
    public PayloadWriter Block(ReadOnlySpan<byte> bytes) => Word(bytes.Length).Bytes(bytes);

    /// <summary>A length in one byte and that many bytes; what is longer is cut at 255.</summary>
    public PayloadWriter ShortBlock(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..Math.Min(bytes.Length, byte.MaxValue)];
        return Byte((byte)kept.Length).Bytes(kept);
    }

    /// <summary>A text with its length in two bytes.</summary>
    public PayloadWriter Text(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Word(length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
        return this;
    }

    /// <summary>A text with its length in one byte, cut at 255 bytes.</summary>
    public PayloadWriter ShortText(string text) => ShortBlock(Encoding.UTF8.GetBytes(text));

    /// <summary>Room for bytes that are read into it, at the end; <see cref="Trim"/> gives back what was not needed.</summary>
    /// <param name="count">How many bytes at most.</param>
    public Memory<byte> Room(int count)
    {
        int at = Length;
        Reserve(count);
        return _bytes.AsMemory(at, count);
    }

    /// <summary>Cuts the end off.</summary>
    /// <param name="length">Bytes to keep.</param>
    public void Trim(int length) => Length = Math.Min(Length, length);

    /// <summary>Sets a byte that was written before.</summary>
    public void SetByte(int offset, byte value) => _bytes.AsSpan(0, Length)[offset] = value;

    /// <summary>Sets two bytes that were written before.</summary>
    public void SetWord(int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(0, Length)[offset..], (ushort)value);

    private Span<byte> Reserve(int count)
    {
        int at = Length;
        int needed = at + count;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }

        Length = needed;
        return _bytes.AsSpan(at, count);
    }
}
