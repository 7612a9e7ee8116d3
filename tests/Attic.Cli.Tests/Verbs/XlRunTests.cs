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

    // A bank at $4000 of its own, where there is one: PORTB bit 4 brings it up. (From 576 KB on BASIC would go with its bit.)
    [SkippableTheory]
    [InlineData("64", "177")]
    [InlineData("128", "101")]
    [InlineData("256", "101")]
    [InlineData("320", "101")]
    [InlineData("320-compy", "101")]
    public async Task Memory_is_chosen_by_its_size(string memory, string shown)
    {
        Packages.Require();
        var run = await Run([
            "--machine", "xl", "--memory", memory, "--until-text", "READY",
            "--type", "POKE 16384,1:POKE 54017,237:POKE 16384,77:POKE 54017,253:PRINT 100+PEEK(16384)\\n", "--until-text", shown]);
        Assert.True(run.Code == 0, run.Errors);
    }

    [SkippableFact]
    public async Task What_memory_holds_at_power_on_is_chosen_and_random_is_the_same_for_the_same_seed()
    {
        Packages.Require();
        string[] zero = ["zero", "1"], pattern = ["pattern", "1"], random = ["random", "1"], other = ["random", "2"];
        var hashes = new List<string>();
        foreach (string[] choice in (string[][])[zero, pattern, random, other, zero, pattern, random])
        {
            var run = await Run(["--machine", "xl", "--power-on", choice[0], "--seed", choice[1], "--frames", "1", "--json"]);
            hashes.Add(System.Text.Json.JsonDocument.Parse(run.Output).RootElement.GetProperty("state_hash").GetString()!);
        }

        Assert.Equal(hashes[..3], hashes[4..]);
        Assert.Equal(4, hashes.Distinct().Count());
    }

    [SkippableFact]
    public async Task The_fast_path_of_SIO_starts_a_DOS_sooner_and_is_off_by_default()
    {
        Packages.Require();
        var frames = new List<long>();
        foreach (string[] option in (string[][])[[], ["--fast-sio"]])
        {
            string disk = _folder[$"dos{option.Length}.atr"];
            File.Copy(SourceTree.File("firmware/xl/attic-dos.atr"), disk);
            var run = await Run(["--machine", "xl", .. option, "--basic", "off", "--disk", $"D1={disk}", "--until-text", "ATTIC DOS", "--json"]);
            Assert.True(run.Code == 0, run.Errors);
            frames.Add(System.Text.Json.JsonDocument.Parse(run.Output).RootElement.GetProperty("frames").GetInt64());
        }

        Assert.True(frames[1] * 2 < frames[0], $"{frames[0]} pictures over the bus, {frames[1]} past it");
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
