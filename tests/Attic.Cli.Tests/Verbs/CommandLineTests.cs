namespace Attic.Cli.Tests.Verbs;

[Collection(ConsoleCollection.Name)]
public class CommandLineTests
{
    [Theory]
    [InlineData(ExitCode.Done, "")]
    [InlineData(ExitCode.Done, "--help")]
    [InlineData(ExitCode.Done, "--version")]
    [InlineData(ExitCode.Done, "run --help")]
    [InlineData(ExitCode.BadInput, "frobnicate")]
    [InlineData(ExitCode.BadInput, "run --frobnicate")]
    [InlineData(ExitCode.BadInput, "run --machine pdp11")]
    [InlineData(ExitCode.BadInput, "run --frames none")]
    [InlineData(ExitCode.BadInput, "run --timeout-frames 0")]
    [InlineData(ExitCode.BadInput, "run --type {NOKEY}")]
    [InlineData(ExitCode.BadInput, "run --disk C=x.st")]
    [InlineData(ExitCode.BadInput, "run --disk A=x.st --disk A=y.st")]
    [InlineData(ExitCode.BadInput, "bench --workload lazy")]
    [InlineData(ExitCode.BadInput, "bench --seconds 0")]
    [InlineData(ExitCode.BadInput, "bench --fp --operands 0")]
    [InlineData(ExitCode.BadInput, "up --port 70000")]
    [InlineData(ExitCode.BadInput, "up --sessions 65")]
    public async Task The_exit_code_says_how_it_went(int code, string line)
    {
        var result = await CommandRun.Of(line);
        Assert.Equal(code, result.Code);
        Assert.Equal(code == ExitCode.Done, result.Errors.Length == 0);
    }

    [Fact]
    public async Task Bare_attic_prints_the_help()
    {
        var result = await CommandRun.Of(string.Empty);
        Assert.Contains("attic up", result.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_option_and_where_help_is()
    {
        var result = await CommandRun.Of("up --port x");
        Assert.Contains("--port", result.Errors, StringComparison.Ordinal);
        Assert.Contains("attic up --help", result.Errors, StringComparison.Ordinal);
    }
}
