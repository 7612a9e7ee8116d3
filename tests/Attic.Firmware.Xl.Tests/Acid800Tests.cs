using System.Globalization;
using System.Text.RegularExpressions;
using Attic.Abi.Machines;
using Attic.Media.Floppies8;

namespace Attic.Firmware.Xl.Tests;

/// <summary>Avery Lee's Acid800 boots under our operating system and finds what it finds under a foreign one.</summary>
public sealed partial class Acid800Tests
{
    private const int MostFrames = 25_000;

    [SkippableTheory]
    [InlineData(VideoRegion.Ntsc)]
    [InlineData(VideoRegion.Pal)]
    public void The_suite_has_the_same_verdicts_as_on_a_foreign_system(VideoRegion region)
    {
        string vectors = Environment.GetEnvironmentVariable("ATTIC_VECTORS") ?? Path.Combine(AppContext.BaseDirectory, "../../../../../../shared/vectors");
        string image = Path.Combine(vectors, "acid800", "acid800.atr");
        Skip.IfNot(File.Exists(image), "Needs Avery Lee's Acid800: set ATTIC_VECTORS to a folder with acid800/acid800.atr.");
        string foreign = Path.Combine(Environment.GetEnvironmentVariable("ATTIC_XL_ROMS") ?? "", "ATARIXL.ROM");
        var ours = Verdicts(FirmwareTree.Os(), image, region);
        Assert.Equal(["Passed: 57"], ours);
        Skip.IfNot(File.Exists(foreign), "Needs an XL OS to compare with: set ATTIC_XL_ROMS to a folder with ATARIXL.ROM (AltirraOS for example).");
        Assert.Equal(Verdicts(File.ReadAllBytes(foreign), image, region), ours);
    }

    // The list scrolls away while it is written: what failed is collected from what the screen shows every few frames.
    private static SortedSet<string> Verdicts(byte[] os, string image, VideoRegion region)
    {
        var computer = new XlComputer(os, region, held: "console.option");
        computer.Machine.Capability<IFloppyDrives>()!.Insert(0, DiskImage8.FromBytes("acid800.atr", File.ReadAllBytes(image)), computer.Machine.Now);
        var verdicts = new SortedSet<string>(StringComparer.Ordinal);
        computer.Run(60);
        computer.Control("console.option", InputPhase.Release);
        while (computer.Frames < MostFrames && !computer.Screen.Contains("All tests complete", StringComparison.Ordinal))
        {
            computer.Run(10);
            verdicts.UnionWith(Failed().Matches(computer.Screen).Select(match => match.Value));
        }

        Assert.Contains("All tests complete", computer.Screen, StringComparison.Ordinal);
        computer.RunUntil("Passed: ");
        computer.Run(10);
        verdicts.Add(Passed().Match(computer.Screen).Value);
        return verdicts;
    }

    [GeneratedRegex(@"[A-Za-z0-9]+: [^\n]+?\.\.\.\s*FAIL", RegexOptions.None, 1000)]
    private static partial Regex Failed();

    [GeneratedRegex(@"Passed: \d+", RegexOptions.None, 1000)]
    private static partial Regex Passed();
}
