using System.Globalization;
using System.Text.RegularExpressions;
using Attic.Abi.Machines;
using Attic.Media.Floppies8;

namespace Attic.Modules.XlMachine.Tests;

/// <summary>Avery Lee's suite, booted over the emulated serial bus; its verdicts are read off the screen.</summary>
public partial class Acid800Tests
{
    // Its 58th test is for a 65C816, and skipped.
    private const int All = 57;
    private const int VerticalDelay = 49;
    private const int MostFrames = 25_000;

    [SkippableTheory]
    [InlineData(VideoRegion.Ntsc)]
    [InlineData(VideoRegion.Pal)]
    public void The_suite_passes(VideoRegion region) =>
        Assert.Equal(new Verdict(All, 0, 1), Run(Image(), "acid800.atr", region));

    [SkippableTheory]
    [InlineData(VideoRegion.Ntsc)]
    [InlineData(VideoRegion.Pal)]
    public void The_suite_passes_from_a_renamed_and_changed_copy(VideoRegion region)
    {
        byte[] image = Image();
        image[^1] ^= 0xA5;
        Assert.Equal(new Verdict(All, 0, 1), Run(image, "BACKUP.ATR", region));
    }

    // But for one: GTIA's "Vertical delay" leaves VDELAY set, and ANTIC's "Character control", which then looks for players on even
    // lines, relies on VDELAY being clear. On any machine it fails when it comes later than the other.
    [SkippableTheory]
    [InlineData(VideoRegion.Ntsc)]
    [InlineData(VideoRegion.Pal)]
    public void The_suite_passes_in_reverse_order(VideoRegion region)
    {
        byte[] image = Image();
        var reverse = Enumerable.Range(0, SuiteDisk.Count(image)).Reverse().Where(test => test != VerticalDelay).Append(VerticalDelay);
        image = SuiteDisk.With(image, reverse);
        Assert.Equal(new Verdict(All, 0, 1), Run(image, "reverse.atr", region));
    }

    [SkippableTheory]
    [InlineData(VideoRegion.Ntsc)]
    [InlineData(VideoRegion.Pal)]
    public void Each_test_passes_alone(VideoRegion region)
    {
        byte[] image = Image();
        var verdicts = Enumerable.Range(0, SuiteDisk.Count(image)).Select(test => Run(SuiteDisk.With(image, test), "one.atr", region)).ToList();
        Assert.Equal(All, verdicts.Count(verdict => verdict == new Verdict(1, 0, 0)));
        Assert.Single(verdicts, new Verdict(0, 0, 1));
    }

    private static byte[] Image()
    {
        string folder = Environment.GetEnvironmentVariable("ATTIC_VECTORS") ?? Path.Combine(AppContext.BaseDirectory, "../../../../../../shared/vectors");
        string image = Path.Combine(folder, "acid800", "acid800.atr");
        Skip.IfNot(File.Exists(image), "Needs Avery Lee's Acid800: set ATTIC_VECTORS to a folder with acid800/acid800.atr.");
        return File.ReadAllBytes(image);
    }

    private static Verdict Run(byte[] image, string name, VideoRegion region)
    {
        var machine = TestMachine.With(TestMachine.Os(), region);
        machine.Capability<IFloppyDrives>()!.Insert(0, DiskImage8.FromBytes(name, image), machine.Now);
        string screen = "";
        for (int frame = 0; frame < MostFrames && !Verdicts().IsMatch(screen); frame += 10)
        {
            machine.RunFrames(10);
            screen = machine.Capability<IScreenText>()!.ReadScreenText();
        }

        var verdict = Verdicts().Match(screen);
        Assert.True(verdict.Success, screen);
        return new(Number(verdict, 1), Number(verdict, 2), Number(verdict, 3));
    }

    [GeneratedRegex(@"Passed: (\d+)\s+Failed: (\d+)\s+Skipped: (\d+)\s+Press", RegexOptions.None, 1000)]
    private static partial Regex Verdicts();

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private sealed record Verdict(int Passed, int Failed, int Skipped);
}
