using System.Buffers.Binary;
using System.IO.Compression;
using Attic.Abi.Machines;
using Attic.Cli.Output;

namespace Attic.Cli.Tests.Output;

public class PictureTests
{
    private static readonly VideoFrame Frame = MakeFrame();

    [Fact]
    public void The_standard_picture_leaves_the_borders_out_and_repeats_lines()
    {
        var picture = Picture.Of(Frame, borders: false);
        Assert.Equal((4, 4), (picture.Width, picture.Height));
        Assert.Equal([0x10, 0x20, 0x30], picture.Rgb[..3]);
        Assert.Equal(picture.Rgb[..12], picture.Rgb[12..24]);
        Assert.NotEqual(picture.Rgb[..12], picture.Rgb[24..36]);
    }

    [Fact]
    public void With_borders_it_is_the_whole_raster()
    {
        var picture = Picture.Of(Frame, borders: true);
        Assert.Equal((8, 8), (picture.Width, picture.Height));
        Assert.Equal([0, 0, 0], picture.Rgb[..3]);
    }

    [Fact]
    public void A_half_width_line_is_as_wide_as_any_other()
    {
        var picture = Picture.Of(Frame, borders: false);
        byte[] line = picture.Rgb[24..36];
        Assert.Equal(line[..3], line[3..6]);
        Assert.NotEqual(line[..3], line[6..9]);
    }

    [Fact]
    public void The_hash_tells_pictures_apart()
    {
        var other = MakeFrame();
        Assert.Equal(Picture.Hash(Frame), Picture.Hash(other));
        other.Codes[0]++;
        Assert.NotEqual(Picture.Hash(Frame), Picture.Hash(other));
    }

    [Fact]
    public void A_png_holds_the_same_samples()
    {
        var picture = Picture.Of(Frame, borders: true);
        using var file = new MemoryStream();
        PngWriter.Write(file, picture);
        byte[] png = file.ToArray();
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal((8, 8), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));

        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var samples = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress))
        {
            zlib.CopyTo(samples);
        }

        var lines = samples.ToArray().Chunk((8 * 3) + 1).ToList();
        Assert.All(lines, line => Assert.Equal(0, line[0]));
        Assert.Equal(picture.Rgb, lines.SelectMany(line => line[1..]));
    }

    [Fact]
    public void The_png_ends_with_the_well_known_empty_chunk()
    {
        using var file = new MemoryStream();
        PngWriter.Write(file, Picture.Of(Frame, borders: false));
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], file.ToArray()[^12..]);
    }

    private static VideoFrame MakeFrame()
    {
        var frame = new VideoFrame(8, 4, [0x000000, 0x102030, 0xFFFFFF])
        {
            ActiveLeft = 2,
            ActiveTop = 1,
            ActiveWidth = 4,
            ActiveHeight = 2,
            LineRepeat = 2,
        };
        frame.Codes.AsSpan((1 * 8) + 2, 4).Fill(1);
        frame.HalfWidth[2] = true;
        frame.Codes[(2 * 8) + 1] = 1;
        frame.Codes[(2 * 8) + 2] = 2;
        return frame;
    }
}
