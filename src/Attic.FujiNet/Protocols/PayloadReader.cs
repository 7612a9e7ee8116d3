using System.Buffers.Binary;
using System.Text;

namespace Attic.FujiNet.Protocols;

/// <summary>
/// Takes little-endian fields off the front of a request's payload. A payload that ends too early turns
/// <see cref="Failed"/> on and reads as zeros from there, so that a device checks once, after its last field.
/// </summary>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>Whether a field was missing.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Whether every field was there and nothing is left.</summary>
    public readonly bool IsExact => !Failed && _rest.IsEmpty;

    /// <summary>One byte.</summary>
    public byte Byte()
    {
        var field = Bytes(1);
        return field.IsEmpty ? (byte)0 : field[0];
    }

    /// <summary>Two bytes.</summary>
    public ushort Word()
    {
        var field = Bytes(2);
        return field.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(field);
    }

    /// <summary>Four bytes.</summary>
    public uint Long()
    {
        var field = Bytes(4);
        return field.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(field);
    }

    /// <summary>Eight bytes.</summary>
    public ulong Quad()
    {
        var field = Bytes(8);
        return field.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(field);
    }

    /// <summary>Some bytes; none when fewer are left.</summary>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (Failed || count > _rest.Length)
        {
            Failed = true;
            _rest = default;
            return default;
        }

        var field = _rest[..count];
        _rest = _rest[count..];
        return field;
    }

    /// <summary>A length in one byte and that many bytes.</summary>
    public ReadOnlySpan<byte> ShortBlock() => Bytes(Byte());

    /// <summary>A length in two bytes and that many bytes.</summary>
    public ReadOnlySpan<byte> Block() => Bytes(Word());

    /// <summary>A text with its length in one byte.</summary>
    public string ShortText() => Encoding.UTF8.GetString(ShortBlock());

    /// <summary>A text with its length in two bytes.</summary>
    public string Text() => Encoding.UTF8.GetString(Block());

    /// <summary>A text up to its NUL, or up to the payload's end where that is left away.</summary>
    public string TerminatedText()
    {
        int end = _rest.IndexOf((byte)0);
        var text = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return Encoding.UTF8.GetString(text);
    }
}
