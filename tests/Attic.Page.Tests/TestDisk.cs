using System.Buffers.Binary;
using Attic.Media.Fat;
using Attic.Media.Floppies;

namespace Attic.Page.Tests;

/// <summary>Disk images that tests make.</summary>
internal static class TestDisk
{
    /// <summary>The YM2149's tone period that <see cref="Tone"/> programs.</summary>
    public const int TonePeriod = 142;

    private const int CodeOffset = 0x1E;
    private const ushort BootChecksum = 0x1234;

    /// <summary>The ST's YM clock, a sixteenth of the PAL crystal, over 16 and the period: the tone's frequency in Hz.</summary>
    public const double ToneFrequency = 32_084_988.0 / 16 / 16 / TonePeriod;

    /// <summary>An empty disk with a file of that name.</summary>
    public static byte[] WithFile(string name)
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided, serial: 0x1985);
        volume.WriteFile(name, "x"u8);
        return volume.Image.ToArray();
    }

    /// <summary>A disk whose boot sector plays a tone on channel A at full volume, forever.</summary>
    public static byte[] Tone()
    {
        byte[] disk = Fat12Volume.Format(DiskGeometry.DoubleSided, serial: 0x0440).Image.ToArray();
        byte[] code =
        [
            0x41, 0xF8, 0x88, 0x00, // lea $FFFF8800.w,a0       register select; data two bytes on
            .. SetRegister(7, 0xFE), // only tone A; both ports stay outputs
            .. SetRegister(0, TonePeriod),
            .. SetRegister(1, 0),
            .. SetRegister(8, 15),
            0x60, 0xFE, // bra.s *
        ];
        disk[0] = 0x60; // bra.s to the code behind the disk's description
        disk[1] = CodeOffset - 2;
        code.CopyTo(disk, CodeOffset);
        ushort sum = 0;
        for (int at = 0; at < 510; at += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(disk.AsSpan(at));
        }

        BinaryPrimitives.WriteUInt16BigEndian(disk.AsSpan(510), (ushort)(BootChecksum - sum));
        return disk;
    }

    // move.l #$RR00VV00,(a0)
    private static byte[] SetRegister(byte register, byte value) => [0x20, 0xBC, register, 0x00, value, 0x00];
}
