using System.Diagnostics;
using System.Globalization;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Modules.M68000;
using Attic.Modules.M68000.Bench;

// Nanoseconds of processor time per instruction and multiples of an 8 MHz chip, best of several rounds: processor time,
// so that a busy host disturbs it least.
const int Rounds = 9;
const long CyclesPerRound = 40_000_000;

long start = Stopwatch.GetTimestamp();
new M68000Module().Create<ToyBus, NoTrace>(new(new ToyMachine()), default);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first processor made in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms"));
foreach (var (name, words) in Programs.All)
{
    Measure(name, words);
}

static void Measure(string name, ushort[] words)
{
    var machine = new ToyMachine();
    for (int i = 0; i < words.Length; i++)
    {
        machine.Ram[0x1000 + (2 * i)] = (byte)(words[i] >> 8);
        machine.Ram[0x1001 + (2 * i)] = (byte)words[i];
    }

    machine.Ram[2] = 0x08;
    machine.Ram[6] = 0x10;
    machine.Deadline = 0;
    var cpu = new M68000Module().Create<ToyBus, NoTrace>(new(machine), default);
    cpu.Reset();
    double best = double.MaxValue;
    double times = 0;
    for (int round = 0; round < Rounds; round++)
    {
        long ticks = cpu.Registers.Ticks;
        long from = cpu.Registers.Clock.Count;
        var began = Environment.CpuUsage.TotalTime;
        while (cpu.Registers.Clock.Count < from + CyclesPerRound)
        {
            cpu.Run(new CpuCycles(cpu.Registers.Clock.Count + 512));
        }

        double seconds = (Environment.CpuUsage.TotalTime - began).TotalSeconds;
        double perInstruction = seconds * 1e9 / (cpu.Registers.Ticks - ticks);
        if (perInstruction < best)
        {
            best = perInstruction;
            times = (cpu.Registers.Clock.Count - from) / 8_000_000.0 / seconds;
        }
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {best,6:F2} ns/instruction {times,6:F0}x an 8 MHz 68000"));
}
