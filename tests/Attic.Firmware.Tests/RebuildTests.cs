using System.Diagnostics;

namespace Attic.Firmware.Tests;

/// <summary>The committed ROM and programs are what the committed sources build.</summary>
public sealed class RebuildTests
{
    [SkippableFact]
    public void The_sources_build_the_committed_image_and_programs_byte_for_byte()
    {
        foreach (string tool in new[] { "make", "awk", "m68k-linux-gnu-gcc", "m68k-linux-gnu-ld" })
        {
            Skip.IfNot(OnPath(tool), $"{tool} is missing: apt-get install -y make gcc-m68k-linux-gnu");
        }

        string build = Directory.CreateTempSubdirectory("attic-firmware-").FullName;
        try
        {
            var (exitCode, output) = Make($"BUILD={build}", "check");
            Assert.True(exitCode == 0, output);
        }
        finally
        {
            Directory.Delete(build, recursive: true);
        }
    }

    private static (int ExitCode, string Output) Make(params string[] arguments)
    {
        var start = new ProcessStartInfo("make", arguments)
        {
            WorkingDirectory = FirmwareTree.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var make = Process.Start(start)!;
        var errors = make.StandardError.ReadToEndAsync();
        string output = make.StandardOutput.ReadToEnd();
        make.WaitForExit();
        return (make.ExitCode, output + errors.Result);
    }

    private static bool OnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
