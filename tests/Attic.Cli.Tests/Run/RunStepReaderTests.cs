using System.CommandLine;
using Attic.Cli.Run;
using Attic.Cli.Verbs;

namespace Attic.Cli.Tests.Run;

public class RunStepReaderTests
{
    [Fact]
    public void Steps_keep_the_order_of_the_command_line() => Assert.Equal(
        ["--frames 5", "--type \"a\"", "--frames 7", "--until-idle", "--until-text \"x\"", "--until-idle", "--type \"b\""],
        Read("--frames 5 --type a --frames=7 --until-idle --json --until-text x --until-idle --type b --machine st"));

    [Fact]
    public void Without_a_step_ten_seconds_are_run() => Assert.Equal(["--frames 500"], Read("--json"));

    [Theory]
    [InlineData("--frames 0")]
    [InlineData("--frames -3")]
    [InlineData("--frames many")]
    [InlineData("--frames")]
    [InlineData("--until-text")]
    public void A_step_that_makes_no_sense_is_refused(string line) =>
        Assert.Equal(ExitCode.BadInput, Assert.Throws<CommandFailure>(() => Read(line)).Code);

    private static IEnumerable<string> Read(string line)
    {
        var root = new RootCommand { RunVerb.Build() };
        return RunStepReader.Read(root.Parse(["run", .. line.Split(' ')]).Tokens, KeyNames.Of("atari_st")).Select(step => step.Describe());
    }
}
