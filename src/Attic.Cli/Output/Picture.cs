using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Attic.Abi.Machines;

namespace Attic.Cli.Output;

/// <summary>A picture with square samples, three bytes (red, green, blue) each, top-down.</summary>
internal sealed class Picture
{
    private Picture(int width, int height)
    {
        Width = width;
        Height = height;
        Rgb = new byte[width * height * 3];
    }

    // Pictures narrower than this are shown at twice their size.
    private const int SmallWidth = 400;

    /// <summary>Pixels of a line.</summary>
    public int Width { get; }

    /// <summary>Lines.</summary>
    public int Height { get; }

    /// <summary>The samples.</summary>
    public byte[] Rgb { get; }

    /// <summary>The standard picture (ST: 640×400 in every mode; XL: 320×200, each pixel as two by two), or with borders the whole raster.</summary>
    public static Picture Of(VideoFrame frame, bool borders)
    {
        int left = borders ? 0 : frame.ActiveLeft;
        int top = borders ? 0 : frame.ActiveTop;
        int width = Math.Min(borders ? frame.Width : frame.ActiveWidth, frame.Width - left);
        int lines = Math.Min(borders ? frame.Height : frame.ActiveHeight, frame.Height - top);
        int scale = frame.ActiveWidth is > 64 and < SmallWidth ? 2 : 1;
        int repeats = frame.LineRepeat * scale;
        var picture = new Picture(width * scale, lines * repeats);
        var codes = new ushort[frame.Width];
        var wide = new ushort[width * scale];
        int row = wide.Length * 3;
        for (int line = 0; line < lines; line++)
        {
            frame.ReadLine(top + line, codes);
            for (int x = 0; x < wide.Length; x++)
            {
                wide[x] = codes[left + (x / scale)];
            }

            var target = picture.Rgb.AsSpan(line * repeats * row, row);
            Colour(wide, frame.Palette, target);
            for (int repeat = 1; repeat < repeats; repeat++)
            {
                target.CopyTo(picture.Rgb.AsSpan(((line * repeats) + repeat) * row, row));
            }
        }

        return picture;
    }

    /// <summary>SHA-256, 64 lower-case hex digits, of width, height and all colour codes at full resolution, little-endian.</summary>
    public static string Hash(VideoFrame frame)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, frame.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], frame.Height);
        hash.AppendData(size);
        var codes = new ushort[frame.Width];
        for (int line = 0; line < frame.Height; line++)
        {
            frame.ReadLine(line, codes);
            hash.AppendData(MemoryMarshal.AsBytes(codes.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Colour(ReadOnlySpan<ushort> codes, ReadOnlySpan<uint> palette, Span<byte> rgb)
    {
        for (int x = 0; x < codes.Length; x++)
        {
            uint colour = palette[codes[x]];
            rgb[3 * x] = (byte)(colour >> 16);
            rgb[(3 * x) + 1] = (byte)(colour >> 8);
            rgb[(3 * x) + 2] = (byte)colour;
        }
    }
}
