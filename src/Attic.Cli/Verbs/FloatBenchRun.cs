using Attic.Abi.Modules;
using Attic.Cli.Bench.FloatingPoint;
using Attic.Cli.Machines;
using Attic.Cli.Output;

namespace Attic.Cli.Verbs;

/// <summary><c>attic bench --fp</c>: how exact and how fast floating point packages are, ours and the one of another ROM beside it.</summary>
internal static class FloatBenchRun
{
    /// <summary>Measures and prints.</summary>
    /// <param name="request">An XL; its ROM, when it names one, is measured beside ours.</param>
    /// <param name="operands">Operands for each routine.</param>
    /// <param name="json">Whether to print one object for each ROM and routine, each on a line.</param>
    /// <param name="interrupt">Ctrl-C.</param>
    public static int Run(MachineRequest request, int operands, bool json, CancellationToken interrupt)
    {
        var requests = new List<MachineRequest> { request with { Rom = null } };
        var names = new List<string> { "Attic" };
        if (request.Rom is { } rom)
        {
            requests.Add(request);
            names.Add(Path.GetFileName(Path.TrimEndingDirectorySeparator(rom)));
        }

        var reports = requests.ConvertAll(one => Measure(one, operands, interrupt));
        Console.WriteLine(json
            ? string.Join(Environment.NewLine, reports.SelectMany(all => all).Select(JsonOutput.FormatLine))
            : FloatReport.Table(names, reports));
        return ExitCode.Done;
    }

    // The figures are emulated cycles, so routines may be measured beside each other.
    private static IReadOnlyList<FloatReport> Measure(MachineRequest request, int operands, CancellationToken interrupt)
    {
        using var rig = MachineRig.Build(request);
        var processors = rig.Module<IMos6502CpuModule>();
        var rom = rig.Machine.Configuration.Rom;
        var reports = new FloatReport[FloatOperation.All.Count];
        try
        {
            Parallel.For(0, reports.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = interrupt }, index =>
            {
                var operation = FloatOperation.All[index];
                var package = new FloatPackage(processors, rom.Span);
                reports[index] = FloatReport.Of(rom.Span, operation, FloatBench.Measure(package, operation, operands, interrupt));
            });
        }
        catch (AggregateException failures) when (failures.InnerExceptions[0] is InvalidDataException wrong)
        {
            throw CommandFailure.BadInput($"--rom: this ROM has no floating point package that could be measured. {wrong.Message}", inner: wrong);
        }

        return reports;
    }
}
