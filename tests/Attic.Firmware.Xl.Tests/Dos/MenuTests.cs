using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Media.AtariDos;
using Attic.Media.Floppies8;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>The disk utilities, as a user types into them.</summary>
public sealed class MenuTests
{
    [Fact]
    public void The_menu_lists_copies_renames_locks_and_deletes()
    {
        var (computer, disk) = MenuUser.Start(DosDisk.Shipped());
        computer.Item("A", "DIRECTORY: FILES, LIST TO", "", "FREE SECTORS");
        Assert.Matches(@"DOS     SYS 0\d\d\n +DUP     SYS 0\d\d\n +\d\d\d FREE SECTORS", computer.Screen);
        computer.Item("C", "COPY: FROM, TO", "DUP.SYS,D:TOOLS.OBJ", "DONE");
        computer.Item("E", "RENAME: OLD", "TOOLS.OBJ,TOOLS.BIN", "DONE");
        Assert.Equal(disk.Volume().ReadFile("DUP.SYS"), disk.Volume().ReadFile("TOOLS.BIN"));
        computer.Item("F", "FILES", "TOOLS.*", "DONE");
        computer.Item("D", "DELETE: FILES", "*.BIN", "Y DELETES");
        computer.Answer("Y", "ERROR 167");
        computer.Item("G", "FILES", "TOOLS.*", "DONE");
        computer.Item("D", "DELETE: FILES", "*.BIN", "Y DELETES");
        computer.Answer("Y", "DONE");
        Assert.Equal(["DOS.SYS", "DUP.SYS"], disk.Volume().List().Select(file => file.Name));
        Assert.Empty(disk.Volume().FindFaults());
    }

    [Fact]
    public void A_disk_is_formatted_gets_DOS_files_and_all_files_and_starts()
    {
        byte[] source = DosDisk.Shipped();
        AtariDosVolume.Open(source).WriteFile("HELLO.TXT", Cio.Text("HELLO\n"));
        var (computer, _) = MenuUser.Start(source);
        byte[] unformatted = DosDisk.Shipped();
        unformatted.AsSpan(16).Clear();
        var second = computer.Insert(2, unformatted);
        computer.Item("I", "FORMAT: DRIVE", "2", "Y ERASES");
        computer.Answer("Y", "DONE");
        Assert.Empty(second.Volume().FindFaults());
        Assert.Equal(1010, second.Volume().FreeSectors);
        computer.Item("P", "FORMAT: DRIVE", "2", "Y ERASES");
        computer.Answer("Y", "DONE");
        Assert.Equal(707, second.Volume().FreeSectors);
        computer.Item("H", "WRITE DOS FILES", "2", "Y WRITES");
        computer.Answer("Y", "DONE");
        computer.Item("C", "COPY: FROM, TO", "*.TXT,D2:", "DONE");
        Assert.Equal(Cio.Text("HELLO\n"), second.Volume().ReadFile("HELLO.TXT"));
        Assert.Equal(AtariDosVolume.Open(source).ReadFile("DUP.SYS"), second.Volume().ReadFile("DUP.SYS"));
        Assert.Empty(second.Volume().FindFaults());
        MenuUser.Start(second.ToFile());
    }

    [Fact]
    public void Memory_is_saved_loaded_and_run()
    {
        var (computer, disk) = MenuUser.Start(DosDisk.Shipped());
        computer.Poke(0x5000, 0xA9, 0x77, 0x8D, 0x00, 0x51, 0x60);
        computer.Item("K", "BINARY SAVE", "RUN.OBJ,5000,5005,,5000", "DONE");
        byte[] file = disk.Volume().ReadFile("RUN.OBJ");
        Assert.Equal("FFFF00500550A9778D005160E002E1020050", Convert.ToHexString(file));
        computer.Poke(0x5000, 0, 0, 0, 0, 0, 0);
        computer.Item("L", "BINARY LOAD", "RUN.OBJ", "DONE");
        Assert.Equal(0x77, computer.Peek(0x5100));
        computer.Poke(0x5100, 0);
        computer.Item("M", "RUN: ADDRESS", "5000", "SELECT");
        computer.RunUntil(() => computer.Peek(0x5100) == 0x77);
        computer.Item("L", "BINARY LOAD", "NONE", "ERROR 170");
    }

    [Fact]
    public void A_whole_disk_is_duplicated()
    {
        var (computer, disk) = MenuUser.Start(DosDisk.Shipped());
        byte[] blank = disk.ToFile();
        blank.AsSpan(16).Clear();
        var second = computer.Insert(2, blank);
        computer.Item("J", "DUPLICATE: FROM", "1,2", "Y GOES ON");
        computer.Type("Y\n");
        computer.RunUntil(() => computer.Screen.TrimEnd().EndsWith("MENU", StringComparison.Ordinal) && computer.Screen.Contains("DONE", StringComparison.Ordinal), 30_000, "DONE");
        Assert.Equal(disk.ToFile(), second.ToFile());
    }

    [Fact]
    public void A_file_larger_than_memory_goes_to_another_disk_in_the_same_drive()
    {
        byte[] content = [.. Enumerable.Range(0, 50_000).Select(at => (byte)((at * 7) ^ (at >> 8)))];
        var (computer, source) = MenuUser.Start(DosDisk.Shipped());
        byte[] image = AtariDosVolume.Create(AtariDiskShape.Single);
        var volume = AtariDosVolume.Open(image);
        volume.WriteFile("LARGE.DAT", content);
        volume.WriteFile("LARGE2.DAT", content.AsSpan(0, 1000));
        var from = DiskImage8.FromBytes("from.atr", image);
        var to = DiskImage8.FromBytes("to.atr", AtariDosVolume.Create(AtariDiskShape.Single));
        computer.Item("O", "DUPLICATE: FILE", "LARGE*.DAT", "INSERT SOURCE");
        int turns = 0;
        for (; !computer.Screen.Contains("DONE", StringComparison.Ordinal); turns++)
        {
            bool wantsSource = computer.Screen.TrimEnd().EndsWith("INSERT SOURCE, THEN RETURN", StringComparison.Ordinal);
            computer.Machine.Capability<IFloppyDrives>()!.Insert(0, wantsSource ? from : to, computer.Machine.Now);
            computer.Type("{SHIFT+CLEAR}\n");
            computer.RunUntil(() => computer.Screen.Contains("THEN RETURN", StringComparison.Ordinal) || computer.Screen.Contains("DONE", StringComparison.Ordinal), 12_000, "The next step");
            computer.Run(10);
        }

        Assert.InRange(turns, 7, 12);
        Assert.Equal(content, to.Volume().ReadFile("LARGE.DAT"));
        Assert.Equal(content[..1000], to.Volume().ReadFile("LARGE2.DAT"));
        Assert.Empty(to.Volume().FindFaults());
        Assert.Equal(image, from.ToFile());
        Assert.Equal(DosDisk.Shipped(), source.ToFile());
    }

    [Theory]
    [InlineData("enhanced")]
    [InlineData("double")]
    public void P_makes_a_single_density_disk_of_any(string density)
    {
        var (computer, _) = MenuUser.Start(DosDisk.Shipped());
        var second = computer.Insert(2, AtariDosVolume.Create(density == "double" ? AtariDiskShape.Double : AtariDiskShape.Enhanced));
        computer.Item("P", "FORMAT: DRIVE", "2", "Y ERASES");
        computer.Answer("Y", "DONE");
        Assert.Equal(AtariDiskShape.Single, second.Shape);
        Assert.Equal(707, second.Volume().FreeSectors);
        Assert.Empty(second.Volume().FindFaults());
    }
}
