using System.Text.Json;
using Attic.Cli.Bench.FloatingPoint;

namespace Attic.Cli.Tests.Verbs;

[Collection(ConsoleCollection.Name)]
public sealed class FloatBenchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Each_routine_of_our_package_is_measured_beside_another_ROMs()
    {
        Packages.Require();
        string rom = SourceTree.File("firmware/xl/attic-xl.rom");
        var run = await CommandRun.Of("bench", "--fp", "--operands", "20", "--rom", rom, "--json", "--card", _folder["card"]);
        Assert.Equal(0, run.Code);
        var lines = run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2 * FloatOperation.All.Count, lines.Count);
        Assert.All(lines, line => Assert.Equal(20, line.GetProperty("operands").GetInt32()));
        Assert.All(lines, line => Assert.True(line.GetProperty("cycles").GetInt64() > 100));
        Assert.Equal("FDIV", lines[3].GetProperty("routine").GetString());
        Assert.InRange(lines[3].GetProperty("worst_error").GetDouble(), 0.1, 0.5);

        // The same package gives the same figures.
        Assert.Equal(lines[..8].Select(line => line.ToString()), lines[8..].Select(line => line.ToString()));
    }

    [SkippableFact]
    public async Task The_table_names_the_ROMs_and_the_routines()
    {
        Packages.Require();
        string rom = SourceTree.File("firmware/xl/attic-xl.rom");
        var run = await CommandRun.Of("bench", "--fp", "--operands", "5", "--rom", rom, "--card", _folder["card"]);
        Assert.Contains("attic-xl.rom", run.Output, StringComparison.Ordinal);
        Assert.All(FloatOperation.All, operation => Assert.Contains(operation.Name, run.Output, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_ROM_without_the_routines_is_bad_input()
    {
        Packages.Require();
        byte[] rom = new byte[16 << 10];
        for (int vector = 0x3FFA; vector < rom.Length; vector += 2)
        {
            (rom[vector], rom[vector + 1]) = (0, 0xE0);
        }

        File.WriteAllBytes(_folder["bad.rom"], rom);
        var run = await CommandRun.Of("bench", "--fp", "--operands", "5", "--rom", _folder["bad.rom"], "--card", _folder["card"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("floating point package", run.Errors, StringComparison.Ordinal);
    }
}
