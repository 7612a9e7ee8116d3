using Attic.Cli.Machines;
using Attic.Media.Fat;
using Attic.Media.Floppies;

namespace Attic.Cli.Bench;

/// <summary>The disk of the busy workload: it starts <see cref="BusyProgram"/> by itself, under any TOS.</summary>
internal static class BusyDisk
{
    private const string Name = "busy.st";

    /// <summary>The disk: 720 KB, with the program in the AUTO folder.</summary>
    public static DiskContent Make()
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided);
        volume.MakeFolder("AUTO");
        volume.WriteFile("AUTO/BUSY.PRG", BusyProgram.ToFile());
        return new DiskContent(DiskGeometry.DoubleSided, volume.Image.Span);
    }

    /// <summary>The request with this disk in drive A, unless the user chose another.</summary>
    public static MachineRequest InsertInto(MachineRequest request) =>
        request.Disks.Any(disk => disk.Drive == 0)
            ? request
            : request with { MemoryDisks = [new MemoryDisk(0, FloppyImage.InMemory(Name, Make()))] };
}
