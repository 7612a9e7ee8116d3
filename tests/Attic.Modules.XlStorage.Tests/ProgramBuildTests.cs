using System.ComponentModel;
using System.Diagnostics;

namespace Attic.Modules.XlStorage.Tests;

public class ProgramBuildTests
{
    [SkippableTheory]
    [InlineData("probe", "rom")]
    [InlineData("reader", "bin")]
    public void A_committed_program_is_what_its_source_makes(string name, string ending)
    {
        string sources = Path.Combine(AppContext.BaseDirectory, "programs");
        string output = Directory.CreateTempSubdirectory("attic-probe-").FullName;
        try
        {
            Run("ca65", "-o", Path.Combine(output, "p.o"), Path.Combine(sources, $"{name}.s"));
            Run("ld65", "-C", Path.Combine(sources, $"{name}.cfg"), "-o", Path.Combine(output, "p.out"), Path.Combine(output, "p.o"));
            Assert.Equal(File.ReadAllBytes(Path.Combine(sources, $"{name}.{ending}")), File.ReadAllBytes(Path.Combine(output, "p.out")));
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
