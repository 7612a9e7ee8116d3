using Attic.Abi.AtariXl;
using Attic.Abi.Machines;

namespace Attic.Modules.XlVideo.Tests;

public class PaletteTests
{
    [Theory]
    [InlineData(VideoRegion.Ntsc)]
    [InlineData(VideoRegion.Pal)]
    public void Hue_0_is_grey_in_even_steps(VideoRegion region)
    {
        uint[] colours = Palette.For(region, XlPicture.Default);
        Assert.Equal(256, colours.Length);
        Assert.Equal([0x000000u, 0x111111u, 0x888888u, 0xFFFFFFu], [colours[0], colours[1], colours[8], colours[15]]);
    }

    [Fact]
    public void Hue_1_is_the_bursts_yellow_and_hue_15_meets_it()
    {
        uint[] colours = Palette.For(VideoRegion.Ntsc, XlPicture.Default);
        var (red, green, blue) = Parts(colours[0x18]);
        Assert.True(red > blue && green > blue, $"{colours[0x18]:X6}");
        Assert.True(Distance(colours[0x18], colours[0xF8]) < 6, $"{colours[0x18]:X6} {colours[0xF8]:X6}");
        Assert.True(Distance(colours[0x18], colours[0x88]) > 100);
    }

    [Fact]
    public void Hues_go_from_orange_over_blue_to_green()
    {
        foreach (var region in new[] { VideoRegion.Ntsc, VideoRegion.Pal })
        {
            uint[] colours = Palette.For(region, XlPicture.Default);
            Assert.True(Parts(colours[0x36]) is var red && red.Red > red.Green && red.Red > red.Blue, $"{colours[0x36]:X6}");
            Assert.True(Parts(colours[0x86]) is var blue && blue.Blue > blue.Green && blue.Blue > blue.Red, $"{colours[0x86]:X6}");
            Assert.True(Parts(colours[0xC6]) is var green && green.Green > green.Red && green.Green > green.Blue, $"{colours[0xC6]:X6}");
        }
    }

    [Fact]
    public void A_television_can_be_adjusted()
    {
        uint[] grey = Palette.For(VideoRegion.Ntsc, new() { Saturation = 0 });
        Assert.Equal(grey[0x08], grey[0x98]);
        Assert.Equal(0x222222u + 0x111111u, Palette.For(VideoRegion.Ntsc, new() { Brightness = 1 / 15.0 })[2]);
        Assert.Equal(0x444444u, Palette.For(VideoRegion.Ntsc, new() { Contrast = 0.5 })[8]);
        Assert.True(Palette.For(VideoRegion.Ntsc, new() { Gamma = 2 })[8] < 0x888888u);
        Assert.Equal(Palette.For(VideoRegion.Ntsc, XlPicture.Default)[0x38], Palette.For(VideoRegion.Ntsc, new() { Hue = 25.7 })[0x48]);
        Assert.NotEqual(Palette.For(VideoRegion.Ntsc, XlPicture.Default)[0xF8], Palette.For(VideoRegion.Ntsc, new() { HueStep = 27 })[0xF8]);
    }

    [Fact]
    public void Single_pixels_are_coloured_by_the_side_they_are_on_where_artifacts_are_wanted()
    {
        var rig = HighResolution(new() { Artifacts = true }, VideoRegion.Ntsc);
        rig.Ram[VideoRig.Screen + 10] = 0xAA;
        rig.Ram[VideoRig.Screen + 20] = 0x55;
        rig.Ram[VideoRig.Screen + 30] = 0xFF;
        var row = rig.PictureOf(8);
        var palette = rig.Video.Frame.Palette;
        uint even = palette[row[32 + 80 + 4]];
        uint odd = palette[row[32 + 160 + 4]];
        Assert.True(Distance(even, odd) > 150, $"{even:X6} {odd:X6}");
        Assert.Equal(even, palette[row[32 + 80 + 5]]);
        Assert.Equal(0xFFFFFFu, palette[row[32 + 240 + 4]] | 0x111111u);
    }

    [Theory]
    [InlineData(VideoRegion.Ntsc, false)]
    [InlineData(VideoRegion.Pal, true)]
    public void Else_they_are_black_and_white(VideoRegion region, bool artifacts)
    {
        var rig = HighResolution(new() { Artifacts = artifacts }, region);
        rig.Ram[VideoRig.Screen + 10] = 0xAA;
        Assert.Equal<ushort>([0x0E, 0x00, 0x0E, 0x00], rig.PictureOf(8)[(32 + 80)..(32 + 84)]);
        Assert.Equal(256, rig.Video.Frame.Palette.Length);
    }

    private static VideoRig HighResolution(XlPicture picture, VideoRegion region)
    {
        var rig = new VideoRig(region, picture);
        rig.Write(VideoRig.Colpf0 + 1, 0x0E);
        rig.Show(0x22, 0x4F, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8);
        return rig;
    }

    private static (uint Red, uint Green, uint Blue) Parts(uint colour) => ((colour >> 16) & 0xFF, (colour >> 8) & 0xFF, colour & 0xFF);

    private static double Distance(uint a, uint b)
    {
        var ((r, g, bl), (r2, g2, b2)) = (Parts(a), Parts(b));
        return Math.Sqrt(Square(r, r2) + Square(g, g2) + Square(bl, b2));

        static double Square(uint x, uint y) => ((double)x - y) * ((double)x - y);
    }
}
