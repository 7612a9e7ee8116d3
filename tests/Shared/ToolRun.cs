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
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output + errors.Result);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a tool to success, or skips the test and says which package has it.</summary>
    public static void Require(string package, string tool, params string[] arguments) =>
        Skip.IfNot(Succeeds(tool, arguments), Missing(package, tool));

    /// <summary>Runs make in a folder of the source tree to success, or skips the test when make or a tool that it needs is missing.</summary>
    /// <param name="packages">The packages that have the tools.</param>
    /// <param name="tools">What the Makefile calls.</param>
    /// <param name="folder">The Makefile's folder, from the top of the source tree.</param>
    /// <param name="arguments">Variables and targets.</param>
    public static void Make(string packages, string[] tools, string folder, params string[] arguments)
    {
        foreach (string tool in tools)
        {
            Skip.IfNot(Installed(tool), Missing(packages, tool));
        }

        Require(packages, "make", ["-C", SourceTree.File(folder), .. arguments]);
    }

    private static bool Installed(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    private static string Missing(string package, string tool) =>
        $"{tool} is not installed. To run this test: sudo apt-get install -y {package}";
}
