using Attic.Abi.AtariXl;
using Attic.Abi.State;

namespace Attic.Modules.XlMachine.Tests.Cartridges;

public class SlotTests
{
    // Copies TRIG3 and $A000 to $80 and $81, switches by a write to $D580, copies both again, waits.
    private static readonly byte[] Program =
    [
        0xAD, 0x13, 0xD0, 0x85, 0x80, 0xAD, 0x00, 0xA0, 0x85, 0x81,
        0x8D, 0x80, 0xD5,
        0xAD, 0x13, 0xD0, 0x85, 0x82, 0xAD, 0x00, 0xA0, 0x85, 0x83,
        0x4C, 0x17, 0xE0,
    ];

    [Fact]
    public void Trig3_follows_the_cartridge_that_is_seen_and_RAM_comes_back_when_it_goes()
    {
        var machine = TestMachine.Build(Program);
        byte[] image = new byte[1 << 20];
        image[0] = 0x77;
        machine.Capability<IXlCartridgeSlot>()!.Insert(75, image);
        machine.Reset(Abi.Chips.ResetKind.Cold);
        machine.Poke(0x8000, [1]);
        machine.RunFrames(2);
        Assert.Equal((1, 0x77, 0), (machine.PeekByte(0x80), machine.PeekByte(0x81), machine.PeekByte(0x82)));
        Assert.NotEqual(0x77, machine.PeekByte(0x83));
    }

    [Fact]
    public void A_cartridge_is_before_BASIC_and_RAM_and_leaves_both_as_they_were()
    {
        var machine = TestMachine.Build(0x4C, 0x00, 0xE0);
        byte ram = machine.PeekByte(0x8000);
        var slot = machine.Capability<IXlCartridgeSlot>()!;
        byte[] image = new byte[0x4000];
        image.AsSpan().Fill((byte)~ram);
        slot.Insert(2, image);
        Assert.Equal(((byte)~ram, "rom.cartridge"), (machine.PeekByte(0x8000), machine.RegionOf(0xA000)));
        Assert.Equal(0, machine.Poke(0x8000, [ram]));
        slot.Remove();
        Assert.Equal((ram, "chip_ram"), (machine.PeekByte(0x8000), machine.RegionOf(0x8000)));
    }

    [Fact]
    public void A_state_brings_back_the_bank_that_was_seen()
    {
        var machine = TestMachine.Build(0x8D, 0x03, 0xD5, 0x4C, 0x03, 0xE0);
        byte[] image = new byte[1 << 20];
        image[3 * 0x2000] = 0x33;
        machine.Capability<IXlCartridgeSlot>()!.Insert(75, image);
        machine.Reset(Abi.Chips.ResetKind.Cold);
        machine.RunFrames(2);
        byte[] saved = new StateSaver().Save(machine).ToArray();
        Assert.Equal(0x33, machine.PeekByte(0xA000));
        machine.Reset(Abi.Chips.ResetKind.Cold);
        Assert.Equal(0, machine.PeekByte(0xA000));
        new StateLoader().Load(machine, saved);
        Assert.Equal(0x33, machine.PeekByte(0xA000));
    }
}
