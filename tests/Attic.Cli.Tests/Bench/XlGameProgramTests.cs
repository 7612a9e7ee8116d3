using System.ComponentModel;
using System.Diagnostics;
using Attic.Cli.Bench;
using Attic.Media.Floppies8;

namespace Attic.Cli.Tests.Bench;

public class XlGameProgramTests
{
    [SkippableFact]
    public void The_bytes_are_what_the_assembler_makes_of_the_source()
    {
        using var folder = new TemporaryFolder();
        Run("ca65", "-o", folder["game.o"], SourceTree.File("bench/xl-game.s"));
        Run("ld65", "-C", SourceTree.File("bench/xl-game.cfg"), "-o", folder["game.bin"], folder["game.o"]);
        byte[] expected = File.ReadAllBytes(folder["game.bin"]);
        byte[] ours = new byte[expected.Length];
        XlGameProgram.BootSectors.CopyTo(ours);
        Assert.Equal(expected, ours);
    }

    [Fact]
    public void The_disk_boots_the_program()
    {
        using var disk = DiskImage8.FromBytes("game.atr", XlGameDisk.Make());
        Assert.Equal(XlGameProgram.BootSectors[..128].ToArray(), disk.ReadSector(0, 0).ToArray());
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
            Skip.If(true, $"{tool} is not installed. To run this test: sudo apt-get install -y cc65");
        }
    }
}
