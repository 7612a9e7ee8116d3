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
            byte[] image = AtariDosVolume.Create(AtariDiskShape.Single);
            var volume = AtariDosVolume.Open(image);
            foreach (string file in new[] { "DOS.SYS", "DUP.SYS" })
            {
                volume.WriteFile(file, File.ReadAllBytes(Path.Combine(build, file)));
            }

            volume.WriteBoot(File.ReadAllBytes(Path.Combine(build, "boot.bin")));
            Assert.Equal(DosDisk.Shipped(), image);
            Assert.Empty(volume.FindFaults());
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
