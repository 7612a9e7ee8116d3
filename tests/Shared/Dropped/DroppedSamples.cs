using System.Buffers.Binary;
using System.Text;
using Attic.Abi.Media;
using Attic.Media.Floppies8;

namespace Attic.Tests;

/// <summary>A file of each kind that an XL takes; each shows a word of its own at the top of the screen once it runs.</summary>
internal static class DroppedSamples
{
    private const int SectorBytes = 128;
    private const int Header = 16;

    /// <summary>A disk that boots without a DOS: DISK.</summary>
    public static byte[] Atr()
    {
        byte[] image = DiskImage8.Blank("a.atr", AtariDiskShape.Single)!;
        BootSector("DISK").CopyTo(image.AsSpan(Header));
        return image;
    }

    /// <summary>The same with angles: TURN.</summary>
    public static byte[] Atx()
    {
        using var disk = DiskImage8.FromBytes("a.atx", DiskImage8.Blank("a.atx", AtariDiskShape.Single)!);
        int first = disk.SectorsOfTrack(0).ToArray().ToList().FindIndex(sector => sector.Number == 1);
        Assert.True(disk.WriteSector(0, first, BootSector("TURN")));
        return disk.ToFile();
    }

    /// <summary>A binary file: PROG.</summary>
    public static byte[] Xex()
    {
        const ushort At = 0x2000;
        byte[] code = Code("PROG", At);
        byte[] file = new byte[6 + code.Length + 6];
        ushort[] words = [0xFFFF, At, (ushort)(At + code.Length - 1)];
        for (int index = 0; index < words.Length; index++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2 * index), words[index]);
        }

        code.CopyTo(file, 6);
        byte[] run = [0xE0, 0x02, 0xE1, 0x02, 0x00, 0x20];
        run.CopyTo(file, 6 + code.Length);
        return file;
    }

    /// <summary>A cartridge of 8 KB: CART.</summary>
    public static byte[] Car()
    {
        byte[] rom = new byte[0x2000];
        Code("CART", 0xA000).CopyTo(rom, 0);

        // Run address, zero, "start it", init address: an RTS.
        byte[] footer = [0x00, 0xA0, 0x00, 0x04, 0xF0, 0xBF];
        footer.CopyTo(rom, 0x1FFA);
        rom[0x1FF0] = 0x60;
        byte[] file = new byte[Header + rom.Length];
        "CART"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), 1);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(8), rom.Sum(value => value));
        rom.CopyTo(file, Header);
        return file;
    }

    /// <summary>A tape that boots, from one record behind a leader of ten seconds: TAPE.</summary>
    public static byte[] Cas()
    {
        byte[] record = [0x55, 0x55, 0xFC, .. BootSector("TAPE")];
        int sum = 0;
        foreach (byte value in record)
        {
            sum += value;
            sum = (sum & 0xFF) + (sum >> 8);
        }

        // A record of 132 bytes behind a gap of 10,000 ms.
        return [.. "FUJI\0\0\0\0"u8, .. "data"u8, 132, 0, 0x10, 0x27, .. record, (byte)sum];
    }

    /// <summary>A saved BASIC program: BASE.</summary>
    public static byte[] Bas()
    {
        // 10 PRINT "BASE", and the direct line LIST; before them no variable.
        byte[] line = [10, 0, 13, 13, 0x20, 0x0F, 4, .. "BASE"u8, 0x16];
        line[2] = line[3] = (byte)line.Length;
        byte[] direct = [0, 0x80, 6, 6, 0x04, 0x16];
        ushort table = 0x101;
        ushort[] pointers = [0, 0x100, 0x100, table, table, (ushort)(table + line.Length), (ushort)(table + line.Length + direct.Length)];
        byte[] file = new byte[14];
        for (int index = 0; index < pointers.Length; index++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2 * index), pointers[index]);
        }

        return [.. file, 0, .. line, .. direct];
    }

    /// <summary>A listed BASIC program: LIST.</summary>
    public static byte[] Lst() => Encoding.ASCII.GetBytes("10 PRINT \"LI\";\"ST\"\n");

    // Flags, sectors, load address, init address; the OS goes on behind them.
    private static byte[] BootSector(string word)
    {
        byte[] sector = new byte[SectorBytes];
        byte[] start = [0, 1, 0x00, 0x07, 0x00, 0x07, .. Code(word, 0x0706)];
        start.CopyTo(sector, 0);
        return sector;
    }

    // ldy #3; loop: lda text,y; sta (savmsc),y; dey; bpl loop; jmp *; text in the screen's code
    private static byte[] Code(string word, ushort at)
    {
        (int self, int text) = (at + 10, at + 13);
        return
        [
            0xA0, 3, 0xB9, (byte)text, (byte)(text >> 8), 0x91, 0x58, 0x88, 0x10, 0xF8, 0x4C, (byte)self, (byte)(self >> 8),
            .. word.Select(letter => (byte)(letter - 32)),
        ];
    }
}
