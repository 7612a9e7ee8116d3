using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Media.AtariDos;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>The disk utilities, as a user types into them.</summary>
public sealed class MenuTests
{
    private const int Patience = 3000;

    [Fact]
    public void The_menu_lists_copies_renames_locks_and_deletes()
    {
        var (computer, disk) = Start(DosDisk.Shipped());
        Item(computer, "A", "DIRECTORY: FILES, LIST TO", "", "FREE SECTORS");
        Assert.Matches(@"DOS     SYS 0\d\d\n +DUP     SYS 0\d\d\n +\d\d\d FREE SECTORS", computer.Screen);
        Item(computer, "C", "COPY: FROM, TO", "DUP.SYS,D:TOOLS.OBJ", "DONE");
        Item(computer, "E", "RENAME: OLD", "TOOLS.OBJ,TOOLS.BIN", "DONE");
        Assert.Equal(disk.Volume().ReadFile("DUP.SYS"), disk.Volume().ReadFile("TOOLS.BIN"));
        Item(computer, "F", "FILES", "TOOLS.*", "DONE");
        Item(computer, "D", "DELETE: FILES", "*.BIN", "Y DELETES");
        Answer(computer, "Y", "ERROR 167");
        Item(computer, "G", "FILES", "TOOLS.*", "DONE");
        Item(computer, "D", "DELETE: FILES", "*.BIN", "Y DELETES");
        Answer(computer, "Y", "DONE");
        Assert.Equal(["DOS.SYS", "DUP.SYS"], disk.Volume().List().Select(file => file.Name));
        Assert.Empty(disk.Volume().FindFaults());
    }

    [Fact]
    public void A_disk_is_formatted_gets_DOS_files_and_all_files_and_starts()
    {
        byte[] source = DosDisk.Shipped();
        AtariDosVolume.Open(source).WriteFile("HELLO.TXT", Cio.Text("HELLO\n"));
        var (computer, _) = Start(source);
        byte[] unformatted = DosDisk.Shipped();
        unformatted.AsSpan(16).Clear();
        var second = computer.Insert(2, unformatted);
        Item(computer, "I", "FORMAT: DRIVE", "2", "Y ERASES");
        Answer(computer, "Y", "DONE");
        Assert.Empty(second.Volume().FindFaults());
        Assert.Equal(707, second.Volume().FreeSectors);
        Item(computer, "H", "WRITE DOS FILES", "2", "Y WRITES");
        Answer(computer, "Y", "DONE");
        Item(computer, "C", "COPY: FROM, TO", "*.TXT,D2:", "DONE");
        Assert.Equal(Cio.Text("HELLO\n"), second.Volume().ReadFile("HELLO.TXT"));
        Assert.Equal(AtariDosVolume.Open(source).ReadFile("DUP.SYS"), second.Volume().ReadFile("DUP.SYS"));
        Assert.Empty(second.Volume().FindFaults());
        Start(second.ToFile());
    }

    [Fact]
    public void Memory_is_saved_loaded_and_run()
    {
        var (computer, disk) = Start(DosDisk.Shipped());
        computer.Poke(0x5000, 0xA9, 0x77, 0x8D, 0x00, 0x51, 0x60);
        Item(computer, "K", "BINARY SAVE", "RUN.OBJ,5000,5005,,5000", "DONE");
        byte[] file = disk.Volume().ReadFile("RUN.OBJ");
        Assert.Equal("FFFF00500550A9778D005160E002E1020050", Convert.ToHexString(file));
        computer.Poke(0x5000, 0, 0, 0, 0, 0, 0);
        Item(computer, "L", "BINARY LOAD", "RUN.OBJ", "DONE");
        Assert.Equal(0x77, computer.Peek(0x5100));
        computer.Poke(0x5100, 0);
        Item(computer, "M", "RUN: ADDRESS", "5000", "SELECT");
        computer.RunUntil(() => computer.Peek(0x5100) == 0x77);
        Item(computer, "L", "BINARY LOAD", "NONE", "ERROR 170");
    }

    [Fact]
    public void A_whole_disk_is_duplicated()
    {
        var (computer, disk) = Start(DosDisk.Shipped());
        byte[] blank = disk.ToFile();
        blank.AsSpan(16).Clear();
        var second = computer.Insert(2, blank);
        Item(computer, "J", "DUPLICATE: FROM", "1,2", "Y GOES ON");
        Type(computer, "Y\n");
        computer.RunUntil(() => computer.Screen.TrimEnd().EndsWith("MENU", StringComparison.Ordinal) && computer.Screen.Contains("DONE", StringComparison.Ordinal), 30_000, "DONE");
        Assert.Equal(disk.ToFile(), second.ToFile());
    }

    private static (XlComputer Computer, Attic.Media.Floppies8.DiskImage8 Disk) Start(byte[] image)
    {
        var computer = new XlComputer(held: "console.option");
        var disk = computer.Insert(1, image);
        computer.RunUntil("SELECT", Patience);
        computer.Control("console.option", InputPhase.Release);
        computer.Run(30);
        return (computer, disk);
    }

    // Clears the screen first, so that what is waited for is new.
    private static void Item(XlComputer computer, string letter, string prompt, string answer, string result)
    {
        Type(computer, "{SHIFT+CLEAR}" + letter + "\n");
        computer.RunUntil(prompt, Patience);
        computer.Run(20);
        Answer(computer, answer, result);
    }

    private static void Answer(XlComputer computer, string answer, string result)
    {
        Type(computer, answer + "\n");
        computer.RunUntil(result, Patience);
        computer.Run(20);
    }

    private static void Type(XlComputer computer, string text) => computer.Type(text);
}
