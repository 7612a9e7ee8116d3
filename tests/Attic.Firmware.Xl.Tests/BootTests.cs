using Attic.Abi.Machines;
using Attic.Media.Floppies8;

namespace Attic.Firmware.Xl.Tests;

/// <summary>Starting from a disk (Atari OS manual, disk boot).</summary>
public sealed class BootTests
{
    // clc; inc $6000; rts, and the initialisation: inc $6001; lda #$f0; sta dosvec ...; rts
    private static readonly byte[] Program =
    [
        0x00, 2, 0x00, 0x30, 0x20, 0x30,
        0xEE, 0x00, 0x60, 0xA9, 0x40, 0x85, 0x0A, 0xA9, 0x30, 0x85, 0x0B, 0x18, 0x60,
        .. new byte[13],
        0xEE, 0x01, 0x60, 0x60,
        .. new byte[28],
        0xEE, 0x02, 0x60, 0xA9, 0x21, 0x8D, 0xC8, 0x02, 0x4C, 0x48, 0x30,
    ];

    [Fact]
    public void A_boot_disk_is_loaded_initialised_and_run()
    {
        byte[] disk = Disk();
        disk[128] = 0x77;
        var computer = Boot(disk);
        computer.RunUntil(() => computer.Peek(0x6002) > 0, 600, "DOSVEC");
        Assert.Equal([(byte)1, 1, 1], computer.Peek(0x6000, 3));
        Assert.Equal(0x77, computer.Peek(0x3080));
        Assert.Equal(1, computer.Peek(0x09) & 1);
        Assert.Equal([(byte)0, 0, 0x00, 0x30], computer.Peek(0x240, 4));
        Assert.Equal(0x3020, computer.PeekWord(0x0C));
    }

    [Fact]
    public void RESET_runs_initialisation_and_program_again_without_loading()
    {
        var computer = Boot(Disk());
        computer.RunUntil(() => computer.Peek(0x6002) > 0);
        computer.Machine.Capability<IFloppyDrives>()!.Eject(0, computer.Machine.Now);
        computer.PressReset();
        Assert.Equal([(byte)1, 2, 2], computer.Peek(0x6000, 3));
    }

    [Fact]
    public void A_boot_program_that_returns_carry_is_a_boot_error_and_tried_again()
    {
        byte[] disk = Disk();
        disk[17] = 0x38;
        var computer = Boot(disk);
        computer.RunUntil("BOOT ERROR\n  BOOT ERROR", 1500);
        Assert.True(computer.Peek(0x6000) >= 2);
        Assert.Equal(0, computer.Peek(0x6001));
    }

    [Fact]
    public void An_unreadable_first_sector_is_a_boot_error()
    {
        int asked = 0;
        var device = new SerialDevice((command, _) => command[1] switch
        {
            (byte)'S' => SerialDevice.Data(0x10, 0xFF, 0xE0, 0),
            (byte)'R' => Count(),
            _ => null,
        });
        var computer = new XlComputer(storage: device, held: "console.option");
        computer.RunUntil("BOOT ERROR", 900);
        Assert.True(asked >= 2);

        byte[] Count()
        {
            asked++;
            return [(byte)'A', (byte)'E', .. new byte[129]];
        }
    }

    private static XlComputer Boot(byte[] sectors)
    {
        var computer = new XlComputer(held: "console.option");
        computer.Machine.Capability<IFloppyDrives>()!.Insert(0, DiskImage8.FromBytes("boot.xfd", sectors), computer.Machine.Now);
        computer.Run(60);
        computer.Control("console.option", InputPhase.Release);
        return computer;
    }

    private static byte[] Disk()
    {
        byte[] sectors = new byte[720 * 128];
        Program.CopyTo(sectors, 0);
        return sectors;
    }
}
