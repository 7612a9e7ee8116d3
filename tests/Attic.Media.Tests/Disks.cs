using Attic.Media.Floppies;

namespace Attic.Media.Tests;

/// <summary>Disk contents to test with.</summary>
internal static class Disks
{
    /// <summary>Every sector different: its number in its bytes.</summary>
    public static DiskContent Numbered(DiskGeometry geometry)
    {
        byte[] sectors = new byte[geometry.Bytes];
        for (int at = 0; at < sectors.Length; at++)
        {
            sectors[at] = (byte)((at / DiskContent.SectorBytes * 7) + (at % 251));
        }

        return new(geometry, sectors);
    }

    /// <summary>A sector full of one byte.</summary>
    public static byte[] Sector(byte value)
    {
        byte[] sector = new byte[DiskContent.SectorBytes];
        Array.Fill(sector, value);
        return sector;
    }
}
