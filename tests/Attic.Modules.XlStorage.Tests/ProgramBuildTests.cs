using System.ComponentModel;
using System.Diagnostics;

namespace Attic.Modules.XlStorage.Tests;

public class ProgramBuildTests
{
    [SkippableFact]
    public void The_committed_program_is_what_its_source_makes()
    {
        string sources = Path.Combine(AppContext.BaseDirectory, "programs");
        string output = Directory.CreateTempSubdirectory("attic-probe-").FullName;
        try
        {
            Run("ca65", "-o", Path.Combine(output, "probe.o"), Path.Combine(sources, "probe.s"));
            Run("ld65", "-C", Path.Combine(sources, "probe.cfg"), "-o", Path.Combine(output, "probe.rom"), Path.Combine(output, "probe.o"));
            Assert.Equal(File.ReadAllBytes(Path.Combine(output, "probe.rom")), File.ReadAllBytes(Path.Combine(sources, "probe.rom")));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static void Run(string tool, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
        }
        catch (Win32Exception)
        {
            Skip.If(true, $"Needs {tool}: install Debian's cc65.");
        }
    }
}
