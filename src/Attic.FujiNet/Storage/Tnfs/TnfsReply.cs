using System.Buffers.Binary;
using System.Text;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Builds the payload of a packet, never longer than a packet may be.</summary>
internal sealed class TnfsReply
{
    private readonly byte[] _bytes = new byte[TnfsProtocol.MaxPacket];

    /// <summary>Bytes so far, the header included.</summary>
    public int Length { get; private set; } = TnfsHeader.Length;

    /// <summary>Payload bytes that still fit.</summary>
    public int Room => _bytes.Length - Length;

    /// <summary>The result, the first byte of an answer's payload.</summary>
    public TnfsReply Result(TnfsResult result)
    {
        Length = TnfsHeader.Length;
        return Byte((byte)result);
    }

    /// <summary>One byte.</summary>
    public TnfsReply Byte(byte value)
    {
        _bytes[Length++] = value;
        return this;
    }

    /// <summary>Two bytes.</summary>
    public TnfsReply Word(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(Length), (ushort)Math.Clamp(value, 0, ushort.MaxValue));
        Length += 2;
        return this;
    }

    /// <summary>Four bytes.</summary>
    public TnfsReply Long(long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(Length), (uint)Math.Clamp(value, 0, uint.MaxValue));
        Length += 4;
        return this;
    }

    /// <summary>A text and its NUL, cut if it does not fit.</summary>
    public TnfsReply Text(string text)
    {
        Length += Encoding.UTF8.GetBytes(Fitting(text), _bytes.AsSpan(Length, Room - 1));
        return Byte(0);
    }

    /// <summary>Room for data, to be filled by the caller.</summary>
    public Span<byte> Reserve(int count)
    {
        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    /// <summary>Changes a byte that was written before.</summary>
    public void Patch(int at, byte value) => _bytes[at] = value;

    /// <summary>The finished packet.</summary>
    public byte[] ToPacket(TnfsHeader header)
    {
        header.Write(_bytes);
        return _bytes[..Length];
    }

    private string Fitting(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > Room - 1)
        {
            text = text[..^1];
        }

        return text;
    }
}
