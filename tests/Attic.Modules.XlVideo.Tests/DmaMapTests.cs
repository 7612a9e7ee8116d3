namespace Attic.Modules.XlVideo.Tests;

/// <summary>
/// Which cycles ANTIC takes, against the tables of the "Altirra Hardware Reference Manual" (ANTIC, playfield DMA): names from cycle
/// 10, 18 or 26 on, bitmap two later, a character's row three after its name, at the mode's rate; nine refreshes from 25 on.
/// </summary>
public class DmaMapTests
{
    private static readonly int[] Rates = [0, 0, 2, 2, 2, 2, 4, 4, 8, 8, 4, 4, 4, 2, 2, 2];

    public static TheoryData<int, int> ModesAndWidths()
    {
        var data = new TheoryData<int, int>();
        for (int mode = 2; mode < 16; mode++)
        {
            for (int width = 1; width <= 3; width++)
            {
                data.Add(mode, width);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ModesAndWidths))]
    public void The_first_line_of_a_mode_fetches_its_data(int mode, int width)
    {
        var rig = VideoRig.Showing(0x20 | width, (byte)mode);
        Assert.Equal(Expected(mode, width, first: true, instruction: true), rig.DmaOf(8));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Further_lines_of_text_fetch_only_rows_of_characters(int mode)
    {
        var rig = VideoRig.Showing(0x22, (byte)mode);
        Assert.Equal(Expected(mode, 2, first: false, instruction: false), rig.DmaOf(9));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(0xA)]
    [InlineData(0xD)]
    public void Further_lines_of_bitmaps_fetch_nothing_but_refresh(int mode)
    {
        var rig = VideoRig.Showing(0x22, (byte)mode);
        Assert.Equal(Taken(25, 29, 33, 37, 41, 45, 49, 53, 57), rig.DmaOf(9));
    }

    [Theory]
    [InlineData(1, 90)]
    [InlineData(2, 98)]
    [InlineData(3, 106)]
    public void A_first_line_of_text_has_one_refresh_left(int width, int refresh)
    {
        string map = VideoRig.Showing(0x20 | width, 2).DmaOf(8);
        int before = width == 1 ? 1 : 0;
        int characters = 24 + (8 * width);
        Assert.Equal(1 + before + (2 * characters) + 1 - (width == 3 ? 1 : 0), map.Count(cycle => cycle == '#'));
        Assert.Equal('#', map[refresh]);
    }

    [Fact]
    public void A_blank_line_has_nine_refreshes() =>
        Assert.Equal(Taken(1, 25, 29, 33, 37, 41, 45, 49, 53, 57), VideoRig.Showing(0x22, 0x70).DmaOf(8));

    [Fact]
    public void An_address_takes_two_more_cycles() =>
        Assert.Equal(Taken(1, 6, 7), VideoRig.Showing(0x22, 0x48, 0, 0x40).DmaOf(8)[..10] + new string('.', 104));

    [Fact]
    public void Missiles_take_cycle_0_and_players_2_to_5()
    {
        Assert.StartsWith("##......", VideoRig.Showing(0x24, 0x70).DmaOf(8), StringComparison.Ordinal);
        Assert.StartsWith("######..", VideoRig.Showing(0x28, 0x70).DmaOf(8), StringComparison.Ordinal);
        Assert.StartsWith("........", VideoRig.Showing(0x2C, 0x70).DmaOf(248), StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_the_display_only_refresh_is_left() =>
        Assert.Equal(Taken(25, 29, 33, 37, 41, 45, 49, 53, 57), VideoRig.Showing(0x3F, 2).DmaOf(250));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(15)]
    public void Horizontal_scrolling_fetches_the_next_wider_width_later_by_half_its_value(int hscrol)
    {
        var rig = new VideoRig();
        rig.Write(VideoRig.Hscrol, hscrol);
        rig.Show(0x22, 0x1F);
        Assert.Equal(Expected(15, 3, first: true, instruction: true, hscrol / 2), rig.DmaOf(8));
    }

    [Fact]
    public void Nothing_is_fetched_after_cycle_105()
    {
        var rig = new VideoRig();
        rig.Write(VideoRig.Hscrol, 14);
        rig.Show(0x23, 0x1E);
        Assert.EndsWith(".......", rig.DmaOf(8), StringComparison.Ordinal);
        Assert.Equal(107, rig.Scanline.SampleFrom[106]);
    }

    // The documented rules, written down once more.
    private static string Expected(int mode, int width, bool first, bool instruction, int scroll = 0)
    {
        char[] map = new string('.', 114).ToCharArray();
        map[1] = instruction ? '#' : '.';
        int start = 34 - (8 * width) + scroll;
        int count = (48 + (16 * width)) / Rates[mode];
        for (int index = 0; index < count; index++)
        {
            int name = start + (index * Rates[mode]);
            Take(map, mode < 8 ? name : name + 2, first);
            Take(map, name + 3, mode < 8);
        }

        bool pending = false;
        for (int cycle = 25; cycle <= 106; cycle++)
        {
            pending |= cycle <= 57 && (cycle - 25) % 4 == 0;
            if (pending && map[cycle] == '.')
            {
                (map[cycle], pending) = ('#', false);
            }
        }

        return new(map);
    }

    private static void Take(char[] map, int cycle, bool taken)
    {
        if (taken && cycle <= 105)
        {
            map[cycle] = '#';
        }
    }

    private static string Taken(params int[] cycles) =>
        string.Concat(Enumerable.Range(0, 114).Select(cycle => cycles.Contains(cycle) ? '#' : '.'));
}
