using System.Buffers.Binary;
using System.Text;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Takes the fields off the front of a payload; one that ends too early turns <see cref="Failed"/> on.</summary>
internal ref struct TnfsArguments(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>Whether a field was missing.</summary>
    public bool Failed { get; private set; }

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1) is { IsEmpty: false } field ? field[0] : (byte)0;

    /// <summary>Two bytes.</summary>
    public ushort Word() => Take(2) is { IsEmpty: false } field ? BinaryPrimitives.ReadUInt16LittleEndian(field) : (ushort)0;

    /// <summary>Four bytes.</summary>
    public uint Long() => Take(4) is { IsEmpty: false } field ? BinaryPrimitives.ReadUInt32LittleEndian(field) : 0;

    /// <summary>Some bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
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

    /// <summary>A text up to its NUL; the last one of a packet may end with the packet, as some clients leave its NUL away.</summary>
    public string Text()
    {
        int end = _rest.IndexOf((byte)0);
        var text = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return Encoding.UTF8.GetString(text);
    }
}
