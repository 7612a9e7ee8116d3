using System.Buffers.Binary;
using Attic.Media.Floppies;

namespace Attic.Media.Cartridges;

/// <summary>A cartridge of an XL from a file: in the CAR format, which names its type, or raw, where size and content tell it.</summary>
/// <param name="Type">Its CAR type (atari800's public list "cart.txt").</param>
/// <param name="Image">Its ROM.</param>
/// <param name="Reason">How the type was told: a clause for people.</param>
public sealed record XlCartridgeFile(int Type, ReadOnlyMemory<byte> Image, string Reason)
{
    private const int HeaderBytes = 16;
    private const int K = 1024;
    private const int MaxBytes = (128 * K * K) + HeaderBytes;
    private static readonly string[] Endings = [".car", ".rom", ".bin"];
    private static readonly int[] Of5200 = [4, 6, 7, 16, 19, 20, 71, 72, 73, 74, 159];

    /// <summary>Whether a file is in the CAR format.</summary>
    public static bool IsCar(ReadOnlySpan<byte> start) => start.StartsWith("CART"u8);

    /// <summary>Reads a cartridge.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="file">The file's bytes; may be in a gzip or zip container.</param>
    /// <param name="type">The type of a raw image, where the user says it; ignored for a CAR file.</param>
    /// <exception cref="MediaFormatException">The file is damaged, of no size that a cartridge has, or for an Atari 5200.</exception>
    public static XlCartridgeFile Read(string name, ReadOnlySpan<byte> file, int? type = null)
    {
        byte[] bytes = ImageContainer.Open(name, file, MaxBytes, Endings).Bytes;
        if (IsCar(bytes))
        {
            return ReadCar(bytes);
        }

        if (type is { } told)
        {
            return new(told, bytes, "as you said");
        }

        var (guess, reason) = Guess(bytes);
        return new(guess, bytes, reason);
    }

    // "CART", type, checksum, 4 bytes unused, then the ROM; numbers high byte first.
    private static XlCartridgeFile ReadCar(byte[] bytes)
    {
        if (bytes.Length <= HeaderBytes)
        {
            throw new MediaFormatException(bytes.Length, $"a ROM after {HeaderBytes} bytes of header", "the end");
        }

        uint type = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4));
        if (type is 0 or > 1000)
        {
            throw new MediaFormatException(4, "a cartridge type from 1 to 1000", $"{type}");
        }

        if (Of5200.Contains((int)type))
        {
            throw new MediaFormatException(4, "a cartridge type of the 8-bit computers", $"{type}, one of the Atari 5200");
        }

        var image = bytes.AsMemory(HeaderBytes);
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8));
        uint sum = 0;
        foreach (byte value in image.Span)
        {
            sum += value;
        }

        return sum == expected
            ? new((int)type, image, "as its CAR header says")
            : throw new MediaFormatException(8, $"the checksum 0x{sum:X8} of the ROM that follows", $"0x{expected:X8}");
    }

    private static (int Type, string Reason) Guess(byte[] image)
    {
        int kilobytes = image.Length % K == 0 ? image.Length / K : 0;
        int type = kilobytes switch
        {
            2 => 57,
            4 => 58,
            8 => 1,
            16 => StartsItself(image, 0x1000) && !StartsItself(image, image.Length) ? 15 : 2,
            32 => 12,
            40 => 18,
            64 => Contains(image, "SpartaDOS"u8) ? 11 : 13,
            128 => Contains(image, "SpartaDOS"u8) ? 43 : FirstBankStarts(image) ? 41 : 14,
            256 => 23,
            512 => 24,
            1024 => FirstBankStarts(image) ? 75 : 25,
            2048 => 64,
            4096 => 63,
            _ => throw new MediaFormatException(image.Length, "the size of a cartridge: 2, 4, 8, 16, 32, 40, 64, 128, 256, 512, 1024, 2048 or 4096 KB", $"{image.Length} bytes"),
        };
        return (type, $"told by its {kilobytes} KB; a .car file or --cartridge-type says it for sure");
    }

    private static bool FirstBankStarts(byte[] image) => StartsItself(image, 8 * K) && !StartsItself(image, image.Length);

    // A bank that ends at $BFFF: run address, zero, options, init address (Operating System Users Manual, cartridges).
    private static bool StartsItself(byte[] image, int end) =>
        image[end - 4] == 0 && image[end - 1] is >= 0x80 and < 0xC0 && (image[end - 5] is >= 0x80 and < 0xC0 || (image[end - 3] & 4) == 0);

    private static bool Contains(byte[] image, ReadOnlySpan<byte> text) => image.AsSpan().IndexOf(text) >= 0;
}
