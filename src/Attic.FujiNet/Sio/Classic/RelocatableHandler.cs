using System.Buffers.Binary;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// A handler that an XL loads (Atari XL OS manual, addendum, "Peripheral handler loading"). What the loader gets is a stub of one
/// block: records of text, each followed by the places of the words in it that hold addresses. The stub then fetches the handler,
/// linked for the place where it was put. The places are found by comparing images at two addresses.
/// </summary>
/// <remarks>Longer streams are legal, but AltirraOS asks for their first block again and again.</remarks>
public sealed class RelocatableHandler
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 128;

    private const int Shift = 0x0101;
    private const int TableBytes = 20;
    private const int StubAt = 0x0300;
    private const int SizeAt = 16;
    private const byte TextRecord = 0;
    private const byte WordRecord = 6;
    private const byte EndRecord = 11;
    private readonly byte[] _image;
    private readonly int[] _words;
    private readonly ushort _linkedAt;
    private readonly byte[] _block = new byte[BlockBytes];

    /// <summary>A handler and its stub.</summary>
    /// <param name="image">The handler, linked for an address.</param>
    /// <param name="shifted">The handler, linked for an address $0101 higher.</param>
    /// <param name="stub">The stub, linked for the first address: the table's 20 bytes, then what lies $0300 above it.</param>
    /// <param name="shiftedStub">The stub, linked $0101 higher.</param>
    /// <param name="linkedAt">The first address.</param>
    /// <exception cref="ArgumentException">The images differ by more than addresses in whole words, or the stub is longer than a block.</exception>
    public RelocatableHandler(byte[] image, byte[] shifted, byte[] stub, byte[] shiftedStub, ushort linkedAt)
    {
        ArgumentNullException.ThrowIfNull(image);
        (_image, _linkedAt) = (image, linkedAt);
        _words = WordsOf(image, shifted);
        Size = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(SizeAt));
        List<byte> records =
        [
            .. Record(stub[..TableBytes], shiftedStub[..TableBytes], 0),
            .. Record(stub[TableBytes..], shiftedStub[TableBytes..], StubAt),
            EndRecord, 0, 0, 0,
        ];
        if (records.Count > BlockBytes)
        {
            throw new ArgumentException($"The stub takes {records.Count} bytes; a block has {BlockBytes}.", nameof(stub));
        }

        records.CopyTo(_block);
    }

    /// <summary>Bytes of memory that it takes, its buffers included.</summary>
    public ushort Size { get; }

    /// <summary>A block for the loader; all behind the first are empty.</summary>
    public byte[] Block(int number) => number == 0 ? [.. _block] : new byte[BlockBytes];

    /// <summary>The handler, linked for an address.</summary>
    public byte[] LinkedAt(ushort address)
    {
        byte[] linked = [.. _image];
        foreach (int at in _words)
        {
            ushort word = BinaryPrimitives.ReadUInt16LittleEndian(linked.AsSpan(at));
            BinaryPrimitives.WriteUInt16LittleEndian(linked.AsSpan(at), (ushort)(word - _linkedAt + address));
        }

        return linked;
    }

    private static int[] WordsOf(byte[] image, byte[] shifted)
    {
        if (image.Length != shifted.Length)
        {
            throw new ArgumentException("The images have different lengths.", nameof(shifted));
        }

        var words = new List<int>();
        for (int at = 0; at < image.Length; at++)
        {
            if (image[at] == shifted[at])
            {
                continue;
            }

            bool isWord = at + 1 < image.Length
                && (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at)) + Shift) == BinaryPrimitives.ReadUInt16LittleEndian(shifted.AsSpan(at));
            if (!isWord)
            {
                throw new ArgumentException($"At byte {at} the images differ by something else than an address.", nameof(shifted));
            }

            words.Add(at++);
        }

        return [.. words];
    }

    /// <summary>A text record and the record of its words, which are offsets from the handler's start there.</summary>
    private List<byte> Record(byte[] image, byte[] shifted, int offset)
    {
        byte[] text = [.. image];
        int[] words = WordsOf(image, shifted);
        foreach (int at in words)
        {
            ushort word = BinaryPrimitives.ReadUInt16LittleEndian(text.AsSpan(at));
            BinaryPrimitives.WriteUInt16LittleEndian(text.AsSpan(at), (ushort)(word - _linkedAt));
        }

        return [TextRecord, (byte)(text.Length + 2), (byte)offset, (byte)(offset >> 8), .. text, WordRecord, (byte)words.Length, .. words.Select(at => (byte)at)];
    }
}
