using Attic.Media.AtariDos;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>MEM.SAV: the menu takes memory and gives it back.</summary>
public sealed class MemorySaveTests
{
    private const string Name = "MEM.SAV";

    [Fact]
    public void A_program_and_its_strings_survive_the_menu()
    {
        var (computer, disk) = WithMemory();
        computer.Answer("DOS", "SELECT");
        computer.Item("A", "DIRECTORY", "", "FREE SECTORS");
        computer.Answer("B", "READY");
        AssertWhole(computer);
        Assert.Empty(disk.Volume().FindFaults());
    }

    [Fact]
    public void It_survives_RESET_in_the_menu()
    {
        var (computer, _) = WithMemory();
        computer.Answer("DOS", "SELECT");
        computer.PressReset();
        computer.RunUntil("READY");
        computer.Run(60);
        AssertWhole(computer);
    }

    [Fact]
    public void A_file_is_loaded_where_the_menu_was()
    {
        var (computer, disk) = WithMemory();
        byte[] image = disk.ToFile();
        AtariDosVolume.Open(image).WriteFile("OVER.OBJ", [0xFF, 0xFF, 0x00, 0x2C, 0x02, 0x2C, 1, 2, 3]);
        computer.Insert(1, image);
        computer.Answer("DOS", "SELECT");
        computer.Item("L", "BINARY LOAD", "OVER.OBJ", "DONE");
        computer.Item("L", "BINARY LOAD", "NONE.OBJ", "ERROR 170");
        computer.Answer("B", "READY");
        Assert.Equal([(byte)1, 2, 3], computer.Peek(0x2C00, 3));
        computer.Run(60);
        AssertWhole(computer);
    }

    [Fact]
    public void A_program_of_the_user_is_run_in_its_own_memory()
    {
        var (computer, _) = WithMemory();

        // INC $2F00; RTS where the menu will be
        computer.Poke(0x2E00, 0xEE, 0x00, 0x2F, 0x60);
        computer.Poke(0x2F00, 7);
        computer.Answer("DOS", "SELECT");
        computer.Item("M", "RUN: ADDRESS", "2E00", "SELECT");
        computer.Answer("B", "READY");
        Assert.Equal(8, computer.Peek(0x2F00));
    }

    [Fact]
    public void Copies_ask_before_they_take_all_memory()
    {
        var (computer, disk) = WithMemory();
        computer.Answer("DOS", "SELECT");
        computer.Item("C", "COPY: FROM, TO", "DUP.SYS,D:DUP2.SYS", "GIVES");
        computer.Answer("N", "DONE");
        Assert.Equal(disk.Volume().ReadFile("DUP.SYS"), disk.Volume().ReadFile("DUP2.SYS"));
        computer.Answer("B", "READY");
        AssertWhole(computer);
        computer.Answer("DOS", "SELECT");
        computer.Item("C", "COPY: FROM, TO", "DUP.SYS,D:DUP3.SYS", "GIVES");
        computer.Answer("Y", "DONE");
        computer.Answer("B", "READY");
        computer.Basic("LIST");
        Assert.DoesNotContain("10 DIM", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_file_BASIC_begins_anew_and_RESET_is_safe()
    {
        var (computer, _) = MenuUser.StartBasic(DosDisk.Shipped());
        computer.Basic("10 REM GONE");
        computer.Answer("DOS", "SELECT");
        computer.PressReset();
        computer.RunUntil("READY");
        computer.Basic("LIST");
        Assert.DoesNotContain("GONE", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_is_full_is_said_before_memory_is_lost()
    {
        var (computer, disk) = WithMemory();
        byte[] image = disk.ToFile();
        var volume = AtariDosVolume.Open(image);
        volume.Delete(Name);
        volume.WriteFile(Name, [0]);
        volume.WriteFile("FILLS.DSK", new byte[(volume.FreeSectors - 10) * volume.SectorData]);
        computer.Insert(1, image);
        computer.Answer("DOS", "MEM.SAV IS NOT WRITTEN");
        computer.Answer("N", "READY");
        AssertWhole(computer);
    }

    // A BASIC program whose string lies across all memory that the menu takes, and a disk with MEM.SAV.
    private static (XlComputer Computer, Attic.Media.Floppies8.DiskImage8 Disk) WithMemory()
    {
        var (maker, made) = MenuUser.Start(DosDisk.Shipped());
        maker.Item("N", "Y MAKES", "Y", "DONE");
        Assert.Equal(54 * 125, made.Volume().ReadFile(Name).Length);
        var (computer, disk) = MenuUser.StartBasic(made.ToFile());
        computer.Basic("10 DIM A$(9000):A$=\"=\":A$(9000)=A$:A$(2)=A$:A$(7001,7004)=\"KEPT\"");
        computer.Basic("RUN");
        return (computer, disk);
    }

    private static void AssertWhole(XlComputer computer)
    {
        computer.Basic("? LEN(A$);A$(7000,7005)");
        Assert.Contains("9000=KEPT=", computer.Screen, StringComparison.Ordinal);
        computer.Basic("LIST");
        Assert.Contains("10 DIM A$(9000)", computer.Screen, StringComparison.Ordinal);
    }
}
