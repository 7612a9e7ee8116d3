using Attic.Abi.State;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Modules.XlVideo.Tests;

/// <summary>What becomes of bytes: modes, windows, scrolling, abnormal and virtual DMA.</summary>
public class PlayfieldTests
{
    private const int Left = 2 * (48 - 32);

    public static TheoryData<int, byte[]> Pixels() => new()
    {
        // A byte of 0x1B (00 01 10 11) or 0xB1, as codes 0 to 3 for background and PF0 to PF2, colour clock by colour clock.
        { 0x8, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3] },
        { 0x9, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1] },
        { 0xA, [0, 0, 1, 1, 2, 2, 3, 3] },
        { 0xB, [0, 0, 0, 1, 1, 0, 1, 1] },
        { 0xC, [0, 0, 0, 1, 1, 0, 1, 1] },
        { 0xD, [0, 1, 2, 3] },
        { 0xE, [0, 1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Pixels))]
    public void Bitmap_modes_make_pixels_of_their_size(int mode, byte[] expected)
    {
        var rig = Coloured();
        rig.Ram[VideoRig.Screen] = 0x1B;
        rig.Show(0x22, (byte)(0x40 | mode), VideoRig.Screen & 0xFF, VideoRig.Screen >> 8);
        var row = rig.PictureOf(8);
        byte[] shown = [.. Enumerable.Range(0, expected.Length).Select(clock => (byte)(row[Left + (2 * clock)] >> 4))];
        Assert.Equal(expected, shown);
    }

    [Fact]
    public void High_resolution_takes_the_luminance_of_lit_pixels_from_PF1()
    {
        var rig = Coloured();
        rig.Ram[VideoRig.Screen] = 0xA6;
        rig.Show(0x22, 0x4F, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8);
        Assert.Equal<ushort>([0x32, 0x30, 0x32, 0x30, 0x30, 0x32, 0x32, 0x30], rig.PictureOf(8)[Left..(Left + 8)]);
    }

    [Fact]
    public void A_window_of_high_resolution_without_data_is_PF2()
    {
        var rig = Coloured();
        rig.Show(0x22, 0x4F, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8);
        var row = rig.PictureOf(8);
        Assert.Equal([0x00, 0x30, 0x30, 0x00], [row[Left - 1], row[Left], row[Left + 319], row[Left + 320]]);
    }

    [Theory]
    [InlineData(1, 64, 192)]
    [InlineData(2, 48, 208)]
    [InlineData(3, 44, 222)]
    public void Each_width_has_its_window(int width, int left, int right)
    {
        var rig = Coloured();
        rig.Ram.AsSpan(VideoRig.Screen, 64).Fill(0x55);
        rig.Show(0x20 | width, 0x4E, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8);
        rig.To(8, 105);
        if (width == 3)
        {
            // The last byte comes from the bus.
            rig.Bus(8, 106, 0x55);
        }

        var row = rig.PictureOf(8);
        var lit = Enumerable.Range(32, 190).Where(clock => row[2 * (clock - 32)] == 0x10).ToList();
        Assert.Equal((left, Math.Min(right, 32 + 190) - 1), (lit[0], lit[^1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(12)]
    public void Horizontal_scrolling_moves_by_colour_clocks(int hscrol)
    {
        var rig = Coloured();
        rig.Ram[VideoRig.Screen + 10] = 0x40;
        rig.Write(VideoRig.Hscrol, hscrol);
        rig.Show(0x22, 0x5E, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8);
        var row = rig.PictureOf(8);
        int lit = Enumerable.Range(32, 192).First(clock => row[2 * (clock - 32)] == 0x10);
        Assert.Equal(32 + 40 + hscrol, lit);
    }

    [Fact]
    public void Text_shows_rows_of_its_character_set()
    {
        var rig = Coloured();
        rig.Ram[VideoRig.Screen] = 0x81;
        rig.Ram[0x6008 + 3] = 0xF0;
        rig.Write(VideoRig.Chbase, 0x60);
        rig.Write(VideoRig.Chactl, 2);
        rig.Show(0x22, 0x42, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8);
        rig.To(8, 100);
        Assert.Equal<ushort>([0x32, 0x32, 0x32, 0x32, 0x32, 0x32, 0x32, 0x32], rig.PictureOf(8)[Left..(Left + 8)]);
        Assert.Equal<ushort>([0x30, 0x30, 0x30, 0x30, 0x32, 0x32, 0x32, 0x32], rig.PictureOf(11)[Left..(Left + 8)]);
    }

    // "HSCROL bug": a stop that is moved past misses its bit, and DMA goes on through the blank.
    [Fact]
    public void A_stop_that_misses_leaves_playfield_DMA_running()
    {
        var rig = new VideoRig();
        rig.Show(0x21, 0x5E, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8, 0x1E, 0x70);
        rig.Write(8, 77, VideoRig.Hscrol, 2);
        Assert.Equal('#', Map(rig)[104]);
        Assert.Equal('.', Map(rig)[106]);
        rig.Write(8, 105, VideoRig.Hscrol, 0);
        string next = rig.DmaOf(9);
        Assert.StartsWith(".##.#.#.#.#.#.#.#.#.#.#.#", next, StringComparison.Ordinal);
        Assert.Equal('.', next[100]);
        Assert.StartsWith(".#.......", rig.DmaOf(10), StringComparison.Ordinal);
    }

    // In time, the narrow playfield fetches 16 bytes; too late, it starts as a normal one and stops as a narrow one.
    [Theory]
    [InlineData(16, 16)]
    [InlineData(17, 18)]
    public void The_start_of_a_line_is_decided_in_the_cycle_before_it(int written, int bytes)
    {
        var rig = new VideoRig();
        rig.Show(0x22, 0x4A, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8, 0x0A);
        rig.Write(8, written, VideoRig.Dmactl, 0x21);
        string map = Map(rig);
        Assert.Equal(bytes, Enumerable.Range(20, 80).Count(cycle => cycle % 4 == 0 && map[cycle] == '#'));
    }

    // "Virtual DMA": what is fetched too late for DMA is what the processor has on the bus.
    [Fact]
    public void Fetches_without_DMA_take_the_processors_byte()
    {
        var rig = Coloured();
        rig.Write(VideoRig.Hscrol, 2);
        rig.Write(VideoRig.Chbase, 0x60);
        rig.Show(0x23, 0x57, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8);
        rig.Bus(8, 106, 0x50);
        var row = rig.PictureOf(8);
        Assert.Equal<int>([0, 0x10, 0, 0x10], [.. Enumerable.Range(218, 4).Select(clock => (int)row[2 * (clock - 32)])]);
    }

    [Fact]
    public void A_line_drawn_in_one_go_and_one_drawn_by_the_cycle_are_the_same() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll<int>(AssertDrawnAlike));

    private static void AssertDrawnAlike(int seed)
    {
        var random = new Random(seed);
        byte[] list = [(byte)(0x40 | random.Next(2, 16) | (random.Next(2) * 0x10)), VideoRig.Screen & 0xFF, VideoRig.Screen >> 8];
        int width = random.Next(1, 4);
        int hscrol = random.Next(16);
        int cut = random.Next(9, 112);
        var whole = Draw(0);
        for (int how = 1; how <= 2; how++)
        {
            var other = Draw(how);
            for (int line = 0; line < whole.Count; line++)
            {
                int differs = whole[line].AsSpan().CommonPrefixLength(other[line]);
                Assert.True(differs == whole[line].Length, $"mode {list[0]:X}, width {width}, HSCROL {hscrol}, way {how}, line {8 + line}, pixel {differs}, cut {cut}");
            }
        }

        List<ushort[]> Draw(int how)
        {
            var rig = Coloured();
            new Random(seed).NextBytes(rig.Ram.AsSpan(VideoRig.Screen, 0x3000));
            rig.Write(VideoRig.Hscrol, hscrol);
            rig.Write(VideoRig.Chbase, 0x60);
            rig.Write(VideoRig.Chactl, hscrol & 3);
            rig.Show(0x20 | width, list);
            for (int line = 8; line < 16; line++)
            {
                if (how == 1)
                {
                    // Off and on again before the playfield starts: the clock's line is then followed cycle by cycle.
                    rig.Write(line, 4, VideoRig.Dmactl, 0x20);
                    rig.Write(line, 6, VideoRig.Dmactl, 0x20 | width);
                }
                else if (how == 2)
                {
                    rig.To(line, cut);
                    rig.Video.CatchUpTo(cut);
                }

                rig.To(line, Math.Max(8, how == 2 ? cut : 0));
                for (int cycle = rig.Scanline.SampleFrom[rig.Scanline.Next]; cycle < 114; cycle = rig.Scanline.SampleFrom[cycle + 1])
                {
                    rig.Bus(line, cycle, (byte)(cycle * 37));
                }
            }

            return [.. Enumerable.Range(8, 8).Select(rig.PictureOf)];
        }
    }

    [Fact]
    public void A_state_saved_within_a_disturbed_line_continues_as_the_line_itself()
    {
        var rig = Coloured();
        new Random(1).NextBytes(rig.Ram.AsSpan(VideoRig.Screen, 0x3000));
        rig.Show(0x22, 0x5E, VideoRig.Screen & 0xFF, VideoRig.Screen >> 8, 0x1D);
        rig.Write(8, 77, VideoRig.Hscrol, 5);
        rig.To(9, 50);
        var state = new StateSaver().Save(rig).ToArray();
        string first = Hash(rig);
        rig.To(30, 0);
        string later = Hash(rig);
        new StateLoader().Load(rig, state);
        Assert.Equal(first, Hash(rig));
        rig.To(30, 0);
        Assert.Equal(later, Hash(rig));
    }

    private static string Hash(VideoRig rig) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(new StateSaver().Save(rig)));

    private static string Map(VideoRig rig) =>
        string.Concat(Enumerable.Range(0, 114).Select(cycle => rig.Scanline.FreeFrom[cycle] == cycle ? '.' : '#'));

    private static VideoRig Coloured()
    {
        var rig = new VideoRig();
        for (int field = 0; field < 4; field++)
        {
            rig.Write(VideoRig.Colpf0 + field, ((field + 1) << 4) | (field == 1 ? 2 : 0));
        }

        return rig;
    }
}
