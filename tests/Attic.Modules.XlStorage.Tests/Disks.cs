using Attic.Abi.Media;
using Attic.Media.Floppies8;

namespace Attic.Modules.XlStorage.Tests;

/// <summary>Disks for tests.</summary>
internal static class Disks
{
    /// <summary>A formatted disk whose sectors hold their number, low byte and high byte in turn.</summary>
    public static DiskImage8 Numbered(AtariDiskShape shape, string name = "d.atr")
    {
        var disk = DiskImage8.FromBytes(name, DiskImage8.Blank(name, shape)!);
        for (int track = 0; track < shape.Tracks; track++)
        {
            for (int index = 0; index < disk.SectorsOfTrack(track).Length; index++)
            {
                var sector = disk.SectorsOfTrack(track)[index];
                int number = (track * shape.SectorsPerTrack) + sector.Number;
                byte[] data = new byte[sector.Length];
                for (int at = 0; at < data.Length; at++)
                {
                    data[at] = (byte)((at & 1) == 0 ? number : number >> 8);
                }

                Assert.True(disk.WriteSector(track, index, data));
            }
        }

        return disk;
    }

    /// <summary>An ATX disk by its description.</summary>
    public static DiskImage8 Described(string text) =>
        DiskImage8.FromBytes("d.atx", AtxSpec.Make(text, _ => throw new FileNotFoundException()));
}
