using System.Runtime.InteropServices;
using Attic.Abi.Buses;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Tests;

namespace Attic.Modules.XlMachine.Tests;

/// <summary>The same program gives the same machine, picture and sound, however it is run and whoever watches.</summary>
public class DeterminismTests
{
    private const int Frames = 40;

    public static TheoryData<VideoRegion> Regions() => [VideoRegion.Ntsc, VideoRegion.Pal];

    [Theory]
    [MemberData(nameof(Regions))]
    public void A_traced_machine_does_what_an_untraced_one_does(VideoRegion region)
    {
        var alone = TestMachine.With(XlBusyRom.Make(), region);
        var traced = TestMachine.With(XlBusyRom.Make(), region);
        traced.SetTrace(new DeafSink());
        Assert.Equal(Show(alone, Frames), Show(traced, Frames));

        traced.SetTrace(null);
        Assert.Equal(Show(alone, Frames), Show(traced, Frames));
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void Single_steps_lead_where_whole_frames_do(VideoRegion region)
    {
        var frames = TestMachine.With(XlBusyRom.Make(), region);
        var ticks = TestMachine.With(XlBusyRom.Make(), region);
        frames.RunFrames(10);
        while (ticks.Ticks < frames.Ticks)
        {
            ticks.RunTicks(1);
        }

        ticks.Synchronize();
        Assert.Equal(StateHasher.Hash(frames), StateHasher.Hash(ticks));
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void A_machine_synchronised_at_every_chance_stays_the_same(VideoRegion region)
    {
        var alone = TestMachine.With(XlBusyRom.Make(), region);
        var disturbed = TestMachine.With(XlBusyRom.Make(), region);
        alone.RunFrames(6);
        while (disturbed.Ticks < alone.Ticks)
        {
            disturbed.RunTicks((int)Math.Min(3, alone.Ticks - disturbed.Ticks));
            disturbed.Synchronize();
        }

        Assert.Equal(StateHasher.Hash(alone), StateHasher.Hash(disturbed));
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void States_saved_anywhere_continue_as_the_machine_does(VideoRegion region)
    {
        var machine = TestMachine.With(XlBusyRom.Make(), region);
        var other = TestMachine.With(XlBusyRom.Make(), region, seed: 7);
        other.RunFrames(3);
        var saver = new StateSaver();
        for (int round = 1; round <= 12; round++)
        {
            machine.RunTicks(997 * round);
            machine.Synchronize();
            new StateLoader().Load(other, saver.Save(machine));

            // The part of the picture that is drawn already is no state.
            machine.RunFrames(1);
            other.RunFrames(1);
            Assert.Equal(Show(machine, 2), Show(other, 2));
        }
    }

    [Fact]
    public void Frames_states_and_loads_allocate_nothing()
    {
        var machine = TestMachine.With(XlBusyRom.Make());
        var saver = new StateSaver();
        var loader = new StateLoader();
        machine.RunFrames(300);
        Assert.Equal(0, Allocation.Of(() =>
        {
            machine.RunFrames(20);
            loader.Load(machine, saver.Save(machine));
        }));
    }

    [SkippableFact]
    public void An_OS_with_BASIC_runs_alike_traced_and_not()
    {
        byte[] os = TestMachine.Os();
        var alone = TestMachine.With(os);
        var traced = TestMachine.With(os);
        traced.SetTrace(new DeafSink());
        Assert.Equal(Show(alone, 150), Show(traced, 150));
    }

    // What a machine shows, plays and is after some frames.
    private static string Show(XlMachine machine, int frames)
    {
        var sound = new HashCode();
        var picture = new HashCode();
        var row = new ushort[machine.Frame.Width];
        for (int frame = 0; frame < frames; frame++)
        {
            machine.RunFrame();
            foreach (short sample in machine.Audio.Samples)
            {
                sound.Add(sample);
            }

            machine.Audio.Clear();
            for (int line = 0; line < machine.Frame.Height; line++)
            {
                machine.Frame.ReadLine(line, row);
                picture.AddBytes(MemoryMarshal.AsBytes(row.AsSpan()));
            }
        }

        return $"{StateHasher.Hash(machine)} {sound.ToHashCode()} {picture.ToHashCode()}";
    }

    private sealed class DeafSink : ITraceSink
    {
        public void OnInstruction(uint address, ushort opcode, CpuCycles clock)
        {
            // Only watches.
        }

        public void OnBus(in BusAccess access)
        {
            // Only watches.
        }

        public void OnException(int vector, uint address, CpuCycles clock)
        {
            // Only watches.
        }
    }
}
