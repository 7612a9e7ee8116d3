using System.Buffers.Binary;

namespace Attic.Modules.StMachine;

/// <summary>An operating system image and where the board decodes it.</summary>
internal sealed class RomImage
{
    private const uint SmallBase = 0xFC0000;
    private const uint LargeBase = 0xE00000;
    private const int SmallSize = 192 * 1024;
    private const int LargeSize = 1024 * 1024;

    private RomImage(uint start, byte[] bytes)
    {
        Start = start;
        Bytes = bytes;
    }

    /// <summary>First address: 0xFC0000 (six ROMs, 192 KiB) or 0xE00000 (two ROMs, 256 KiB and more).</summary>
    public uint Start { get; }

    /// <summary>The whole decoded area, in pinned memory; what the image leaves open reads as ones.</summary>
    public byte[] Bytes { get; }

    /// <summary>Places an image by the address in its header (TOS header, offset 4: reset handler), else by its size.</summary>
    /// <exception cref="ArgumentException">The image is empty or larger than its area.</exception>
    public static RomImage Place(ReadOnlySpan<byte> image)
    {
        if (image.Length < 8)
        {
            throw new ArgumentException($"A ROM image of {image.Length} bytes cannot hold even its header.", nameof(image));
        }

        uint start = (BinaryPrimitives.ReadUInt32BigEndian(image[4..]) >> 16) switch
        {
            >= 0xFC and <= 0xFE => SmallBase,
            >= 0xE0 and <= 0xEF => LargeBase,
            _ => image.Length <= SmallSize ? SmallBase : LargeBase,
        };
        int size = start == SmallBase ? SmallSize : LargeSize;
        if (image.Length > size)
        {
            throw new ArgumentException($"A ROM at 0x{start:X} can have {size} bytes, this image has {image.Length}.", nameof(image));
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        bytes.AsSpan().Fill(0xFF);
        image.CopyTo(bytes);
        return new(start, bytes);
    }
}
