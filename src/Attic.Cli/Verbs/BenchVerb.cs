using System.CommandLine;
using System.Globalization;
using Attic.Cli.Bench;
using Attic.Cli.Machines;
using Attic.Cli.Output;
using Attic.Media.Floppies;

namespace Attic.Cli.Verbs;

/// <summary><c>attic bench</c>: how fast this computer runs a machine.</summary>
internal static class BenchVerb
{
    private const double DefaultSeconds = 10;
    private const int DefaultOperands = 100_000;
    private const int MostOperands = 10_000_000;
    private const string AtariXl = "atari_xl";
    private const string Idle = "idle";
    private const string Busy = "busy";
    private const string Game = "game";

    public static Command Build()
    {
        var machine = MachineOptions.Machine();
        var profile = MachineOptions.Profile();
        var card = MachineOptions.Card();
        var rom = MachineOptions.Rom();
        var basic = MachineOptions.Basic();
        var disks = MachineOptions.Disks();
        var workload = new Option<string?>("--workload")
        {
            Description = "idle: booted and waiting. busy (ST): a program of ours keeps the processor busy without STOP. game (XL): players, scrolling, interrupts and four voices. Default: both of the machine, one after the other.",
            HelpName = "idle|busy|game",
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long each workload is measured.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultSeconds,
        };
        var saveDisk = new Option<string?>("--save-disk")
        {
            Description = "Only writes the disk of the machine's second workload, for a comparison with another emulator.",
            HelpName = "FILE",
        };
        var floatingPoint = new Option<bool>("--fp")
        {
            Description = "Measures the XL's floating point package instead: each routine against exact decimal arithmetic; with --rom that ROM's package beside ours.",
        };
        var operands = new Option<int>("--operands") { Description = "With --fp: operands for each routine.", HelpName = "N", DefaultValueFactory = _ => DefaultOperands };
        NumberRange.Require(operands, 1, MostOperands);
        var json = new Option<bool>("--json") { Description = "Prints one JSON object per workload or routine, each on a line." };
        workload.AcceptOnlyFromAmong(Idle, Busy, Game);
        seconds.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && (!double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value) || value is not (> 0 and <= 3600)))
            {
                result.AddError($"--seconds takes a number above 0, at most 3600, not \"{result.Tokens[0].Value}\".");
            }
        });

        var bench = new Command("bench", "Measures how fast a machine runs here: one thread, every picture and all sound made.")
        {
            machine, profile, rom, basic, disks, workload, seconds, saveDisk, floatingPoint, operands, json, card,
        };
        bench.SetAction((parsed, cancel) => Task.Run(
            () => parsed.GetValue(floatingPoint) ? FloatBenchRun.Run(
                new MachineRequest { Machine = AtariXl, Rom = parsed.GetValue(rom)?.FullName, Card = parsed.GetValue(card)?.FullName },
                parsed.GetValue(operands),
                parsed.GetValue(json),
                cancel)
            : parsed.GetValue(saveDisk) is { } path ? SaveDisk(parsed.GetValue(machine)!, path)
            : Run(
                new MachineRequest
                {
                    Machine = parsed.GetValue(machine)!,
                    Profile = parsed.GetValue(profile),
                    Rom = parsed.GetValue(rom)?.FullName,
                    Basic = parsed.GetValue(basic),
                    Disks = parsed.GetValue(disks) ?? [],
                    Card = parsed.GetValue(card)?.FullName,
                    KeepDiskChanges = false,
                },
                Workloads(parsed.GetValue(machine)!, parsed.GetValue(workload)),
                parsed.GetValue(seconds),
                parsed.GetValue(json),
                cancel),
            CancellationToken.None));
        return bench;
    }

    private static int Run(MachineRequest request, IReadOnlyList<string> workloads, double seconds, bool json, CancellationToken interrupt)
    {
        foreach (string workload in workloads)
        {
            using var rig = MachineRig.Build(workload switch
            {
                Busy => BusyDisk.InsertInto(request),
                Game => XlGameDisk.InsertInto(request),
                _ => request,
            });
            var report = MachineBench.Measure(rig, workload, seconds, interrupt);
            Console.WriteLine(json ? JsonOutput.FormatLine(report) : Describe(report));
        }

        return ExitCode.Done;
    }

    // Each machine has a workload of its own beside idling.
    private static IReadOnlyList<string> Workloads(string machine, string? chosen)
    {
        string own = IsXl(machine) ? Game : Busy;
        return chosen is null ? [Idle, own]
            : chosen is Idle || string.Equals(chosen, own, StringComparison.Ordinal) ? [chosen]
            : throw CommandFailure.BadInput($"--workload: this machine has no workload \"{chosen}\".", $"It has {Idle} and {own}.");
    }

    private static bool IsXl(string machine) => machine is AtariXl;

    private static int SaveDisk(string machine, string path)
    {
        if (IsXl(machine))
        {
            File.WriteAllBytes(path, XlGameDisk.Make());
        }
        else
        {
            FloppyImage.Save(path, BusyDisk.Make());
        }

        return ExitCode.Done;
    }

    private static string Describe(BenchReport report) => string.Create(CultureInfo.InvariantCulture, $"""
        {report.Machine} {report.Profile}, {report.Workload}
          {report.FramesPerSecond:0} frames a second, {report.TimesRealTime:0.0} times real time ({report.Frames} frames in {report.Seconds:0.00} s)
          state: saved in {report.StateSaveUs:0.0} µs, loaded in {report.StateLoadUs:0.0} µs, {report.StateBytes} bytes
          allocated: {report.AllocatedBytesPerFrame:0.##} bytes a frame
        """);
}
