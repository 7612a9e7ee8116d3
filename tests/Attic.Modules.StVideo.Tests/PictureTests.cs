using Attic.Abi.Machines;
using Attic.Abi.State;

namespace Attic.Modules.StVideo.Tests;

public class PictureTests
{
    private const uint Base = 0x10000;
    private const int FirstLine = 63;
    private const int TopRow = 29;

    [Fact]
    public void A_low_resolution_picture_lies_in_its_border()
    {
        var rig = VideoRig.At50Hz();
        SetPalette(rig);
        Pixel(rig.Ram, Base, 0);
        rig.RunFrames(2);
        var frame = rig.Video.Frame;
        Assert.Equal((832, 276, 96, 29, 640, 200), (frame.Width, frame.Height, frame.ActiveLeft, frame.ActiveTop, frame.ActiveWidth, frame.ActiveHeight));
        Assert.True(frame.HalfWidth[TopRow]);
        var row = rig.Row(TopRow);
        Assert.All(row[..96], code => Assert.Equal(0x100, code));
        Assert.Equal([0x777, 0x777, 0x100], row[96..99].Select(code => (int)code));
        Assert.All(row[98..], code => Assert.Equal(0x100, code));
        Assert.DoesNotContain((ushort)0x777, rig.Row(TopRow - 1));
    }

    [Fact]
    public void Medium_resolution_has_two_planes_and_full_width()
    {
        var rig = VideoRig.At50Hz();
        SetPalette(rig);
        rig.Write(0xFF8260, 0x0100, rig.FrameStart);
        rig.Ram[Base] = 0x40;
        rig.Ram[Base + 2] = 0xC0;
        rig.RunFrames(2);
        Assert.False(rig.Video.Frame.HalfWidth[TopRow]);
        Assert.Equal([0x102, 0x103, 0x100], rig.Row(TopRow)[96..99].Select(code => (int)code));
    }

    [Fact]
    public void Monochrome_fills_its_raster_and_colour_0_inverts_it()
    {
        var rig = new VideoRig(MonitorKind.Monochrome);
        rig.Write(0xFF8260, 0x0200, 0);
        rig.Write(0xFF8240, 0x777, 0);
        rig.Ram[0] = 0x80;
        rig.Ram[79] = 0x01;
        rig.RunFrames(2);
        var row = rig.Row(0);
        Assert.Equal((640, 400), (rig.Video.Frame.Width, rig.Video.Frame.Height));
        Assert.Equal([0, 0x777, 0x777, 0], new int[] { row[0], row[1], row[638], row[639] });
        rig.Write(0xFF8240, 0x776, rig.FrameStart);
        rig.RunFrames(1);
        Assert.Equal([0x777, 0], rig.Row(0)[..2].Select(code => (int)code));
    }

    [Fact]
    public void A_colour_written_in_mid_line_shows_from_its_pixel_on()
    {
        var rig = VideoRig.At50Hz();
        long line = rig.FrameStart + (100 * 512);
        rig.Write(0xFF8240, 0x700, rig.FrameStart + 1000);
        rig.Write(0xFF8240, 0x070, line + 56 + 27 + 40);
        rig.Write(0xFF8240, 0x007, line + 56 + 27 + 44);
        rig.RunFrames(1);
        var row = rig.Row(100 - FirstLine + TopRow);
        Assert.Equal(0x700, row[96 + 79]);
        Assert.Equal(0x070, row[96 + 80]);
        Assert.Equal(0x070, row[96 + 87]);
        Assert.Equal(0x007, row[96 + 88]);
        Assert.All(rig.Row(101 - FirstLine + TopRow), code => Assert.Equal(0x007, code));
    }

    [Fact]
    public void A_line_with_changes_that_change_nothing_looks_like_one_without()
    {
        var rig = VideoRig.At50Hz();
        SetPalette(rig);
        new Random(3).NextBytes(rig.Ram);
        rig.RunFrames(1);
        rig.RunFrames(1);
        var plain = rig.Row(TopRow + 50);
        for (int cycle = 0; cycle < 512; cycle += 8)
        {
            rig.Write(0xFF825E, 0x777, rig.FrameStart + ((FirstLine + 50) * 512) + cycle);
        }

        rig.RunFrames(1);
        Assert.Equal(plain, rig.Row(TopRow + 50));
    }

    [Fact]
    public void A_resolution_changed_in_mid_line_shows_both()
    {
        var rig = VideoRig.At50Hz();
        SetPalette(rig);
        rig.Ram.AsSpan((int)Base, 32000).Fill(0xFF);
        rig.Write(0xFF8260, 0x0100, rig.FrameStart + (100 * 512) + 83 + 160);
        rig.RunFrames(1);
        var row = rig.Row(100 - FirstLine + TopRow);
        Assert.Equal(0x777, row[96 + 319]);
        Assert.Equal(0x103, row[96 + 320]);
        Assert.Equal(0x103, row[96 + 639]);
    }

    [Fact]
    public void What_is_written_ahead_of_the_beam_shows_and_what_is_written_behind_it_does_not()
    {
        var rig = VideoRig.At50Hz();
        SetPalette(rig);
        long line = rig.FrameStart + (FirstLine * 512);
        rig.RunTo(line + 56);
        // 100 cycles after the first fetch, 50 bytes have been fetched.
        Fill(rig, Base + 40, line + 164);
        Fill(rig, Base + 56, line + 164);
        rig.RunFrames(1);
        var row = rig.Row(TopRow);
        Assert.Equal(0x100, row[96 + (40 / 8 * 32)]);
        Assert.Equal(0x777, row[96 + (56 / 8 * 32)]);
    }

    [Fact]
    public void The_counter_counts_two_bytes_in_four_cycles_while_display_is_enabled()
    {
        var rig = VideoRig.At50Hz();
        long line = rig.FrameStart + (FirstLine * 512);
        Assert.Equal((int)Base, rig.Counter(line + 64));
        Assert.Equal((int)Base, rig.Counter(line + 67));
        Assert.Equal((int)Base + 2, rig.Counter(line + 68));
        Assert.Equal((int)Base + 158, rig.Counter(line + 383));
        Assert.Equal((int)Base + 160, rig.Counter(line + 384));
        Assert.Equal((int)Base + 160, rig.Counter(line + 512 + 64));
        Assert.Equal((int)Base + 32000, rig.Counter(line + (200 * 512)));
    }

    [Fact]
    public void A_new_base_counts_from_the_reload_on_line_310()
    {
        var rig = VideoRig.At50Hz();
        long reload = rig.FrameStart + (310 * 512) + 56;
        rig.Write(0xFF8200, 2, rig.FrameStart + (100 * 512));
        Assert.Equal((int)Base + 32000, rig.Counter(reload - 1));
        Assert.Equal(0x20000, rig.Counter(reload));
    }

    [Fact]
    public void Memory_beyond_what_is_fitted_shows_as_ones()
    {
        var rig = VideoRig.At50Hz();
        SetPalette(rig);
        rig.Write(0xFF8200, 0x3F, rig.FrameStart);
        rig.RunFrames(2);
        Assert.Equal(0x777, rig.Row(TopRow)[96]);
    }

    [Fact]
    public void A_palette_byte_lands_in_both_halves()
    {
        var rig = VideoRig.At50Hz();
        rig.Write(0xFF8242, 0x1234, rig.FrameStart);
        Assert.Equal(0x234, rig.Read(0xFF8242, rig.FrameStart));
    }

    [Fact]
    public void A_frame_saved_in_the_middle_of_a_line_continues_bit_for_bit()
    {
        var rig = VideoRig.At50Hz();
        SetPalette(rig);
        new Random(5).NextBytes(rig.Ram);
        long middle = rig.FrameStart + (150 * 512) + 200;
        rig.Write(0xFF8240, 0x345, middle - 20);
        rig.RunTo(middle);
        var saved = new StateSaver().Save(rig).ToArray();
        rig.Write(0xFF8240, 0x543, middle + 8);
        rig.RunTo(middle + 400_000);
        string straight = StateHasher.Hash(rig);
        var picture = rig.Video.Frame.Codes.ToArray();

        var other = new VideoRig();
        new StateLoader().Load(other, saved);
        other.Write(0xFF8240, 0x543, middle + 8);
        other.RunTo(middle + 400_000);
        Assert.Equal(straight, StateHasher.Hash(other));
        Assert.Equal(picture, other.Video.Frame.Codes);
    }

    [Fact]
    public void A_damaged_state_is_refused_or_harmless()
    {
        var saved = new StateSaver().Save(VideoRig.At50Hz()).ToArray();
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            // Everything before the memory and the picture: registers, deadlines, wires.
            var damaged = saved.ToArray();
            damaged[random.Next(400)] = (byte)random.Next(256);
            var rig = VideoRig.At50Hz();
            try
            {
                new StateLoader().Load(rig, damaged);
            }
            catch (InvalidDataException)
            {
                continue;
            }

            if (Math.Abs(rig.Video.NextFrameEnd.Count - (rig.FrameStart * 4)) < 4_000_000)
            {
                rig.RunFrames(1);
            }
        }
    }

    private static void Fill(VideoRig rig, uint address, long cycle)
    {
        for (uint index = 0; index < 8; index++)
        {
            rig.WriteRam(address + index, 0xFF, cycle);
        }
    }

    // Colour n is 0x100 + n, but 15 is white.
    private static void SetPalette(VideoRig rig)
    {
        for (int index = 0; index < 16; index++)
        {
            rig.Write((uint)(0xFF8240 + (index * 2)), index == 15 ? 0x777 : 0x100 + (index & 7) + ((index & 8) << 1), rig.FrameStart);
        }
    }

    private static void Pixel(byte[] ram, uint address, int bit)
    {
        for (uint plane = 0; plane < 4; plane++)
        {
            ram[address + (plane * 2)] |= (byte)(0x80 >> bit);
        }
    }
}
