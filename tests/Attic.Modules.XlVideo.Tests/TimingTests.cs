using Attic.Abi.Machines;

namespace Attic.Modules.XlVideo.Tests;

/// <summary>VCOUNT, WSYNC, interrupts and vertical scrolling ("Altirra Hardware Reference Manual", ANTIC).</summary>
public class TimingTests
{
    [Theory]
    [InlineData(VideoRegion.Ntsc, 262)]
    [InlineData(VideoRegion.Pal, 312)]
    public void A_picture_has_the_lines_of_its_region(VideoRegion region, int lines)
    {
        var rig = new VideoRig(region);
        rig.To(0, 0);
        rig.To(1, 0);
        long start = rig.Scanline.Start;
        rig.To(0, 0);
        Assert.Equal((lines - 1) * 114, rig.Scanline.Start - start);
    }

    [Fact]
    public void Vcount_counts_pairs_of_lines_and_steps_in_cycle_111()
    {
        var rig = new VideoRig();
        Assert.Equal(10, rig.Read(21, 110, VideoRig.Vcount));
        Assert.Equal(11, rig.Read(21, 111, VideoRig.Vcount));
        Assert.Equal(11, rig.Read(22, 111, VideoRig.Vcount));
    }

    [Theory]
    [InlineData(VideoRegion.Ntsc, 261, 131)]
    [InlineData(VideoRegion.Pal, 311, 156)]
    public void After_the_last_line_the_step_is_seen_for_one_cycle(VideoRegion region, int last, int count)
    {
        var rig = new VideoRig(region);
        Assert.Equal(count, rig.Read(last, 111, VideoRig.Vcount));
        Assert.Equal(0, rig.Read(last, 112, VideoRig.Vcount));
    }

    [Theory]
    [InlineData(50, 106)]
    [InlineData(103, 106)]
    [InlineData(104, 106 + 114)]
    public void Wsync_lets_one_access_pass_and_holds_until_RDY_rises_in_cycle_105(int written, int released)
    {
        var rig = new VideoRig();
        rig.Write(30, written, VideoRig.Wsync, 0);
        Assert.Equal(rig.Scanline.Start + written + 3, rig.Scanline.HoldFrom);
        Assert.Equal(released, rig.Video.Release());
        Assert.Equal(long.MaxValue, rig.Scanline.HoldFrom);
    }

    [Fact]
    public void The_vertical_blank_interrupts_in_cycle_8_of_line_248()
    {
        var rig = new VideoRig();
        rig.Write(VideoRig.Nmien, 0x40);
        Assert.Equal(0x1F, rig.Read(248, 6, VideoRig.Nmist));
        Assert.Equal(0x5F, rig.Read(248, 7, VideoRig.Nmist));
        rig.To(248, 20);
        Assert.Equal(rig.Scanline.Start + 9, rig.Interrupts.NmiSince);
    }

    [Fact]
    public void A_display_list_interrupts_in_the_last_line_of_its_instruction()
    {
        var rig = VideoRig.Showing(0x22, 0x70, 0x84);
        rig.Write(VideoRig.Nmien, 0x80);
        rig.To(22, 20);
        Assert.Equal(long.MaxValue, rig.Interrupts.NmiSince);
        rig.To(23, 20);
        Assert.Equal(rig.Scanline.Start + 9, rig.Interrupts.NmiSince);
        Assert.Equal(0x9F, rig.Read(VideoRig.Nmist));
    }

    [Theory]
    [InlineData(6, 9)]
    [InlineData(7, 10)]
    public void An_interrupt_enabled_in_cycle_7_comes_a_cycle_later(int enabled, int since)
    {
        var rig = new VideoRig();
        rig.Write(248, enabled - 1, VideoRig.Nmien, 0);
        rig.Write(248, enabled, VideoRig.Nmien, 0x40);
        rig.To(248, 20);
        Assert.Equal(rig.Scanline.Start + since, rig.Interrupts.NmiSince == long.MaxValue ? 0 : rig.Interrupts.NmiSince);
    }

    [Fact]
    public void A_disabled_interrupt_shows_in_NMIST_all_the_same()
    {
        var rig = new VideoRig();
        Assert.Equal(0x5F, rig.Read(248, 20, VideoRig.Nmist));
        Assert.Equal(long.MaxValue, rig.Interrupts.NmiSince);
        rig.Write(VideoRig.Nmist, 0);
        Assert.Equal(0x1F, rig.Read(VideoRig.Nmist));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_vertically_scrolled_region_begins_at_VSCROL_and_ends_with_it(int vscrol)
    {
        var rig = new VideoRig();
        rig.Write(VideoRig.Vscrol, vscrol);
        rig.Show(0x22, 0x24, 0x24, 0x04, 0x70);
        var fetches = Enumerable.Range(8, 40).Where(line => rig.DmaOf(line)[1] == '#').Take(4);
        int second = 8 + 8 - vscrol;
        Assert.Equal([8, second, second + 8, second + 8 + vscrol + 1], fetches);
    }

    [Fact]
    public void A_row_counter_that_passed_its_end_runs_on_to_fifteen()
    {
        var rig = new VideoRig();
        rig.Write(VideoRig.Vscrol, 13);
        rig.Show(0x22, 0x24, 0x24, 0x70);
        var fetches = Enumerable.Range(8, 40).Where(line => rig.DmaOf(line)[1] == '#').Take(2);
        Assert.Equal([8, 8 + 3 + 8], fetches);
    }

    [Fact]
    public void The_display_list_counter_wraps_at_a_kilobyte_and_the_memory_scan_at_four()
    {
        var rig = new VideoRig();
        rig.Ram[0x27FF] = 0x4E;
        rig.Ram[0x2400] = 0xF0;
        rig.Ram[0x2401] = 0x4F;
        rig.Ram[0x2402] = 0x41;
        rig.Ram[0x4000] = 0xFF;
        rig.Write(0xD402, 0xFF);
        rig.Write(0xD403, 0x27);
        rig.Write(VideoRig.Colpf0 + 2, 0x46);
        rig.Write(VideoRig.Dmactl, 0x22);
        var row = rig.PictureOf(8);
        Assert.Equal(0x46, row[2 * (48 + 64 - 32)]);
        Assert.Equal(0, row[2 * (48 + 60 - 32)]);
    }
}
