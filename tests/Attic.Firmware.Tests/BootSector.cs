using System.Buffers.Binary;
using System.Text;

namespace Attic.Firmware.Tests;

/// <summary>A boot sector that prints a line and waits for a key.</summary>
internal static class BootSector
{
    private const int Code = 0x3E;
    private const ushort Sum = 0x1234;

    private static readonly ushort[] Program =
    [
        0x487A, 0x0014,         // pea     text(pc)
        0x3F3C, 0x0009,         // move.w  #9,-(sp)     Cconws
        0x4E41,                 // trap    #1
        0x5C8F,                 // addq.l  #6,sp
        0x3F3C, 0x0007,         // move.w  #7,-(sp)     Crawcin
        0x4E41,                 // trap    #1
        0x548F,                 // addq.l  #2,sp
        0x4E75,                 // rts
        // text:
    ];

    /// <summary>Writes it into a disk's first sector, whose layout it keeps.</summary>
    public static void Install(byte[] disk, string text)
    {
        BinaryPrimitives.WriteUInt16BigEndian(disk, 0x6000 | (Code - 2));
        int at = Code;
        foreach (ushort word in Program)
        {
            BinaryPrimitives.WriteUInt16BigEndian(disk.AsSpan(at), word);
            at += 2;
        }

        Encoding.ASCII.GetBytes(text + "\0", disk.AsSpan(at));
        BinaryPrimitives.WriteUInt16BigEndian(disk.AsSpan(510), 0);
        ushort sum = 0;
        for (int word = 0; word < 510; word += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(disk.AsSpan(word));
        }

        BinaryPrimitives.WriteUInt16BigEndian(disk.AsSpan(510), (ushort)(Sum - sum));
    }
}
