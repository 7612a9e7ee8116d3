using Attic.Abi.Media;

namespace Attic.Media.Tests.Floppies8;

/// <summary>Files of 8-bit disks for tests.</summary>
internal static class Images8
{
    public const int AtrHeader = 16;

    /// <summary>An ATR file with so many zero bytes of sectors.</summary>
    public static byte[] Atr(int sectorBytes, int length)
    {
        byte[] file = new byte[AtrHeader + length];
        (file[0], file[1]) = (0x96, 0x02);
        int paragraphs = length / 16;
        (file[2], file[3], file[6]) = ((byte)paragraphs, (byte)(paragraphs >> 8), (byte)(paragraphs >> 16));
        (file[4], file[5]) = ((byte)sectorBytes, (byte)(sectorBytes >> 8));
        return file;
    }

    /// <summary>The first index of a sector's number on a track, -1 without.</summary>
    public static int IndexOf(this IAtariDisk disk, int track, int number)
    {
        var sectors = disk.SectorsOfTrack(track);
        for (int index = 0; index < sectors.Length; index++)
        {
            if (sectors[index].Number == number)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Bytes with one value.</summary>
    public static byte[] Fill(int length, byte value)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }

    /// <summary>Reads every sector, as a drive could.</summary>
    public static int ReadAll(this IAtariDisk disk)
    {
        int bytes = 0;
        for (int track = 0; track < disk.Shape.Tracks; track++)
        {
            for (int index = 0; index < disk.SectorsOfTrack(track).Length; index++)
            {
                bytes += disk.ReadSector(track, index).Length;
            }
        }

        return bytes;
    }
}
