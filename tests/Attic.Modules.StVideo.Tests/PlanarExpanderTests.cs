namespace Attic.Modules.StVideo.Tests;

public class PlanarExpanderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Vector_paths_agree_with_the_definition(int planes)
    {
        var random = new Random(7);
        var data = new byte[(640 / 16 * planes * 2) + 16];
        var palette = new ushort[16];
        var expected = new ushort[640];
        var codes = new ushort[640];
        for (int round = 0; round < 50; round++)
        {
            random.NextBytes(data);
            random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(palette.AsSpan()));
            PlanarExpander.ExpandPortable(data, planes, palette, expected);
            PlanarExpander.Expand128(data, planes, palette, codes);
            Assert.Equal(expected, codes);
            Array.Clear(codes);
            PlanarExpander.Expand(data, planes, palette, codes);
            Assert.Equal(expected, codes);
        }
    }

    [Fact]
    public void The_first_pixel_is_the_highest_bit_of_each_plane()
    {
        var data = new byte[8 + 16];
        data[0] = 0x80;
        data[4] = 0x80;
        data[7] = 0x01;
        ushort[] palette = [.. Enumerable.Range(0x100, 16).Select(code => (ushort)code)];
        var codes = new ushort[16];
        PlanarExpander.Expand(data, 4, palette, codes);
        Assert.Equal(0x105, codes[0]);
        Assert.Equal(0x100, codes[1]);
        Assert.Equal(0x108, codes[15]);
    }

    [Fact]
    public void Planes_that_end_too_early_are_refused() =>
        Assert.Throws<ArgumentException>(() => PlanarExpander.Expand(new byte[16], 4, new ushort[16], new ushort[32]));
}
