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
            Description = "idle: booted and waiting. busy: a program of ours keeps the processor busy without STOP. Default: both, one after the other.",
            HelpName = "idle|busy",
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long each workload is measured.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultSeconds,
        };
        var saveDisk = new Option<string?>("--save-disk")
        {
            Description = "Only writes the busy workload's disk, for a comparison with another emulator.",
            HelpName = "FILE.st",
        };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object per workload, each on a line." };
        workload.AcceptOnlyFromAmong("idle", "busy");
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
            machine, profile, rom, basic, disks, workload, seconds, saveDisk, json, card,
        };
        bench.SetAction((parsed, cancel) => Task.Run(
            () => parsed.GetValue(saveDisk) is { } path ? SaveDisk(path) : Run(
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
                parsed.GetValue(workload) is { } one ? [one] : ["idle", "busy"],
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
            bool busy = string.Equals(workload, "busy", StringComparison.Ordinal);
            using var rig = MachineRig.Build(busy ? BusyDisk.InsertInto(request) : request);
            var report = MachineBench.Measure(rig, workload, seconds, interrupt);
            Console.WriteLine(json ? JsonOutput.FormatLine(report) : Describe(report));
        }

        return ExitCode.Done;
    }

    private static int SaveDisk(string path)
    {
        FloppyImage.Save(path, BusyDisk.Make());
        return ExitCode.Done;
    }

    private static string Describe(BenchReport report) => string.Create(CultureInfo.InvariantCulture, $"""
        {report.Machine} {report.Profile}, {report.Workload}
          {report.FramesPerSecond:0} frames a second, {report.TimesRealTime:0.0} times real time ({report.Frames} frames in {report.Seconds:0.00} s)
          state: saved in {report.StateSaveUs:0.0} µs, loaded in {report.StateLoadUs:0.0} µs, {report.StateBytes} bytes
          allocated: {report.AllocatedBytesPerFrame:0.##} bytes a frame
        """);
}
