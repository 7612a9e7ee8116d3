using System.Buffers.Binary;
using Attic.Abi.Machines;
using Attic.Engine.Streams;

namespace Attic.Engine.Tests.Streams;

public class ConversionTests
{
    private static readonly uint[] s_palette = [0x000000, 0xFF0000, 0x00FF00, 0x0000FF, 0x123456];

    [Fact]
    public void A_low_resolution_line_fills_two_lines_of_the_canvas()
    {
        var frame = new VideoFrame(832, 240, s_palette) { ActiveLeft = 96, ActiveTop = 20, ActiveWidth = 640, ActiveHeight = 200, LineRepeat = 2 };
        frame.HalfWidth[20] = true;
        frame.Codes[(20 * 832) + 48] = 1;
        byte[] pixels = Convert(frame, PixelFormat.Rgb565, borders: false);
        Assert.Equal(FrameConverter.CanvasWidth * FrameConverter.CanvasHeight * 2, pixels.Length);
        foreach (int y in new[] { 0, 1 })
        {
            Assert.Equal(0xF800, Pixel(pixels, 0, y));
            Assert.Equal(0xF800, Pixel(pixels, 1, y));
            Assert.Equal(0, Pixel(pixels, 2, y));
        }

        Assert.Equal(0, Pixel(pixels, 0, 2));
    }

    [Fact]
    public void A_monochrome_picture_is_copied_line_by_line()
    {
        var frame = new VideoFrame(640, 400, s_palette) { ActiveWidth = 640, ActiveHeight = 400 };
        frame.Codes[(399 * 640) + 639] = 4;
        byte[] pixels = Convert(frame, PixelFormat.Xrgb8888, borders: false);
        Assert.Equal(0x123456u, BinaryPrimitives.ReadUInt32LittleEndian(pixels.AsSpan(pixels.Length - 4)));
        byte[] packed = Convert(frame, PixelFormat.Rgb888, borders: false);
        Assert.Equal([0x12, 0x34, 0x56], packed[^3..]);
    }

    [Fact]
    public void Borders_give_the_raster_as_it_is()
    {
        var frame = new VideoFrame(832, 240, s_palette) { ActiveLeft = 96, ActiveTop = 20, ActiveWidth = 640, ActiveHeight = 200 };
        frame.Codes[0] = 2;
        byte[] pixels = Convert(frame, PixelFormat.Rgb565, borders: true);
        Assert.Equal(832 * 240 * 2, pixels.Length);
        Assert.Equal(0x07E0, BinaryPrimitives.ReadUInt16LittleEndian(pixels));
    }

    [Theory]
    [InlineData(48_000)]
    [InlineData(44_100)]
    [InlineData(22_050)]
    public void Sound_keeps_its_pitch_and_length_at_every_rate(int rate)
    {
        var shaper = new AudioShaper(new AudioSettings(SampleFormat.PcmS16Le, rate));
        var block = new AudioBlock();
        var stamps = new List<long>();
        var samples = new List<short>();
        for (int i = 0; i < 100; i++)
        {
            block.Take(Tone(i * 480, 480), 48_000, (i + 1) * 10_000, muted: false);
            shaper.Take(block, (from, stamp) =>
            {
                stamps.Add(stamp);
                byte[] bytes = new byte[from.PayloadBytes];
                from.Write(bytes);
                for (int at = 0; at < bytes.Length; at += 4)
                {
                    samples.Add(BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at)));
                }
            });
        }

        Assert.InRange(samples.Count, rate - AudioShaper.ChunkFrames - 1, rate);
        int rises = Enumerable.Range(1, samples.Count - 1).Count(i => samples[i - 1] <= 0 && samples[i] > 0);
        Assert.InRange(rises * (double)rate / samples.Count, 995, 1005);
        Assert.Equal(stamps.Order(), stamps);
        Assert.InRange(stamps[1] - stamps[0], (AudioShaper.ChunkFrames * 1_000_000L / rate) - 100, (AudioShaper.ChunkFrames * 1_000_000L / rate) + 100);
    }

    [Fact]
    public void Muted_sound_has_its_length()
    {
        var block = new AudioBlock();
        block.Take([1, 2, 3, 4], 48_000, 100, muted: true);
        Assert.Equal([0, 0, 0, 0], block.Samples.ToArray());
    }

    private static short[] Tone(int from, int frames) =>
        [.. Enumerable.Range(from, frames).SelectMany(i => Enumerable.Repeat((short)(8000 * Math.Sin(2 * Math.PI * i / 48)), 2))];

    private static int Pixel(byte[] pixels, int x, int y) => BinaryPrimitives.ReadUInt16LittleEndian(pixels.AsSpan(2 * ((y * FrameConverter.CanvasWidth) + x)));

    private static byte[] Convert(VideoFrame frame, PixelFormat format, bool borders)
    {
        var copy = new FrameCopy();
        copy.Take(frame, 1, 2, 160_256);
        var (width, height) = FrameConverter.SizeOf(copy, borders);
        byte[] pixels = new byte[width * height * format.BytesPerPixel()];
        new FrameConverter().Convert(copy, format, borders, pixels);
        return pixels;
    }
}
