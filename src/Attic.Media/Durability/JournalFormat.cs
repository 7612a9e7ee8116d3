using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Attic.Media.Durability;

/// <summary>Which bytes a journal stands on: a file's length and SHA-256.</summary>
internal sealed record FileIdentity(long Length, byte[] Sha256)
{
    public static FileIdentity Of(ReadOnlySpan<byte> file) => new(file.Length, SHA256.HashData(file));

    public bool Equals(FileIdentity? other) => other is not null && Length == other.Length && Sha256.AsSpan().SequenceEqual(other.Sha256);

    public override int GetHashCode() => HashCode.Combine(Length, BinaryPrimitives.ReadInt32LittleEndian(Sha256));
}

/// <summary>What a journal record says.</summary>
internal enum JournalKind : byte
{
    /// <summary>A sector was written.</summary>
    Sector = 1,

    /// <summary>A track was formatted.</summary>
    Track = 2,

    /// <summary>All records before this one are in an image of the identity that it holds, if that image is in place.</summary>
    Merged = 3,

    /// <summary>Bytes of the file were overwritten.</summary>
    Patch = 4,

    /// <summary>The whole file was made anew.</summary>
    Replacement = 5,
}

/// <summary>One record.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Cylinder">Where.</param>
/// <param name="Side">Where.</param>
/// <param name="Number">The sector's number; 0 for other kinds.</param>
/// <param name="Data">A sector, all sectors of a track, an identity, an offset (32 bits) with bytes, or a file.</param>
internal readonly record struct JournalRecord(JournalKind Kind, byte Cylinder, byte Side, byte Number, byte[] Data);

/// <summary>
/// The bytes of a journal, little-endian. Header: magic, version, length and SHA-256 of the image it stands on, CRC.
/// Record: magic, kind, cylinder, side, number, sequence (from 1), data length, data, CRC-32C over all before it.
/// </summary>
internal static class JournalFormat
{
    public const int HeaderBytes = 56;
    public const int RecordOverhead = 24;
    // The largest image that a record replaces: 65,535 sectors of 256 bytes and a header.
    public const int MaxDataBytes = 17 << 20;
    private const uint RecordMagic = 0x4345524A; // "JREC"
    private const uint Version = 1;
    private const int IdentityBytes = 40;

    private static ReadOnlySpan<byte> HeaderMagic => "ATTICJNL"u8;

    public static byte[] Header(FileIdentity image)
    {
        byte[] header = new byte[HeaderBytes];
        HeaderMagic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        Identity(image).CopyTo(header, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(52), Crc(header.AsSpan(0, 52)));
        return header;
    }

    /// <summary>The image that a journal stands on, null when its header is damaged.</summary>
    public static FileIdentity? ReadHeader(ReadOnlySpan<byte> journal) =>
        journal.Length >= HeaderBytes
        && journal.StartsWith(HeaderMagic)
        && BinaryPrimitives.ReadUInt32LittleEndian(journal[8..]) == Version
        && BinaryPrimitives.ReadUInt32LittleEndian(journal[52..]) == Crc(journal[..52])
            ? ReadIdentity(journal.Slice(12, IdentityBytes))
            : null;

    public static void Append(MemoryStream output, in JournalRecord record, long sequence)
    {
        Span<byte> head = stackalloc byte[RecordOverhead - 4];
        BinaryPrimitives.WriteUInt32LittleEndian(head, RecordMagic);
        head[4] = (byte)record.Kind;
        head[5] = record.Cylinder;
        head[6] = record.Side;
        head[7] = record.Number;
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], record.Data.Length);
        Span<byte> crc = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, Crc(record.Data, Crc(head)));
        output.Write(head);
        output.Write(record.Data);
        output.Write(crc);
    }

    /// <summary>Reads the record at the start of <paramref name="journal"/>.</summary>
    /// <param name="journal">The journal from a record on.</param>
    /// <param name="sequence">The sequence number that the record must have.</param>
    /// <param name="record">The record.</param>
    /// <returns>Its length in bytes; 0 when no whole and sound record is there.</returns>
    public static int Read(ReadOnlySpan<byte> journal, long sequence, out JournalRecord record)
    {
        record = default;
        if (journal.Length < RecordOverhead
            || BinaryPrimitives.ReadUInt32LittleEndian(journal) != RecordMagic
            || BinaryPrimitives.ReadInt64LittleEndian(journal[8..]) != sequence)
        {
            return 0;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(journal[16..]);
        if (length is < 0 or > MaxDataBytes || length > journal.Length - RecordOverhead)
        {
            return 0;
        }

        int end = RecordOverhead - 4 + length;
        if (BinaryPrimitives.ReadUInt32LittleEndian(journal[end..]) != Crc(journal[..end]))
        {
            return 0;
        }

        record = new((JournalKind)journal[4], journal[5], journal[6], journal[7], journal.Slice(20, length).ToArray());
        return end + 4;
    }

    public static byte[] Identity(FileIdentity image)
    {
        byte[] bytes = new byte[IdentityBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, image.Length);
        image.Sha256.CopyTo(bytes, 8);
        return bytes;
    }

    public static FileIdentity? ReadIdentity(ReadOnlySpan<byte> bytes) =>
        bytes.Length == IdentityBytes ? new(BinaryPrimitives.ReadInt64LittleEndian(bytes), bytes[8..].ToArray()) : null;

    private static uint Crc(ReadOnlySpan<byte> bytes, uint start = uint.MaxValue)
    {
        uint crc = start;
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
