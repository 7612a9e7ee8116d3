using System.Globalization;
using System.Text.RegularExpressions;
using Attic.Abi.Machines;
using Attic.Media.Floppies8;

namespace Attic.Firmware.Xl.Tests;

/// <summary>Avery Lee's Acid800 boots under our operating system and finds what it finds under a foreign one.</summary>
public sealed partial class Acid800Tests
{
    private const int MostFrames = 25_000;

    [SkippableFact]
    public void The_suite_has_the_same_verdicts_as_on_a_foreign_system()
    {
        string vectors = Environment.GetEnvironmentVariable("ATTIC_VECTORS") ?? Path.Combine(AppContext.BaseDirectory, "../../../../../../shared/vectors");
        string image = Path.Combine(vectors, "acid800", "acid800.atr");
        Skip.IfNot(File.Exists(image), "Needs Avery Lee's Acid800: set ATTIC_VECTORS to a folder with acid800/acid800.atr.");
        string foreign = Path.Combine(Environment.GetEnvironmentVariable("ATTIC_XL_ROMS") ?? "", "ATARIXL.ROM");
        var ours = Verdicts(FirmwareTree.Os(), image);
        Assert.Equal(57, ours.Values.Count(verdict => verdict == "Pass"));
        Skip.IfNot(File.Exists(foreign), "Needs an XL OS to compare with: set ATTIC_XL_ROMS to a folder with ATARIXL.ROM (AltirraOS for example).");
        Assert.Equal(Verdicts(File.ReadAllBytes(foreign), image), ours);
    }

    // The list scrolls away while it is written: it is collected from what the screen shows every few frames.
    private static SortedDictionary<string, string> Verdicts(byte[] os, string image)
    {
        var computer = new XlComputer(os, held: "console.option");
        computer.Machine.Capability<IFloppyDrives>()!.Insert(0, DiskImage8.FromBytes("acid800.atr", File.ReadAllBytes(image)), computer.Machine.Now);
        var verdicts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        computer.Run(60);
        computer.Control("console.option", InputPhase.Release);
        while (computer.Frames < MostFrames && !computer.Screen.Contains("All tests complete", StringComparison.Ordinal))
        {
            computer.Run(10);
            foreach (Match match in Verdict().Matches(computer.Screen))
            {
                verdicts[match.Groups[1].Value] = match.Groups[2].Value;
            }
        }

        Assert.Contains("All tests complete", computer.Screen, StringComparison.Ordinal);
        var passed = Passed().Match(computer.Screen);
        verdicts["Passed"] = passed.Groups[1].Value;
        return verdicts;
    }

    [GeneratedRegex(@"([A-Za-z0-9]+: [^\n]+?)\.\.\.\s*(Pass|FAIL|Skip)", RegexOptions.None, 1000)]
    private static partial Regex Verdict();

    [GeneratedRegex(@"Passed: (\d+)", RegexOptions.None, 1000)]
    private static partial Regex Passed();
}
