using System.Buffers.Binary;

namespace Attic.Media.Durability;

/// <summary>A file that is its own content: records overwrite bytes of it, or all of it.</summary>
/// <param name="file">The bytes; this object owns them.</param>
internal sealed class FileTarget(byte[] file) : IJournalTarget
{
    private const int OffsetBytes = 4;

    /// <summary>The file as it is now.</summary>
    public byte[] File { get; private set; } = file;

    /// <summary>A record that overwrites bytes.</summary>
    /// <param name="offset">The first of them.</param>
    /// <param name="bytes">What they become.</param>
    public static JournalRecord Patch(int offset, ReadOnlySpan<byte> bytes)
    {
        byte[] data = new byte[OffsetBytes + bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(data, offset);
        bytes.CopyTo(data.AsSpan(OffsetBytes));
        return new(JournalKind.Patch, 0, 0, 0, data);
    }

    /// <summary>A record that replaces the whole file.</summary>
    public static JournalRecord Replacement(byte[] file) => new(JournalKind.Replacement, 0, 0, 0, file);

    public bool Apply(in JournalRecord record)
    {
        if (record.Kind == JournalKind.Replacement)
        {
            File = [.. record.Data];
            return true;
        }

        if (record.Kind != JournalKind.Patch || record.Data.Length < OffsetBytes)
        {
            return false;
        }

        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(record.Data);
        var bytes = record.Data.AsSpan(OffsetBytes);
        if (offset + (long)bytes.Length > File.Length)
        {
            return false;
        }

        bytes.CopyTo(File.AsSpan((int)offset));
        return true;
    }

    public byte[] Encode() => [.. File];

    public IJournalTarget Clone() => new FileTarget([.. File]);
}
