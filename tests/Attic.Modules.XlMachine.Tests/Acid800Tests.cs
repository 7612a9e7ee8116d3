using Attic.Abi.Machines;
using Attic.Media.Floppies8;

namespace Attic.Modules.XlMachine.Tests;

public class Acid800Tests
{
    // Its 58th test is for a 65C816.
    private const int All = 57;
    private const int MostFrames = 25_000;

    [SkippableTheory]
    [InlineData(VideoRegion.Ntsc)]
    [InlineData(VideoRegion.Pal)]
    public void The_suite_boots_over_the_serial_bus_and_passes_but_for_the_65C816(VideoRegion region)
    {
        string folder = Environment.GetEnvironmentVariable("ATTIC_VECTORS") ?? Path.Combine(AppContext.BaseDirectory, "../../../../../../shared/vectors");
        string image = Path.Combine(folder, "acid800", "acid800.atr");
        Skip.IfNot(File.Exists(image), "Needs Avery Lee's Acid800: set ATTIC_VECTORS to a folder with acid800/acid800.atr.");
        var machine = TestMachine.With(TestMachine.Os(), region);
        machine.Capability<IFloppyDrives>()!.Insert(0, DiskImage8.FromBytes("acid800.atr", File.ReadAllBytes(image)), machine.Now);
        string screen = "";
        for (int frame = 0; frame < MostFrames && !screen.Contains("Passed: ", StringComparison.Ordinal); frame += 50)
        {
            machine.RunFrames(50);
            screen = machine.Capability<IScreenText>()!.ReadScreenText();
        }

        var verdict = System.Text.RegularExpressions.Regex.Match(screen, @"Passed: (\d+)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.True(verdict.Success, screen);
        Assert.True(int.Parse(verdict.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) == All, screen);
    }
}
