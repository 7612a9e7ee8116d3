using System.Text.RegularExpressions;

namespace Attic.Cli.Tests.Verbs;

/// <summary>What <c>attic run</c> promises of an XL, by the command line that a user writes.</summary>
[Collection(ConsoleCollection.Name)]
public sealed partial class XlRunTests : IDisposable
{
    // The suite's 58th test is for a 65C816, and skipped.
    private const int SuiteTests = 57;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Systems => new("", "foreign");

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("xl_800_ntsc", "")]
    [InlineData("xl_800_pal", "")]
    [InlineData("xl_800_ntsc", "foreign")]
    [InlineData("xl_800_pal", "foreign")]
    public async Task Acid800_runs_unattended_and_the_log_has_each_verdict(string profile, string system)
    {
        Packages.Require();
        string disk = Suite();
        string log = _folder["suite.log"];
        var run = await Run([
            "--machine", "xl", "--profile", profile, .. Rom(system), "--disk", $"D1={disk}", "--screen-log", log,
            "--until-text", "Passed:", "--frames", "20", "--timeout-frames", "25000", "--screen-text"]);
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains($"Passed: {SuiteTests}  Failed: 0  Skipped: 1", run.Output, StringComparison.Ordinal);
        var verdicts = Verdicts(await File.ReadAllTextAsync(log));
        Assert.True(verdicts.Count >= SuiteTests, string.Join('\n', verdicts.Keys));
        Assert.DoesNotContain("FAIL", verdicts.Values);
    }

    [SkippableTheory]
    [MemberData(nameof(Systems))]
    public async Task Five_hundred_characters_arrive_whole(string system)
    {
        Packages.Require();

        // Equal keys in a row are what a keyboard's debouncing would swallow, and BASIC is busy after each line.
        var lines = Enumerable.Range(1, 14).Select(line => $"{line * 10} REM {Doubled(line)}").ToList();
        Assert.True(lines.Sum(line => line.Length + 1) > 500);
        var run = await Run([
            "--machine", "xl", .. Rom(system), "--until-text", system.Length == 0 ? "READY" : "Ready", "--type", string.Concat(lines.Select(line => line + "\\n")),
            "--type", "{CLEAR}LIST\\n", "--frames", "150", "--screen-text"]);
        Assert.True(run.Code == 0, run.Errors);
        Assert.Equal(lines, run.Output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains("REM", StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [InlineData("a.atr", "BASIC is off", "DISK")]
    [InlineData("b.atx", "BASIC is off", "TURN")]
    [InlineData("c.bas", "BASIC is on", "BASE")]
    [InlineData("d (PAL).lst", "Its name says PAL", "LIST")]
    [InlineData("e.xex", "its loader switches BASIC off", "PROG")]
    [InlineData("f.car", "is a cartridge", "CART")]
    [InlineData("g.cas", "is a cassette", "TAPE")]
    public async Task A_file_of_each_kind_that_is_only_named_runs(string name, string said, string shown)
    {
        Packages.Require();
        File.WriteAllBytes(_folder[name], Path.GetExtension(name) switch
        {
            ".atr" => DroppedSamples.Atr(),
            ".atx" => DroppedSamples.Atx(),
            ".bas" => DroppedSamples.Bas(),
            ".lst" => DroppedSamples.Lst(),
            ".xex" => DroppedSamples.Xex(),
            ".car" => DroppedSamples.Car(),
            _ => DroppedSamples.Cas(),
        });

        // The OS beeps for a tape and waits for a key.
        string[] key = name.EndsWith(".cas", StringComparison.Ordinal) ? ["--frames", "200", "--type", "\n"] : [];
        var run = await Run([_folder[name], .. key, "--until-text", shown]);
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    private static string Doubled(int line) =>
        string.Concat(Enumerable.Range(0, 15).Select(place => new string(Letters[((line * 7) + (place * 5)) % Letters.Length], 2)));

    private static Dictionary<string, string> Verdicts(string log)
    {
        var verdicts = new Dictionary<string, string>(StringComparer.Ordinal);

        // A verdict that does not fit into its line goes on in the next.
        foreach (Match match in Verdict().Matches(log.Replace("\n  ", "\u0001", StringComparison.Ordinal)))
        {
            verdicts[match.Groups["test"].Value.Replace("\u0001", "", StringComparison.Ordinal)] = match.Groups["verdict"].Value.Replace("\u0001", "", StringComparison.Ordinal);
        }

        return verdicts;
    }

    [GeneratedRegex("\u0001(?<test>[A-Z]+: [A-Za-z0-9+/ .()\u0001-]+?)\\.\\.\\.(?<verdict>P\u0001?a\u0001?s\u0001?s|F\u0001?A\u0001?I\u0001?L|Skipped)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Verdict();

    private static string[] Rom(string system)
    {
        if (system.Length == 0)
        {
            return [];
        }

        string folder = Environment.GetEnvironmentVariable("ATTIC_XL_ROMS") ?? "";
        Skip.IfNot(
            folder.Length > 0 && File.Exists(Path.Combine(folder, "ATARIXL.ROM")) && File.Exists(Path.Combine(folder, "ATARIBAS.ROM")),
            "Needs an XL's OS and BASIC: set ATTIC_XL_ROMS to a folder with ATARIXL.ROM and ATARIBAS.ROM (AltirraOS for example).");
        return ["--rom", folder];
    }

    private static string Suite()
    {
        string folder = Environment.GetEnvironmentVariable("ATTIC_VECTORS") ?? SourceTree.File("../shared/vectors");
        string image = Path.Combine(folder, "acid800", "acid800.atr");
        Skip.IfNot(File.Exists(image), "Needs Avery Lee's Acid800: set ATTIC_VECTORS to a folder with acid800/acid800.atr.");
        return image;
    }

    private Task<CommandRun> Run(params string[] arguments) =>
        CommandRun.Of(["run", "--card", Path.Combine(_folder.Path, "card"), .. arguments]);
}
