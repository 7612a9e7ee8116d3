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

    /// <summary>Pixels of a line.</summary>
    public int Width { get; }

    /// <summary>Lines.</summary>
    public int Height { get; }

    /// <summary>The samples.</summary>
    public byte[] Rgb { get; }

    /// <summary>The standard picture (ST: 640×400 in every mode), or with borders the whole raster.</summary>
    public static Picture Of(VideoFrame frame, bool borders)
    {
        int left = borders ? 0 : frame.ActiveLeft;
        int top = borders ? 0 : frame.ActiveTop;
        int width = Math.Min(borders ? frame.Width : frame.ActiveWidth, frame.Width - left);
        int lines = Math.Min(borders ? frame.Height : frame.ActiveHeight, frame.Height - top);
        var picture = new Picture(width, lines * frame.LineRepeat);
        var codes = new ushort[frame.Width];
        int row = width * 3;
        for (int line = 0; line < lines; line++)
        {
            frame.ReadLine(top + line, codes);
            var target = picture.Rgb.AsSpan(line * frame.LineRepeat * row, row);
            Colour(codes.AsSpan(left, width), frame.Palette, target);
            for (int repeat = 1; repeat < frame.LineRepeat; repeat++)
            {
                target.CopyTo(picture.Rgb.AsSpan(((line * frame.LineRepeat) + repeat) * row, row));
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
