using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Tests;

namespace Attic.Modules.XlMachine.Tests;

public class MachineTests
{
    // inc $80; bne *-2; inc $81; jmp $e000
    private static readonly byte[] Counts = [0xE6, 0x80, 0xD0, 0xFC, 0xE6, 0x81, 0x4C, 0x00, 0xE0];

    // Pure tone on channel 1, 64 kHz clock, AUDF 31: 63,920 / (2 * 32) = 998.75 Hz at NTSC.
    private static readonly byte[] Plays =
        [0xA9, 0x00, 0x8D, 0x08, 0xD2, 0xA9, 0x03, 0x8D, 0x0F, 0xD2, 0xA9, 0x1F, 0x8D, 0x00, 0xD2, 0xA9, 0xAF, 0x8D, 0x01, 0xD2, 0x4C, 0x14, 0xE0];

    [Theory]
    [InlineData(VideoRegion.Ntsc, 262 * 114)]
    [InlineData(VideoRegion.Pal, 312 * 114)]
    public void A_frame_has_the_lines_of_its_region(VideoRegion region, long cycles)
    {
        var machine = TestMachine.With([.. TestMachine.Build(Counts).Configuration.Rom.Span], region);
        Assert.Equal(cycles, machine.NominalFrameCycles);
        machine.RunFrames(2);
        var before = machine.Now;
        machine.RunFrames(10);
        Assert.InRange((machine.Now - before).Count / 4, (10 * cycles) - 8, (10 * cycles) + 8);
        Assert.Equal(12, machine.FrameNumber);
    }

    [Fact]
    public void Equal_machines_stay_equal_however_they_are_run()
    {
        var frames = TestMachine.Build(Counts);
        var ticks = TestMachine.Build(Counts);
        frames.RunFrames(5);
        ticks.RunTicks((int)frames.Ticks);
        ticks.Synchronize();
        Assert.Equal(StateHasher.Hash(frames), StateHasher.Hash(ticks));
    }

    [Fact]
    public void A_saved_state_continues_as_the_machine_itself_does()
    {
        var machine = TestMachine.Build(Plays);
        machine.RunFrames(3);
        machine.RunTicks(777);
        machine.Synchronize();
        var saver = new StateSaver();
        byte[] state = saver.Save(machine).ToArray();
        machine.RunFrames(5);
        string expected = StateHasher.Hash(machine);

        var other = TestMachine.Build(Plays);
        new StateLoader().Load(other, state);
        other.RunFrames(5);
        Assert.Equal(expected, StateHasher.Hash(other));
    }

    [Fact]
    public void A_running_machine_allocates_nothing()
    {
        var machine = TestMachine.Build(Plays);
        machine.RunFrames(100);
        Assert.Equal(0, Allocation.Of(() => machine.RunFrames(50)));
    }

    [Fact]
    public void A_tone_has_the_pitch_that_its_period_says()
    {
        var machine = TestMachine.Build(Plays);
        machine.RunFrames(10);
        int crossings = 0;
        int samples = 0;
        short last = 0;
        for (int frame = 0; frame < 60; frame++)
        {
            machine.RunFrame();
            for (int index = 0; index < machine.Audio.Samples.Length; index += 2)
            {
                short value = machine.Audio.Samples[index];
                crossings += last < 0 && value >= 0 ? 1 : 0;
                last = value;
                samples++;
            }

            machine.Audio.Clear();
        }

        Assert.InRange((double)crossings * 48_000 / samples, 997, 1001);
    }

    [Fact]
    public void Power_on_memory_depends_on_the_seed_alone()
    {
        byte[] rom = [.. TestMachine.Build(Counts).Configuration.Rom.Span];
        byte first = TestMachine.With(rom).PeekByte(0x4321);
        Assert.Equal(first, TestMachine.With(rom).PeekByte(0x4321));
        Assert.Contains(Enumerable.Range(2, 8), seed => TestMachine.With(rom, seed: (uint)seed).PeekByte(0x4321) != first);
    }

    [Fact]
    public void A_cold_reset_keeps_time_running_and_forgets_the_rest()
    {
        var machine = TestMachine.Build(Counts);
        machine.RunFrames(3);
        var (now, frame) = (machine.Now, machine.FrameNumber);
        machine.Reset(ResetKind.Cold);
        Assert.True(machine.Now >= now);
        Assert.Equal(frame, machine.FrameNumber);
        machine.RunFrames(2);
        Assert.Equal(frame + 2, machine.FrameNumber);
    }

    [Fact]
    public void A_profile_that_cannot_be_is_refused_in_words()
    {
        byte[] rom = new byte[0x4000];
        Assert.Contains("16, 48, 64, 128", Assert.Throws<ArgumentException>(() => TestMachine.With(rom, kilobytes: 80)).Message, StringComparison.Ordinal);
        Assert.Contains("16384", Assert.Throws<ArgumentException>(() => TestMachine.With(new byte[100])).Message, StringComparison.Ordinal);
    }
}
