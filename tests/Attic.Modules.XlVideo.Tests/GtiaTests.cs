using static Attic.Modules.XlVideo.Tests.VideoRig;

namespace Attic.Modules.XlVideo.Tests;

/// <summary>Players, missiles, collisions and priorities (GTIA data sheet C014889; "Altirra Hardware Reference Manual", GTIA).</summary>
public class GtiaTests
{
    private const int Line = 40;

    public static TheoryData<int, int[], int> Priorities() => new()
    {
        // PRIOR, what meets (players 0–3, playfields 4–7), what colour is seen: several drive the output where none has priority.
        { 0x01, [0, 2, 4], 1 << 0 },
        { 0x01, [2, 4], 1 << 2 },
        { 0x02, [2, 4], 1 << 4 },
        { 0x02, [0, 4], 1 << 0 },
        { 0x04, [0, 4], 1 << 4 },
        { 0x04, [0, 6], 1 << 6 },
        { 0x08, [0, 4], 1 << 4 },
        { 0x08, [0, 6], 1 << 0 },
        { 0x08, [2, 6], 1 << 2 },
        { 0x00, [0, 4], (1 << 0) | (1 << 4) },
        { 0x00, [2, 6], (1 << 2) | (1 << 6) },
        { 0x01, [0, 1], 1 << 0 },
        { 0x21, [0, 1], (1 << 0) | (1 << 1) },
        { 0x21, [2, 3], (1 << 2) | (1 << 3) },
        { 0x0A, [0, 4], 0 },
    };

    [Theory]
    [MemberData(nameof(Priorities))]
    public void Priorities_are_those_of_the_data_sheet(int prior, int[] present, int expected)
    {
        int objects = present.Where(item => item < 4).Aggregate(0, (bits, item) => bits | (1 << item));
        int playfield = present.Where(item => item >= 4).Select(item => item - 3).SingleOrDefault();
        Assert.Equal(expected, Priority.For((byte)prior)[(playfield << 8) | objects]);
    }

    [Fact]
    public void Missiles_have_their_players_colours_or_are_a_fifth_player_in_PF3s()
    {
        Assert.Equal(1 << 1, Priority.For(0x01)[0x20]);
        Assert.Equal(1 << 7, Priority.For(0x11)[0x20]);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 16)]
    [InlineData(2, 8)]
    [InlineData(3, 32)]
    public void A_player_is_as_wide_as_its_size_says(int size, int width)
    {
        var rig = Players();
        rig.Write(Line, 0, Sizep0, size);
        rig.Write(Grafp0, 0xFF);
        rig.Write(Hposp0, 0x60);
        Assert.Equal(Enumerable.Range(0x60, width), Lit(rig, 0x10));
    }

    [Fact]
    public void A_position_moved_ahead_of_the_beam_draws_the_player_again()
    {
        var rig = Players();
        rig.Write(Line, 0, Grafp0, 0xC0);
        rig.Write(Hposp0, 0x40);
        rig.Write(Line, 60, Hposp0, 0xA0);
        Assert.Equal([0x40, 0x41, 0xA0, 0xA1], Lit(rig, 0x10));
    }

    [Theory]
    [InlineData(89, true)]
    [InlineData(90, false)]
    public void A_position_is_seen_five_clocks_after_its_write_began(int written, bool seen)
    {
        var rig = Players();
        rig.Write(Line, 0, Grafp0, 0x80);
        rig.Write(Hposp0, 0);
        rig.Write(Line, written, Hposp0, 0xB8);
        Assert.Equal(seen ? [0xB8] : [], Lit(rig, 0x10));
    }

    [Fact]
    public void What_is_still_shifted_out_is_ORed_with_what_starts()
    {
        var rig = Players();
        rig.Write(Line, 0, Grafp0, 0x81);
        rig.Write(Hposp0, 0x80);
        rig.Write(Line, 62, Hposp0, 0x83);
        Assert.Equal([0x80, 0x83, 0x87, 0x8A], Lit(rig, 0x10));
    }

    [Fact]
    public void A_size_of_2_that_catches_the_stretch_counter_halfway_stops_the_shifting_for_good()
    {
        Assert.Equal([1, 2], Enumerable.Range(0, 4).Where(Locked));

        static bool Locked(int shift)
        {
            var rig = Players();
            rig.Write(Line, 0, Grafp0, 0xFF);
            rig.Write(Sizep0, 3);
            rig.Write(Hposp0, 0x60 + shift);
            rig.Write(Line, 50, Sizep0, 2);
            return Lit(rig, 0x10)[^1] == 223;
        }
    }

    [Fact]
    public void Collisions_are_latched_until_they_are_cleared()
    {
        var rig = Players();
        rig.Ram.AsSpan(Screen, 40).Fill(0xFF);
        rig.Show(0x22, 0x70, 0x70, 0x4E, Screen & 0xFF, Screen >> 8);
        rig.Write(Grafp0, 0xFF);
        rig.Write(Grafp0 + 1, 0xFF);
        rig.Write(Grafm, 0x02);
        foreach (int register in new[] { Hposp0, Hposp0 + 1, Hposm0 })
        {
            rig.Write(register, 0x80);
        }

        rig.Write(24, 0, Hitclr, 0);
        Assert.Equal(0, rig.Read(24, 60, P0Pf));
        rig.To(25, 0);
        Assert.Equal((4, 2, 1, 4, 3), (rig.Read(P0Pf), rig.Read(P0Pl), rig.Read(P0Pl + 1), rig.Read(M0Pf), rig.Read(M0Pl)));
        rig.Write(Hitclr, 0);
        rig.Write(Hposp0, 0);
        Assert.Equal((0, 0), (rig.Read(26, 0, P0Pf), rig.Read(P0Pl)));
    }

    [Fact]
    public void Nothing_collides_in_the_vertical_blank_unless_a_line_of_high_resolution_runs_into_it()
    {
        Assert.Equal(0, PlayersMeetIn(250, 0x4E));
        Assert.Equal(2, PlayersMeetIn(250, 0x4F));

        static int PlayersMeetIn(int line, byte mode)
        {
            var rig = Players();
            byte[] list = [.. Enumerable.Repeat<byte>(0x70, 29), 0x60, mode, Screen & 0xFF, Screen >> 8];
            rig.Show(0x22, list);
            rig.Write(Grafp0, 0xFF);
            rig.Write(Grafp0 + 1, 0xFF);
            rig.Write(Hposp0, 0x80);
            rig.Write(Hposp0 + 1, 0x80);
            rig.Write(line, 0, Hitclr, 0);
            return rig.Read(line + 1, 0, P0Pl);
        }
    }

    [Fact]
    public void VDELAY_keeps_DMA_of_even_lines_from_an_object()
    {
        var rig = Players();
        rig.Write(Gractl, 3);
        rig.Write(Pmbase, 0x80);
        rig.Ram[0x8400 + 40] = 0x80;
        rig.Ram[0x8400 + 41] = 0x40;
        rig.Write(Hposp0, 0x60);
        rig.Show(0x3A, 0x70);
        Assert.Equal([0x60], Lit(rig, 0x10, 40));
        Assert.Equal([0x61], Lit(rig, 0x10, 41));
        rig.Write(10, 0, Vdelay, 0x10);
        Assert.Empty(Lit(rig, 0x10, 40));
        Assert.Equal([0x61], Lit(rig, 0x10, 41));
    }

    // "Phantom DMA": GTIA takes the first HALT of a line for the missiles', and players from the bus two cycles later.
    [Fact]
    public void Players_without_DMA_are_taken_from_the_bus()
    {
        var rig = Players();
        rig.Write(Gractl, 2);
        rig.Write(Hposp0, 0x60);
        rig.Show(0x22, 0x70, 0x70, 0x4E, Screen & 0xFF, Screen >> 8);
        rig.Write(Gractl, 2);
        rig.To(24, 0);
        rig.Bus(24, 3, 0xA0);
        Assert.Equal([0x60, 0x62], Lit(rig, 0x10, 24));
    }

    [Theory]
    [InlineData(15, 0x04)]
    [InlineData(16, 0x0F)]
    public void A_GTIA_mode_left_after_the_blank_makes_pairs_of_pixels_playfields(int written, int collisions)
    {
        var rig = Players();
        rig.Ram.AsSpan(Screen, 40).Fill(0xE4);
        rig.Show(0x22, 0x70, 0x70, 0x4F, Screen & 0xFF, Screen >> 8);
        rig.Write(Sizep0, 3);
        rig.Write(Hposp0, 0x80);
        rig.Write(Grafp0, 0xFF);
        rig.Write(23, 107, Prior, 0x80);
        rig.Write(24, 5, Hitclr, 0);
        rig.Write(24, written, Prior, 0);
        Assert.Equal(collisions, rig.Read(25, 0, P0Pf));
    }

    [Theory]
    [InlineData(0x40, 0x5, 0x35)]
    [InlineData(0xC0, 0x5, 0x50)]
    [InlineData(0xC0, 0x0, 0x00)]
    [InlineData(0x80, 0x5, 0x66)]
    [InlineData(0x80, 0x9, 0x30)]
    public void GTIA_modes_make_nibbles_luminances_hues_or_registers(int prior, int nibble, int colour)
    {
        var rig = new VideoRig();
        rig.Write(Colbk, prior == 0xC0 ? 0x00 : 0x30);
        rig.Write(Colpf0 + 1, 0x66);
        rig.Write(Prior, prior);
        rig.Ram.AsSpan(Screen, 40).Fill((byte)(nibble * 0x11));
        rig.Show(0x22, 0x4F, Screen & 0xFF, Screen >> 8);
        Assert.Equal(colour, rig.PictureOf(8)[2 * (100 - 32)]);
    }

    [Fact]
    public void Triggers_are_latched_while_GRACTL_says_so()
    {
        var rig = new VideoRig();
        rig.Write(Gractl, 4);
        rig.Video.SetTriggers(1);
        rig.Video.SetTriggers(0);
        Assert.Equal(0, rig.Read(0xD010));
        rig.Write(Gractl, 0);
        Assert.Equal(1, rig.Read(0xD010));
    }

    [Fact]
    public void A_light_pen_leaves_the_beams_position_and_a_latched_trigger()
    {
        var rig = VideoRig.Showing(0x22, 0x70);
        rig.Write(Gractl, 4);
        rig.Video.SetPen(120, 100);
        Assert.Equal((0, 0), (rig.Read(100, 50, 0xD40C), rig.Read(0xD40D)));
        Assert.Equal((120, 50), (rig.Read(101, 0, 0xD40C), rig.Read(0xD40D)));
        Assert.Equal(0, rig.Read(0xD010));
        rig.Video.SetPen(0, -1);
        Assert.Equal((120, 50), (rig.Read(101, 0, 0xD40C), rig.Read(0xD40D)));
    }

    private static VideoRig Players()
    {
        var rig = new VideoRig();
        rig.Write(Prior, 1);
        for (int player = 0; player < 4; player++)
        {
            rig.Write(Colpm0 + player, (player + 1) << 4);
        }

        return rig;
    }

    private static List<int> Lit(VideoRig rig, int colour, int line = Line)
    {
        var row = rig.PictureOf(line);
        return [.. Enumerable.Range(32, 192).Where(clock => row[2 * (clock - 32)] == colour)];
    }
}
