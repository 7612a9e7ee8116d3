using System.Diagnostics;

namespace Attic.Cli.Tests.Scripts;

/// <summary>The shell functions that sum up test results.</summary>
public sealed class ResultsTests : IDisposable
{
    private const string Results = """
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun>
          <Results>
            <UnitTestResult testName="A.Works(text: &quot;a&gt;b&quot;)" outcome="Passed" />
            <UnitTestResult testName="A.WorksWithOutput" outcome="Passed">
              <Output>
                <StdOut>hello</StdOut>
              </Output>
            </UnitTestResult>
            <UnitTestResult testName="A.Waits" outcome="NotExecuted">
              <Output>
                <ErrorInfo>
                  <Message>fetch &lt;this&gt; &amp; that
        or not</Message>
                </ErrorInfo>
              </Output>
            </UnitTestResult>
          </Results>
        </TestRun>
        """;

    private const string Failure = """
        <TestRun><Results><UnitTestResult testName="B.Breaks" outcome="Failed"><Output><ErrorInfo><Message>expected 1</Message></ErrorInfo></Output></UnitTestResult></Results></TestRun>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_last_line_counts_and_skips_carry_their_reasons()
    {
        var (code, lines) = Summarise(string.Empty, ("A", Results, 0));
        Assert.Equal(0, code);
        Assert.Equal("2 passed, 0 failed, 1 skipped", lines[^1]);
        Assert.Contains("      fetch <this> & that", lines);
    }

    [SkippableFact]
    public void A_failure_makes_the_exit_code_and_is_named()
    {
        var (code, lines) = Summarise(string.Empty, ("A", Results, 0), ("B", Failure, 1));
        Assert.Equal(1, code);
        Assert.Equal("2 passed, 1 failed, 1 skipped", lines[^1]);
        Assert.Contains("  B.Breaks", lines);
    }

    [SkippableFact]
    public void What_is_required_may_not_be_skipped()
    {
        var (code, lines) = Summarise("1", ("A", Results, 0));
        Assert.Equal(1, code);
        Assert.Equal("2 passed, 1 failed, 0 skipped", lines[^1]);
    }

    [SkippableFact]
    public void A_test_host_that_died_is_a_failure()
    {
        var (code, lines) = Summarise(string.Empty, ("A", Results, 134), ("C", null, 1));
        Assert.Equal(1, code);
        Assert.Equal("2 passed, 2 failed, 1 skipped", lines[^1]);
    }

    private (int Code, string[] Lines) Summarise(string requireAll, params (string Name, string? Trx, int Code)[] projects)
    {
        Skip.If(OperatingSystem.IsWindows(), "The test command is a shell script. To run this test: use Linux, macOS or WSL");
        string script = $". '{SourceTree.File("build/results.sh")}'\n";
        foreach (var (name, trx, code) in projects)
        {
            if (trx is not null)
            {
                File.WriteAllText(_folder[$"{name}.trx"], trx);
            }

            script += $"report_project '{_folder.Path}' {name} {code}\n";
        }

        script += $"summarise '{_folder.Path}' '{requireAll}'\n";
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true })!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output.TrimEnd('\n').Split('\n'));
    }
}
