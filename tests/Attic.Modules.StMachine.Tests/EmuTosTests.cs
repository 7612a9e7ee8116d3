using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Abi.Buses;

namespace Attic.Modules.StMachine.Tests;

public class EmuTosTests
{
    private const int DesktopFrames = 1_500;

    [SkippableTheory]
    [InlineData(512, 0x04, "512 KB")]
    [InlineData(1024, 0x05, "1 MB")]
    [InlineData(2048, 0x08, "2 MB")]
    [InlineData(2560, 0x09, "2560 KB")]
    [InlineData(4096, 0x0A, "4 MB")]
    public void It_finds_the_memory_that_is_fitted(int kilobytes, int configuration, string shown)
    {
        var machine = TestMachine.With(TestMachine.EmuTos(), kilobytes);
        string text = RunUntil(machine, "Hold <Shift>");
        Assert.Equal(0xFF00 | configuration, machine.PeekWord(0xFF8000));
        Assert.Contains(shown, text.Split('\n').First(line => line.Contains("ST-RAM:", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(MonitorKind.Colour)]
    [InlineData(MonitorKind.Monochrome)]
    public void It_boots_to_its_desktop(MonitorKind monitor)
    {
        var machine = TestMachine.With(TestMachine.EmuTos(), monitor: monitor).WithDisk();
        string text = RunUntil(machine, "Desk  File  View  Options");
        Assert.Contains("TRASH", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Two_runs_are_the_same_machine_traced_or_not()
    {
        byte[] rom = TestMachine.EmuTos();
        var plain = TestMachine.With(rom);
        var traced = TestMachine.With(rom);
        var sink = new CountingSink();
        for (int frame = 0; frame < 300; frame++)
        {
            if (frame % 40 == 0)
            {
                traced.SetTrace(frame % 80 == 0 ? sink : null);
            }

            plain.RunFrame();
            traced.RunFrame();
            Assert.Equal(plain.Now, traced.Now);
        }

        Assert.Equal(StateHasher.Hash(plain), StateHasher.Hash(traced));
        Assert.Equal(plain.Frame.Codes, traced.Frame.Codes);
        Assert.True(sink.Instructions > 100_000);
    }

    [SkippableFact]
    public void Running_by_ticks_or_by_frames_is_the_same()
    {
        byte[] rom = TestMachine.EmuTos();
        var frames = TestMachine.With(rom);
        var ticks = TestMachine.With(rom);
        for (int frame = 0; frame < 100; frame++)
        {
            frames.RunFrame();
        }

        while (ticks.Ticks < frames.Ticks)
        {
            ticks.RunTicks((int)Math.Min(1_000, frames.Ticks - ticks.Ticks));
        }

        ticks.Synchronize();
        Assert.Equal(StateHasher.Hash(frames), StateHasher.Hash(ticks));
    }

    [SkippableTheory]
    [InlineData(10_000)]
    [InlineData(1_234_567)]
    public void A_state_saved_at_any_tick_continues_bit_for_bit(int tick)
    {
        byte[] rom = TestMachine.EmuTos();
        var straight = TestMachine.With(rom);
        straight.RunTicks(tick);
        byte[] saved = new StateSaver().Save(straight).ToArray();
        var restored = TestMachine.With(rom, seed: 7);
        for (int frame = 0; frame < 20; frame++)
        {
            restored.RunFrame();
        }

        new StateLoader().Load(restored, saved);
        Assert.Equal(StateHasher.Hash(straight), StateHasher.Hash(restored));
        for (int frame = 0; frame < 60; frame++)
        {
            straight.RunFrame();
            restored.RunFrame();
            Assert.Equal(straight.Frame.Codes, restored.Frame.Codes);
        }

        Assert.Equal(StateHasher.Hash(straight), StateHasher.Hash(restored));
    }

    [SkippableFact]
    public void Frames_allocate_nothing()
    {
        byte[] rom = TestMachine.EmuTos();
        Skip.If(TestMachine.IsDebugBuild, "Needs code as it ships: run the tests with -c Release.");
        var machine = TestMachine.With(rom).WithDisk();
        Run(machine, DesktopFrames);
        Assert.Equal(0, Allocation.Of(() => Run(machine, 200)));
    }

    private static void Run(StMachine machine, int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            machine.RunFrame();
            machine.Audio.Clear();
        }
    }

    [SkippableFact]
    public void A_cold_reset_starts_anew_but_time_goes_on()
    {
        var machine = TestMachine.With(TestMachine.EmuTos());
        RunUntil(machine, "ST-RAM:");
        var (now, frame) = (machine.Now, machine.FrameNumber);
        machine.Reset(ResetKind.Cold);
        Assert.True(machine.Now >= now);
        RunUntil(machine, "ST-RAM:");
        Assert.True(machine.FrameNumber > frame);
    }

    [SkippableFact]
    public void A_warm_reset_keeps_memory()
    {
        var machine = TestMachine.With(TestMachine.EmuTos()).WithDisk();
        RunUntil(machine, "Desk  File");
        machine.PokeWords(0x50000, 0xCAFE);
        machine.Reset(ResetKind.Warm);
        for (int frame = 0; frame < 20; frame++)
        {
            machine.RunFrame();
        }

        Assert.Equal(0xCAFE, machine.PeekWord(0x50000));
    }

    private static string RunUntil(StMachine machine, string text)
    {
        var screen = machine.Capability<IScreenText>()!;
        for (int frame = 0; frame < DesktopFrames; frame++)
        {
            machine.RunFrame();
            machine.Audio.Clear();
            if (frame % 10 == 0 && screen.ReadScreenText().Contains(text, StringComparison.Ordinal))
            {
                return screen.ReadScreenText();
            }
        }

        throw new InvalidOperationException($"'{text}' never came; the screen shows:\n{screen.ReadScreenText()}");
    }

    private sealed class CountingSink : ITraceSink
    {
        public long Instructions { get; private set; }

        public void OnInstruction(uint address, ushort opcode, CpuCycles clock) => Instructions++;

        public void OnBus(in BusAccess access)
        {
        }

        public void OnException(int vector, uint address, CpuCycles clock)
        {
        }
    }
}
