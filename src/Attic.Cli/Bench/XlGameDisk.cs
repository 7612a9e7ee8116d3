using Attic.Abi.Media;
using Attic.Cli.Machines;
using Attic.Media.Floppies8;

namespace Attic.Cli.Bench;

/// <summary>The disk of an XL's game workload: it boots <see cref="XlGameProgram"/> under any OS.</summary>
internal static class XlGameDisk
{
    private const string Name = "xl-game.atr";
    private const int HeaderBytes = 16;

    /// <summary>The disk as an ATR file: single density, the program from sector 1 on.</summary>
    public static byte[] Make()
    {
        byte[] file = DiskImage8.Blank(Name, AtariDiskShape.Single)!;
        XlGameProgram.BootSectors.CopyTo(file.AsSpan(HeaderBytes));
        return file;
    }

    /// <summary>The request with this disk in drive D1, unless the user chose another.</summary>
    public static MachineRequest InsertInto(MachineRequest request) =>
        request.Disks.Any(disk => disk.Drive == 0)
            ? request
            : request with { MemoryDisks = [new MemoryDisk(0, DiskImage8.FromBytes(Name, Make()))] };
}
