using Attic.Abi.Machines;
using Attic.Abi.Time;

namespace Attic.Modules.StVideo.Tests;

public class SyncTests
{
    [Theory]
    [InlineData(2, 0, 313 * 512)]
    [InlineData(0, 0, 263 * 508)]
    [InlineData(2, 2, 501 * 224)]
    public void A_frame_takes_the_cycles_of_its_rate(int sync, int resolution, long cycles)
    {
        var rig = new VideoRig(resolution == 2 ? MonitorKind.Monochrome : MonitorKind.Colour);
        rig.Write(0xFF820A, sync << 8, 0);
        rig.Write(0xFF8260, resolution << 8, 0);
        rig.RunFrames(1);
        long start = rig.FrameStart;
        rig.RunFrames(1);
        Assert.Equal(cycles, rig.FrameStart - start);
    }

    [Theory]
    [InlineData(2, 0, 63, 56, 376, 512)]
    [InlineData(0, 0, 34, 52, 372, 508)]
    [InlineData(2, 2, 34, 4, 164, 224)]
    public void Display_enable_reaches_the_timer_input_24_cycles_after_the_fetch(
        int sync, int resolution, int line, int on, int off, int length)
    {
        var rig = new VideoRig(resolution == 2 ? MonitorKind.Monochrome : MonitorKind.Colour);
        rig.Write(0xFF820A, sync << 8, 0);
        rig.Write(0xFF8260, resolution << 8, 0);
        rig.RunFrames(1);
        rig.DisplayEnable.Clear();
        rig.RunTo(rig.FrameStart + ((line + 2) * length));
        long first = rig.FrameStart + (line * length);
        (bool, long)[] expected =
        [
            (true, first + on + 24), (false, first + off + 24),
            (true, first + length + on + 24), (false, first + length + off + 24),
        ];
        Assert.Equal(expected, rig.DisplayEnable);
    }

    [Fact]
    public void Two_hundred_lines_have_a_picture()
    {
        var rig = VideoRig.At50Hz();
        rig.RunFrames(1);
        Assert.Equal(400, rig.DisplayEnable.Count);
    }

    [Fact]
    public void The_vertical_interrupt_comes_64_cycles_into_the_frame_and_stays_until_acknowledged()
    {
        var rig = VideoRig.At50Hz();
        long start = rig.FrameStart;
        rig.Video.Acknowledge(4, VideoRig.At(start));
        rig.RunTo(start + 63);
        Assert.Equal(2, rig.Video.Interrupts.Level);
        rig.RunTo(start + 64);
        Assert.Equal(4, rig.Video.Interrupts.Level);
        rig.RunTo(start + 100_000);
        Assert.Equal(4, rig.Video.Interrupts.Level);
        rig.Video.Acknowledge(4, VideoRig.At(start + 100_000));
        Assert.Equal(2, rig.Video.Interrupts.Level);
    }

    [Fact]
    public void The_horizontal_interrupt_comes_with_every_line()
    {
        var rig = VideoRig.At50Hz();
        long start = rig.FrameStart;
        rig.RunTo(start + 100);
        rig.Video.Acknowledge(4, VideoRig.At(start + 100));
        for (int line = 1; line < 313; line++)
        {
            rig.Video.Acknowledge(2, VideoRig.At(start + (line * 512) - 8));
            rig.RunTo(start + (line * 512) - 1);
            Assert.Equal(0, rig.Video.Interrupts.Level);
            rig.RunTo(start + (line * 512));
            Assert.Equal(2, rig.Video.Interrupts.Level);
        }
    }

    [Fact]
    public void The_mfp_outranks_both()
    {
        var rig = VideoRig.At50Hz();
        var wire = rig.Wiring.Wire(Abi.AtariSt.StPins.MfpInterrupt);
        int driver = wire.AddDriver();
        rig.RunTo(rig.FrameStart + 70);
        wire.Drive(driver, false, default);
        Assert.Equal(6, rig.Video.Interrupts.Level);
        wire.Drive(driver, true, default);
        Assert.Equal(4, rig.Video.Interrupts.Level);
    }

    [Fact]
    public void The_sync_register_reads_back_with_its_open_bits_high()
    {
        var rig = VideoRig.At50Hz();
        Assert.Equal(0xFEFF, rig.Read(0xFF820A, rig.FrameStart));
    }

    // The rule that lets chips be late: nothing that others can see changes but at a moment that was predicted.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_changes_between_predicted_moments(bool acknowledging)
    {
        var rig = VideoRig.At50Hz();
        for (long cycle = rig.FrameStart; cycle < rig.FrameStart + (313 * 512) + 2000; cycle++)
        {
            var predicted = rig.Deadlines.Next;
            var before = Observe(rig);
            rig.Video.CatchUp(VideoRig.At(cycle));
            if (Observe(rig) != before)
            {
                Assert.Equal(VideoRig.At(cycle), predicted);
            }

            rig.Deadlines.Dispatch(VideoRig.At(cycle));
            if (acknowledging && cycle % 700 == 0)
            {
                rig.Video.Acknowledge(2, VideoRig.At(cycle));
                rig.Video.Acknowledge(4, VideoRig.At(cycle));
            }
        }
    }

    [Fact]
    public void A_line_needs_at_most_two_deadlines()
    {
        var rig = VideoRig.At50Hz();
        int deadlines = 0;
        for (var end = rig.Video.NextFrameEnd; rig.Deadlines.Next <= end; deadlines++)
        {
            rig.Deadlines.Dispatch(rig.Deadlines.Next);
        }

        Assert.InRange(deadlines, 200, 410);
    }

    [Fact]
    public void Switching_to_60_Hz_before_the_length_is_decided_shortens_that_line_only()
    {
        var rig = VideoRig.At50Hz();
        long line = rig.FrameStart + (10 * 512);
        rig.Write(0xFF820A, 0, line + 40);
        rig.Write(0xFF820A, VideoRig.Hz50 << 8, line + 100);
        Assert.Equal(VideoRig.At(rig.FrameStart + (313 * 512) - 4), rig.Video.NextFrameEnd);
    }

    [Fact]
    public void A_line_switched_to_60_Hz_while_50_Hz_ends_it_runs_on_into_the_border()
    {
        var rig = VideoRig.At50Hz();
        long line = rig.FrameStart + (100 * 512);
        rig.RunTo(line);
        int before = rig.Counter(line);
        rig.Write(0xFF820A, 0, line + 374);
        rig.Write(0xFF820A, VideoRig.Hz50 << 8, line + 390);
        Assert.Equal(before + 160 + 44, rig.Counter(line + 511));
    }

    private static (int Level, bool Display, long Frame) Observe(VideoRig rig) =>
        (rig.Video.Interrupts.Level, rig.Wiring.Wire(Abi.AtariSt.StPins.DisplayEnable).Level, rig.Video.FrameNumber);
}
