using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.State;
using Attic.Media.Cartridges;

namespace Attic.Modules.XlMachine.Tests.Cartridges;

/// <summary>Flash cartridges, programmed from inside, and the slot in the back of SpartaDOS X.</summary>
public class FlashTests
{
    private const int Bank = 0x2000;

    // Unlocks an Atarimax cartridge: bank 2 holds $5555 of the chip, bank 1 $2AAA.
    private static readonly byte[] Unlock =
    [
        0x8D, 0x02, 0xD5, 0xA9, 0xAA, 0x8D, 0x55, 0xB5,
        0x8D, 0x01, 0xD5, 0xA9, 0x55, 0x8D, 0xAA, 0xAA,
        0x8D, 0x02, 0xD5,
    ];

    [Theory]
    [InlineData(41, 128)]
    [InlineData(75, 1024)]
    public void A_program_erases_a_sector_and_programs_a_byte(int type, int kilobytes)
    {
        using var image = Image(type, kilobytes);
        var machine = Run(image, type,
        [
            .. Unlock, .. Store(0x80, 0xB555), .. Unlock[..16], 0x8D, 0x00, 0xD5, .. Store(0x30, 0xA000),
            .. Unlock, .. Store(0xA0, 0xB555), 0x8D, 0x00, 0xD5, .. Store(0x5A, 0xA123),
            0xAD, 0x23, 0xA1, 0x85, 0x80, 0xAD, 0x22, 0xA1, 0x85, 0x81,
        ]);
        Assert.Equal((0x5A, 0xFF), (machine.PeekByte(0x80), machine.PeekByte(0x81)));
        Assert.Equal((0x5A, 0xFF, 0x11), (image.Image[0x123], image.Image[0x124], image.Image[^1]));
        Assert.Equal(0x5A, XlCartridgeFile.Read("flash.rom", image.ToFile(), type).Image.Span[0x123]);
    }

    [Fact]
    public void Programming_only_clears_bits()
    {
        using var image = Image(41, 128);
        Run(image, 41, [.. Unlock, .. Store(0xA0, 0xB555), .. Store(0xF0, 0xA000)]);
        Assert.Equal(0x10, image.Image[2 * Bank]);
    }

    [Fact]
    public void A_chip_names_itself_until_it_is_reset()
    {
        using var image = Image(41, 128);
        var machine = Run(image, 41,
        [
            .. Unlock, .. Store(0x90, 0xB555), 0xAD, 0x00, 0xA0, 0x85, 0x80, 0xAD, 0x01, 0xA0, 0x85, 0x81,
            .. Store(0xF0, 0xA000), 0xAD, 0x00, 0xA0, 0x85, 0x82,
        ]);
        Assert.Equal((0x01, 0x20, 0x11), (machine.PeekByte(0x80), machine.PeekByte(0x81), machine.PeekByte(0x82)));
    }

    [Fact]
    public void Writes_without_the_command_and_to_a_protected_image_change_nothing()
    {
        byte[] program = [.. Unlock, .. Store(0xA0, 0xB555), .. Store(0x00, 0xA000)];
        using var plain = Image(41, 128);
        Run(plain, 41, Store(0x00, 0xA000));
        Assert.Equal(0x11, plain.Image[0]);
        using var locked = Image(41, 128, writeProtect: true);
        Run(locked, 41, program);
        Assert.Equal(0x11, locked.Image[2 * Bank]);
    }

    [Fact]
    public void A_SIC_cartridge_wants_its_write_bit()
    {
        foreach (byte control in (byte[])[0x20, 0xA0])
        {
            using var image = Image(54, 128);

            // $8000 and $A000 show 16 KB; $5555 of the chip is in bank 1, $2AAA in bank 0.
            Run(image, 54,
            [
                .. Store((byte)(control | 1), 0xD500), .. Store(0xAA, 0x9555), .. Store(control, 0xD500), .. Store(0x55, 0xAAAA),
                .. Store((byte)(control | 1), 0xD500), .. Store(0xA0, 0x9555), .. Store(0x01, 0x8000),
            ]);
            Assert.Equal(control == 0xA0 ? 0x01 : 0x11, image.Image[0x4000]);
        }
    }

    [Fact]
    public void A_state_has_what_was_programmed()
    {
        using var image = Image(41, 128);
        var machine = Run(image, 41, [.. Unlock, .. Store(0xA0, 0xB555), .. Store(0x10, 0xA000)]);
        byte[] saved = new StateSaver().Save(machine).ToArray();
        Assert.True(image.Write(2 * Bank, [0x00]));
        new StateLoader().Load(machine, saved);
        Assert.Equal((0x10, 0x10), (image.Image[2 * Bank], machine.PeekByte(0xA000)));
    }

    [Fact]
    public void SpartaDOS_X_brings_up_the_cartridge_in_its_back_and_switches_both_off()
    {
        var machine = TestMachine.Build(
            0xAD, 0x00, 0xA0, 0x85, 0x80, // the first cartridge
            0x8D, 0xE8, 0xD5, 0xAD, 0x00, 0xA0, 0x85, 0x81, // the second
            0x8D, 0xEC, 0xD5, 0xAD, 0x13, 0xD0, 0x85, 0x82, // none
            0x8D, 0xE7, 0xD5, 0xAD, 0x00, 0xA0, 0x85, 0x83, // the first again
            0x4C, 0x1D, 0xE0);
        var slot = machine.Capability<IXlCartridgeSlot>()!;
        slot.Insert(11, Filled(64, 0x11));
        slot.InsertBehind(1, Filled(8, 0x22));
        machine.Reset(ResetKind.Cold);
        machine.RunFrames(2);
        Assert.Equal((0x11, 0x22, 0, 0x11), (machine.PeekByte(0x80), machine.PeekByte(0x81), machine.PeekByte(0x82), machine.PeekByte(0x83)));
        slot.Insert(1, Filled(8, 0x33));
        Assert.Throws<InvalidDataException>(() => slot.InsertBehind(1, Filled(8, 0x22)));
    }

    private static XlMachine Run(XlCartridgeImage image, int type, byte[] program)
    {
        byte[] code = [.. program, 0x4C, 0x00, 0x00];
        int end = TestMachine.ProgramStart + program.Length;
        (code[^2], code[^1]) = ((byte)end, (byte)(end >> 8));
        var machine = TestMachine.Build(code);
        machine.Capability<IXlCartridgeSlot>()!.Insert(type, image);
        machine.Reset(ResetKind.Cold);
        machine.RunFrames(2);
        return machine;
    }

    // lda #value; sta address
    private static byte[] Store(byte value, ushort address) => [0xA9, value, 0x8D, (byte)address, (byte)(address >> 8)];

    private static XlCartridgeImage Image(int type, int kilobytes, bool writeProtect = false) =>
        XlCartridgeImage.FromBytes("flash.rom", Filled(kilobytes, 0x11), type, writeProtect);

    private static byte[] Filled(int kilobytes, byte value)
    {
        byte[] bytes = new byte[kilobytes * 1024];
        Array.Fill(bytes, value);
        return bytes;
    }
}
