using System.Diagnostics;

namespace Attic.Firmware.Xl.Tests;

/// <summary>The committed ROM is what the committed sources build.</summary>
public sealed class RebuildTests
{
    [SkippableFact]
    public void The_sources_build_the_committed_operating_system_byte_for_byte()
    {
        foreach (string tool in new[] { "make", "awk", "ca65", "ld65" })
        {
            Skip.IfNot(OnPath(tool), $"{tool} is missing: apt-get install -y make cc65");
        }

        string build = Directory.CreateTempSubdirectory("attic-firmware-xl-").FullName;
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

    [Fact]
    public void Jumps_lie_where_they_are_published()
    {
        byte[] rom = FirmwareTree.Os();
        Assert.Equal(16384, rom.Length);
        for (int address = 0xE450; address < 0xE48F; address += 3)
        {
            Assert.Equal(0x4C, rom[address - 0xC000]);
        }

        foreach (int table in new[] { 0xE400, 0xE410, 0xE420, 0xE430, 0xE440, 0xE48F })
        {
            Assert.Equal(0x4C, rom[table - 0xC000 + 12]);
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
