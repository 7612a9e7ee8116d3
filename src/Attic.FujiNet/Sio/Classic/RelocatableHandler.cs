using System.Buffers.Binary;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// A handler as the XL's relocating loader wants it (Atari XL OS manual, addendum, "Peripheral handler loading"): records of text,
/// each followed by the places of the words in it that hold addresses. The places are found by comparing the handler at two addresses.
/// </summary>
public sealed class RelocatableHandler
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 128;

    private const int Shift = 0x0101;
    private const int MaxText = 200;
    private const byte TextRecord = 0;
    private const byte WordRecord = 6;
    private const byte EndRecord = 11;
    private readonly byte[] _records;

    /// <summary>A handler.</summary>
    /// <param name="image">It, linked for an address.</param>
    /// <param name="shifted">It, linked for an address $0101 higher.</param>
    /// <param name="linkedAt">The first address.</param>
    /// <exception cref="ArgumentException">The images differ by more than addresses in whole words.</exception>
    public RelocatableHandler(ReadOnlySpan<byte> image, ReadOnlySpan<byte> shifted, ushort linkedAt)
    {
        if (image.Length != shifted.Length)
        {
            throw new ArgumentException("The images have different lengths.", nameof(shifted));
        }

        var records = new List<byte>();
        for (int at = 0; at < image.Length;)
        {
            at += AddText(records, image, shifted, at, linkedAt);
        }

        records.AddRange([EndRecord, 0, 0, 0]);
        _records = [.. records];
        const int sizeAt = 16;
        Size = BinaryPrimitives.ReadUInt16LittleEndian(image[sizeAt..]);
    }

    /// <summary>Bytes of memory that it takes, its buffers included.</summary>
    public ushort Size { get; }

    /// <summary>A block of the records; those behind the last one are empty.</summary>
    public byte[] Block(int number)
    {
        byte[] block = new byte[BlockBytes];
        var rest = _records.AsSpan(Math.Min(_records.Length, number * BlockBytes));
        rest[..Math.Min(rest.Length, BlockBytes)].CopyTo(block);
        return block;
    }

    /// <summary>Adds the text from a place on, and where its words are.</summary>
    /// <returns>Bytes of text added.</returns>
    private static int AddText(List<byte> records, ReadOnlySpan<byte> image, ReadOnlySpan<byte> shifted, int from, ushort linkedAt)
    {
        var text = new List<byte>();
        var words = new List<byte>();
        int at = from;
        while (at < image.Length && at - from < MaxText)
        {
            if (image[at] == shifted[at])
            {
                text.Add(image[at++]);
                continue;
            }

            int address = at + 1 < image.Length ? BinaryPrimitives.ReadUInt16LittleEndian(image[at..]) : -1;
            if (address < linkedAt - 1 || address + Shift != BinaryPrimitives.ReadUInt16LittleEndian(shifted[at..]))
            {
                throw new ArgumentException($"At byte {at} the images differ by something else than an address.", nameof(shifted));
            }

            words.Add((byte)(at - from));
            ushort relative = (ushort)(address - linkedAt);
            text.AddRange([(byte)relative, (byte)(relative >> 8)]);
            at += 2;
        }

        records.AddRange([TextRecord, (byte)(text.Count + 2), (byte)from, (byte)(from >> 8)]);
        records.AddRange(text);
        if (words.Count > 0)
        {
            records.AddRange([WordRecord, (byte)words.Count]);
            records.AddRange(words);
        }

        return at - from;
    }
}
