using System.Diagnostics;

namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>The committed BASIC and the tests' file device are what the committed sources build.</summary>
public sealed class RebuildTests : IDisposable
{
    private readonly string _build = Directory.CreateTempSubdirectory("attic-basic-").FullName;

    public void Dispose() => Directory.Delete(_build, recursive: true);

    [SkippableFact]
    public void The_sources_build_the_committed_BASIC_byte_for_byte() => Run("make", "-C", "basic", $"BUILD={_build}", "check");

    [SkippableFact]
    public void The_file_device_of_the_tests_is_what_its_source_builds()
    {
        Run("ca65", "-I", "include", "-o", Path.Combine(_build, "device.o"), "tests/ramdevice.s");
        Run("ld65", "-C", "tests/ramdevice.cfg", "-o", Path.Combine(_build, "device.bin"), Path.Combine(_build, "device.o"));
        Assert.Equal(RamDevice.Code, File.ReadAllBytes(Path.Combine(_build, "device.bin")));
    }

    private static void Run(string tool, params string[] arguments)
    {
        foreach (string needed in new[] { "make", "ca65", "ld65" })
        {
            Skip.IfNot(OnPath(needed), $"{needed} is missing: apt-get install -y make cc65");
        }

        var start = new ProcessStartInfo(tool, arguments) { WorkingDirectory = FirmwareTree.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + errors.Result);
    }

    private static bool OnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
