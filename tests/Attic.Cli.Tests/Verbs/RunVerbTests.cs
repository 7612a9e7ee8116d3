using System.Text.Json;

namespace Attic.Cli.Tests.Verbs;

/// <summary>The whole way: the card, its signed modules, our ROM, a machine.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class RunVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task The_machine_boots_to_its_prompt_and_obeys()
    {
        Packages.Require();
        var run = await Run("--until-text", @"A:\>", "--type", @"ver\n", "--frames", "100", "--json");
        Assert.Equal(0, run.Code);
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("atari_st", report.GetProperty("machine").GetString());
        Assert.Equal("st_1040_pal", report.GetProperty("profile").GetString());
        Assert.Equal("frames", report.GetProperty("stopped_by").GetString());
        Assert.Contains(@"A:\>ver", report.GetProperty("screen_text").GetString(), StringComparison.Ordinal);
        Assert.True(report.GetProperty("frames").GetInt64() > 100);
        Assert.InRange(report.GetProperty("emulated_seconds").GetDouble(), 2, 60);
    }

    [SkippableFact]
    public async Task The_same_frames_give_the_same_hashes()
    {
        Packages.Require();
        string[] hashes = new string[2];
        for (int i = 0; i < 2; i++)
        {
            var run = await Run("--frames", "200", "--type", "x", "--frames", "50", "--json");
            var report = JsonDocument.Parse(run.Output).RootElement;
            hashes[i] = $"{report.GetProperty("state_hash")} {report.GetProperty("frame_hash")}";
        }

        Assert.Equal(hashes[0], hashes[1]);
    }

    [SkippableFact]
    public async Task A_text_that_never_comes_is_exit_code_3_and_still_leaves_the_picture()
    {
        Packages.Require();
        var run = await Run("--until-text", "never", "--timeout-frames", "20", "--screenshot", _folder["a.png"], "--wav", _folder["a.wav"]);
        Assert.Equal(ExitCode.WaitTimedOut, run.Code);
        Assert.Contains("--until-text \"never\"", run.Errors, StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder["a.png"]).Length > 100);

        // 20 PAL frames of 48 kHz stereo.
        Assert.InRange(new FileInfo(_folder["a.wav"]).Length, 19 * 958 * 4, 21 * 960 * 4);
    }

    [SkippableTheory]
    [InlineData("--profile", "st_4711_pal")]
    [InlineData("--rom", "/no/such/file")]
    [InlineData("--disk", "A=/no/such/file.st")]
    public async Task What_is_not_there_is_bad_input(string option, string value)
    {
        Packages.Require();
        var run = await Run(option, value, "--frames", "1");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.NotEmpty(run.Errors);
    }

    [SkippableFact]
    public async Task What_the_machine_writes_is_in_the_image_afterwards()
    {
        Packages.Require();
        await CommandRun.Of("disk", "create", _folder["work.st"]);
        var run = await Run("--disk", $"A={_folder["work.st"]}", "--until-text", @"A:\>", "--type", @"mkdir new\n", "--frames", "400");
        Assert.Equal(0, run.Code);
        byte[] image = File.ReadAllBytes(_folder["work.st"]);
        Assert.True(image.AsSpan().IndexOf("NEW        "u8) > 0);
        Assert.Equal(["work.st"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [SkippableFact]
    public async Task Our_XL_boots_to_BASIC_and_answers_on_both_standards()
    {
        Packages.Require();
        foreach (string profile in (string[])["xl_800_ntsc", "xe_130_pal"])
        {
            var run = await Run("--machine", "xl", "--profile", profile, "--until-text", "READY", "--type", @"PRINT 6*7\n", "--until-text", "42", "--json");
            Assert.True(run.Code == 0, run.Errors);
            Assert.Equal(profile, JsonDocument.Parse(run.Output).RootElement.GetProperty("profile").GetString());
        }
    }

    [SkippableFact]
    public async Task A_program_that_is_only_named_runs_in_its_machine_and_the_choice_is_told()
    {
        Packages.Require();
        File.WriteAllText(_folder["sum (PAL).lst"], "10 PRINT \"SUM \";40+2\n");
        var run = await Run(_folder["sum (PAL).lst"], "--until-text", "SUM 42", "--json");
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("BASIC is on", run.Errors, StringComparison.Ordinal);
        Assert.Contains("PAL", run.Errors, StringComparison.Ordinal);
        Assert.Equal("xl_800_pal", JsonDocument.Parse(run.Output).RootElement.GetProperty("profile").GetString());
    }

    [SkippableTheory]
    [InlineData("--disk", "A=x.st", "no drive A")]
    [InlineData("--memory", "100", "1088")]
    [InlineData("--rom", "/no/such/folder", "/no/such/folder")]
    public async Task What_an_XL_cannot_be_is_said(string option, string value, string said)
    {
        Packages.Require();
        var run = await Run("--machine", "xl", option, value, "--frames", "1");
        Assert.NotEqual(0, run.Code);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    private Task<CommandRun> Run(params string[] arguments) =>
        CommandRun.Of(["run", "--card", Path.Combine(_folder.Path, "card"), .. arguments]);
}
