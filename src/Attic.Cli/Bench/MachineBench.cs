using System.Diagnostics;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Cli.Machines;

namespace Attic.Cli.Bench;

/// <summary>
/// Measures one machine on the calling thread: whole frames with picture and sound, each picture also turned into the
/// colours that a screen takes, as an emulator with a window would.
/// </summary>
internal static class MachineBench
{
    /// <summary>Frames before measuring starts: the machine has booted, the JIT compiler is done.</summary>
    public const int WarmUpFrames = 1000;

    private const int StateRounds = 200;
    private const int FramesBetweenLooks = 50;

    /// <summary>Measures for about <paramref name="seconds"/> seconds.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public static BenchReport Measure(MachineRig rig, string workload, double seconds, CancellationToken interrupt)
    {
        var machine = rig.Machine;
        var screen = new ScreenConverter(machine.Frame);
        for (int i = 0; i < WarmUpFrames; i++)
        {
            interrupt.ThrowIfCancellationRequested();
            RunFrame(machine, screen);
        }

        var start = machine.Now;
        long startTicks = machine.Ticks;
        long frames = 0;
        long startBytes = GC.GetAllocatedBytesForCurrentThread();
        long begin = Stopwatch.GetTimestamp();
        long end = begin + (long)(seconds * Stopwatch.Frequency);
        do
        {
            for (int i = 0; i < FramesBetweenLooks; i++)
            {
                RunFrame(machine, screen);
            }

            frames += FramesBetweenLooks;
        }
        while (Stopwatch.GetTimestamp() < end && !interrupt.IsCancellationRequested);

        double elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - startBytes;
        interrupt.ThrowIfCancellationRequested();
        double emulated = machine.MasterClock.MicrosecondsOf((machine.Now - start).Count) / 1e6;
        long ticks = machine.Ticks - startTicks;
        var state = MeasureState(machine);
        return new BenchReport
        {
            Machine = machine.Configuration.Machine,
            Profile = machine.Configuration.Profile,
            RomSha256 = rig.RomSha256,
            Workload = workload,
            Frames = frames,
            Seconds = Math.Round(elapsed, 4),
            FramesPerSecond = Math.Round(frames / elapsed, 1),
            TimesRealTime = Math.Round(emulated / elapsed, 2),
            MillionTicksPerSecond = Math.Round(ticks / elapsed / 1e6, 2),
            StateSaveUs = state.SaveMicroseconds,
            StateLoadUs = state.LoadMicroseconds,
            StateBytes = state.Bytes,
            AllocatedBytesPerFrame = Math.Round((double)allocated / frames, 2),
        };
    }

    private static void RunFrame(IMachine machine, ScreenConverter screen)
    {
        machine.RunFrame();
        screen.Convert(machine.Frame);
        machine.Audio.Clear();
    }

    private static (double SaveMicroseconds, double LoadMicroseconds, long Bytes) MeasureState(IMachine machine)
    {
        var saver = new StateSaver();
        var loader = new StateLoader();
        var saves = new double[StateRounds];
        var loads = new double[StateRounds];
        long bytes = 0;
        for (int i = 0; i < StateRounds; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            var saved = saver.Save(machine);
            saves[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
            begin = Stopwatch.GetTimestamp();
            loader.Load(machine, saved);
            loads[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
            bytes = saved.Length;
        }

        return (Median(saves), Median(loads), bytes);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return Math.Round(values[values.Length / 2], 1);
    }
}
