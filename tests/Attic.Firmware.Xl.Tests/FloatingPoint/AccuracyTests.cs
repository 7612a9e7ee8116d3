using Attic.Cli.Bench.FloatingPoint;
using Xunit.Abstractions;

namespace Attic.Firmware.Xl.Tests.FloatingPoint;

/// <summary>
/// A thousand operands for each routine against exact decimal arithmetic. The four operations round correctly; the others may be
/// off by units of the last digit, of which base 100 makes a number close below a power of it have a hundred times as many.
/// </summary>
public sealed class AccuracyTests(ITestOutputHelper output)
{
    private const int Operands = 1_000;

    public static TheoryData<string, double> Routines => new()
    {
        { "FADD", 0.5 },
        { "FSUB", 0.5 },
        { "FMUL", 0.5 },
        { "FDIV", 0.5 },
        { "LOG10", 80 },
        { "LOG", 80 },
        { "EXP10", 4 },
        { "EXP", 12 },
    };

    [Theory]
    [MemberData(nameof(Routines))]
    public void Results_are_as_close_to_the_exact_ones_as_promised(string name, double worst)
    {
        var accuracy = Measure(FirmwareTree.Os(), name);
        output.WriteLine($"{name}: worst {accuracy.Worst:0.000} ({accuracy.WorstOperands}), mean {accuracy.Mean:0.000}, not nearest {accuracy.NotNearest}, refused {accuracy.Refused}, {accuracy.Cycles / Operands} cycles");
        Assert.True(accuracy.Refused == 0, $"{name} refused {accuracy.Refused}: {accuracy.FirstRefused}");
        Assert.True(accuracy.Worst <= worst, $"{name} is {accuracy.Worst} units off for {accuracy.WorstOperands}.");
    }

    [SkippableTheory]
    [MemberData(nameof(Routines))]
    public void We_are_no_less_accurate_than_a_foreign_package(string name, double worst)
    {
        string? folder = Environment.GetEnvironmentVariable("ATTIC_XL_ROMS");
        string file = Path.Combine(folder ?? "", "ATARIXL.ROM");
        Skip.IfNot(folder is not null && File.Exists(file), "Needs a foreign XL OS: set ATTIC_XL_ROMS to a folder with ATARIXL.ROM.");
        var foreign = Measure(File.ReadAllBytes(file), name);
        var ours = Measure(FirmwareTree.Os(), name);
        output.WriteLine($"{name}: foreign worst {foreign.Worst:0.000}, mean {foreign.Mean:0.000}, not nearest {foreign.NotNearest}, refused {foreign.Refused}, {foreign.Cycles / Operands} cycles; ours {ours.Worst:0.000}, {ours.Mean:0.000}, {ours.Cycles / Operands} cycles, at most {worst}");
        Assert.True(ours.Mean <= foreign.Mean);
    }

    private static FloatAccuracy Measure(byte[] os, string name) =>
        FloatBench.Measure(new FloatingPointRom(os).Package, FloatOperation.All.Single(one => one.Name == name), Operands);
}
