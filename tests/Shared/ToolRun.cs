using System.ComponentModel;
using System.Diagnostics;

namespace Attic.Tests;

/// <summary>Runs a tool of the host that not everyone has.</summary>
internal static class ToolRun
{
    /// <summary>Runs a tool to success; false when it is not installed.</summary>
    public static bool Succeeds(string tool, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a tool to success, or skips the test and says which package has it.</summary>
    public static void Require(string package, string tool, params string[] arguments) =>
        Skip.IfNot(Succeeds(tool, arguments), $"{tool} is not installed. To run this test: sudo apt-get install -y {package}");
}
