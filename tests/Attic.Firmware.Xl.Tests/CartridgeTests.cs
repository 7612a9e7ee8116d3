using Attic.Abi.AtariXl;

namespace Attic.Firmware.Xl.Tests;

/// <summary>What a cartridge at $A000 says with its last bytes, and when it is started (Atari OS manual, cartridges).</summary>
public sealed class CartridgeTests
{
    private const int Standard8Kb = 1;

    [Fact]
    public void A_cartridge_is_initialised_and_started_in_place_of_BASIC()
    {
        var computer = With(flags: 0x04);
        computer.RunUntil(() => computer.Peek(0x6001) == 1, 300, "The cartridge");
        Assert.Equal(1, computer.Peek(0x6000));
        Assert.Equal(0xA0, computer.Peek(0x6A));
        Assert.Equal(1, computer.Peek(0x06));
        Assert.Equal(0x9C40, computer.PeekWord(0x58));
    }

    [Fact]
    public void RESET_initialises_and_starts_it_again()
    {
        var computer = With(flags: 0x04);
        computer.RunUntil(() => computer.Peek(0x6001) == 1, 300);
        computer.PressReset();
        Assert.Equal([(byte)2, 2], computer.Peek(0x6000, 2));
        Assert.Equal(0xFF, computer.Peek(0x08));
    }

    [Fact]
    public void A_diagnostic_cartridge_gets_the_machine_before_anything_else()
    {
        var computer = With(flags: 0x84);
        computer.Run(1);
        Assert.Equal(1, computer.Peek(0x6000));
        computer.Run(200);
        Assert.Equal(0, computer.Peek(0x6001));
    }

    // init: inc $6000; if diagnostic: jmp *; rts — run: inc $6001; jmp *
    private static XlComputer With(byte flags)
    {
        byte[] image = new byte[0x2000];
        byte[] start = [0xEE, 0x00, 0x60, .. flags > 0x7F ? new byte[] { 0x4C, 0x03, 0xA0 } : [0x60, 0xEA, 0xEA], .. new byte[10], 0xEE, 0x01, 0x60, 0x4C, 0x13, 0xA0];
        start.CopyTo(image, 0);
        byte[] tail = [0x10, 0xA0, 0x00, flags, 0x00, 0xA0];
        tail.CopyTo(image, 0x1FFA);
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        computer.Machine.Capability<IXlCartridgeSlot>()!.Insert(Standard8Kb, image);
        computer.PowerCycle();
        computer.Poke(0x6000, 0, 0);
        return computer;
    }
}
