using System.Diagnostics;
using Attic.Abi.Media;
using Attic.Media.AtariDos;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>The committed disk is what the committed sources make.</summary>
public sealed class DiskRebuildTests
{
    [SkippableFact]
    public void The_sources_make_the_committed_disk_byte_for_byte()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (string tool in new[] { "make", "ca65", "ld65" })
        {
            Skip.IfNot(folders.Any(folder => File.Exists(Path.Combine(folder, tool))), $"{tool} is missing: apt-get install -y make cc65");
        }

        string build = Directory.CreateTempSubdirectory("attic-dos-").FullName;
        try
        {
            Make(build);
            byte[] Built(string file) => File.ReadAllBytes(Path.Combine(build, file));
            byte[] image = new AtariDosSystem(Built("boot.bin"), Built("DOS.SYS"), Built("DUP.SYS")).CreateDisk(AtariDiskShape.Single);
            Assert.Equal(DosDisk.Shipped(), image);
            Assert.Empty(AtariDosVolume.Open(image).FindFaults());
        }
        finally
        {
            Directory.Delete(build, recursive: true);
        }
    }

    private static void Make(string build)
    {
        var start = new ProcessStartInfo("make", [$"BUILD={build}"])
        {
            WorkingDirectory = Path.Combine(FirmwareTree.Folder, "dos"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var make = Process.Start(start)!;
        var errors = make.StandardError.ReadToEndAsync();
        string output = make.StandardOutput.ReadToEnd();
        make.WaitForExit();
        Assert.True(make.ExitCode == 0, output + errors.Result);
    }
}
