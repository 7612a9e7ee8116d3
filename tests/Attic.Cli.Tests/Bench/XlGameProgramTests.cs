using Attic.Cli.Bench;
using Attic.Media.Floppies8;

namespace Attic.Cli.Tests.Bench;

public class XlGameProgramTests
{
    [SkippableFact]
    public void The_bytes_are_what_the_assembler_makes_of_the_source()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Require("cc65", "ca65", "-o", folder["game.o"], SourceTree.File("bench/xl-game.s"));
        ToolRun.Require("cc65", "ld65", "-C", SourceTree.File("bench/xl-game.cfg"), "-o", folder["game.bin"], folder["game.o"]);
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
}
