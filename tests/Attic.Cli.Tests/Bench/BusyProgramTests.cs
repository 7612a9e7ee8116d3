using Attic.Cli.Bench;
using Attic.Media.Fat;

namespace Attic.Cli.Tests.Bench;

public class BusyProgramTests
{
    [SkippableFact]
    public void The_bytes_are_what_the_assembler_makes_of_the_source()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Require("binutils-m68k-linux-gnu", "m68k-linux-gnu-as", "-m68000", "-o", folder["busy.o"], SourceTree.File("bench/busy.S"));
        ToolRun.Require("binutils-m68k-linux-gnu", "m68k-linux-gnu-objcopy", "-O", "binary", folder["busy.o"], folder["busy.bin"]);
        Assert.Equal(File.ReadAllBytes(folder["busy.bin"]), BusyProgram.Text.ToArray());
    }

    [Fact]
    public void The_disk_starts_the_program_by_itself()
    {
        var volume = Fat12Volume.Open(BusyDisk.Make().ToSectors());
        Assert.Equal(BusyProgram.ToFile(), volume.ReadFile("AUTO/BUSY.PRG"));
    }
}
