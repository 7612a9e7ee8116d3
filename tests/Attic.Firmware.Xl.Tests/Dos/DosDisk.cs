using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Media.AtariDos;
using Attic.Media.Floppies8;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>Our DOS's disk and machines that have started from it.</summary>
internal static class DosDisk
{
    private const int Boots = 1800;

    /// <summary>The disk that we ship.</summary>
    public static byte[] Shipped() => File.ReadAllBytes(Path.Combine(FirmwareTree.Folder, "attic-dos.atr"));

    /// <summary>A disk of any density with our DOS on it.</summary>
    public static byte[] Make(AtariDiskShape shape, bool menu = true) => AtariDosSystem.FromDisk(Shipped()).CreateDisk(shape, menu);

    /// <summary>Puts a disk into a drive, 1 to 8.</summary>
    public static DiskImage8 Insert(this XlComputer computer, int drive, byte[] image)
    {
        var disk = DiskImage8.FromBytes($"d{drive}.atr", image);
        computer.Machine.Capability<IFloppyDrives>()!.Insert(drive - 1, disk, computer.Machine.Now);
        return disk;
    }

    /// <summary>A machine that has started our DOS from a disk of ours and then waits for calls, and the disk.</summary>
    /// <remarks>The waiting program is the disk's AUTORUN.SYS, deleted afterwards.</remarks>
    public static (XlComputer Computer, DiskImage8 Disk) Start(AtariDiskShape? shape = null, byte[]? os = null)
    {
        byte[] image = Make(shape ?? AtariDiskShape.Single, menu: false);
        AtariDosVolume.Open(image).WriteFile("AUTORUN.SYS", Autorun());
        var computer = new XlComputer(os, held: "console.option");
        var disk = computer.Insert(1, image);
        computer.RunUntil(() => computer.PeekWord(0x2E0) == 0x600 && computer.PeekWord(0x06EE) == 0xA55A, Boots, "AUTORUN.SYS");
        computer.Control("console.option", InputPhase.Release);
        Assert.Equal(1, computer.Do(1, 33, Cio.Text("D:AUTORUN.SYS\n")));
        return (computer, disk);
    }

    /// <summary>The file system of a disk as it is now in its drive.</summary>
    public static AtariDosVolume Volume(this DiskImage8 disk) => AtariDosVolume.Open(disk.ToFile());

    // Segments: the program, its mark and switch, RUNAD.
    private static byte[] Autorun() =>
    [
        0xFF, 0xFF, 0x00, 0x06, (byte)(XlComputer.WaitProgram.Length - 1), 0x06, .. XlComputer.WaitProgram,
        0xEE, 0x06, 0xF0, 0x06, 0x5A, 0xA5, 0x00,
        0xE0, 0x02, 0xE1, 0x02, 0x00, 0x06,
    ];
}
