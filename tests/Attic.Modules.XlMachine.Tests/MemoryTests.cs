using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Time;
using Attic.Abi.Wires;
using Attic.Modules.XlMachine.Cartridges;

namespace Attic.Modules.XlMachine.Tests;

public class MemoryTests
{
    // Writes each value of port B that selects a bank into that bank, and counts in $80 the banks that kept one.
    private static readonly byte[] CountBanks =
    [
        0xA9, 0x04, 0x8D, 0x03, 0xD3, 0xA9, 0xFF, 0x8D, 0x01, 0xD3, 0xA9, 0x00, 0x8D, 0x03, 0xD3,
        0xA9, 0xFF, 0x8D, 0x01, 0xD3, 0xA9, 0x04, 0x8D, 0x03, 0xD3,
        0xA2, 0x00,
        0x8A, 0x09, 0x01, 0x29, 0xEF, 0x8D, 0x01, 0xD3, 0x8D, 0x00, 0x40, 0xE8, 0xD0, 0xF2,
        0xA9, 0x00, 0x85, 0x80,
        0x8A, 0x09, 0x01, 0x29, 0xEF, 0x8D, 0x01, 0xD3, 0x85, 0x81, 0xE4, 0x81, 0xD0, 0x07, 0xCD, 0x00, 0x40, 0xD0, 0x02, 0xE6, 0x80, 0xE8, 0xD0, 0xE8,
        0x4C, 0x45, 0xE0,
    ];

    [Theory]
    [InlineData(48, XlMemoryExpansion.Usual, 1)]
    [InlineData(64, XlMemoryExpansion.Usual, 1)]
    [InlineData(128, XlMemoryExpansion.Usual, 4)]
    [InlineData(192, XlMemoryExpansion.Usual, 8)]
    [InlineData(256, XlMemoryExpansion.Rambo, 16)]
    [InlineData(320, XlMemoryExpansion.Rambo, 16)]
    [InlineData(320, XlMemoryExpansion.CompyShop, 16)]
    [InlineData(576, XlMemoryExpansion.Rambo, 32)]
    [InlineData(576, XlMemoryExpansion.CompyShop, 32)]
    [InlineData(1088, XlMemoryExpansion.Rambo, 64)]
    public void A_program_finds_as_many_banks_as_there_are(int kilobytes, XlMemoryExpansion expansion, int banks)
    {
        var machine = Build(kilobytes, expansion);
        machine.RunFrames(3);
        Assert.Equal(banks, machine.PeekByte(0x80));
    }

    [Fact]
    public void Sixteen_kilobytes_end_where_nothing_answers()
    {
        var machine = Build(16, XlMemoryExpansion.Usual);
        Assert.Equal((1, 0), (machine.Poke(0x3FFF, [1]), machine.Poke(0x4000, [1])));
        Assert.Equal((0xFF, "unmapped"), (machine.PeekByte(0x4000), machine.RegionOf(0x4000)));
    }

    [Theory]
    [InlineData(128, XlMemoryExpansion.Usual, 0xEF, "bank", "main")]
    [InlineData(128, XlMemoryExpansion.Usual, 0xDF, "main", "bank")]
    [InlineData(128, XlMemoryExpansion.Usual, 0xCF, "bank", "bank")]
    [InlineData(320, XlMemoryExpansion.CompyShop, 0xDF, "main", "bank")]
    [InlineData(320, XlMemoryExpansion.Rambo, 0xDF, "main", "main")]
    [InlineData(320, XlMemoryExpansion.Rambo, 0xEF, "bank", "bank")]
    public void Antic_has_a_switch_of_its_own_in_a_130XE_and_with_Compy_Shop(int kilobytes, XlMemoryExpansion expansion, byte portB, string processor, string antic)
    {
        var (memory, port, _) = Map(kilobytes, expansion);
        port.Drive(portB, default);
        Assert.Equal((processor, antic), (Where(memory.ProcessorReads[0x40]), Where(memory.AnticReads[0x40])));

        static string Where(int offset) => offset < 0x10000 ? "main" : "bank";
    }

    [Theory]
    [InlineData(64, 0xFF, 0xC000, "rom.os")]
    [InlineData(64, 0xFE, 0xC000, "chip_ram")]
    [InlineData(64, 0xFF, 0xE000, "rom.os")]
    [InlineData(64, 0xFF, 0xA000, "chip_ram")]
    [InlineData(64, 0xFD, 0xA000, "rom.basic")]
    [InlineData(64, 0xFF, 0x5000, "chip_ram")]
    [InlineData(64, 0x7F, 0x5000, "rom.os")]
    [InlineData(64, 0x7E, 0x5000, "chip_ram")]
    [InlineData(64, 0x7F, 0x5800, "chip_ram")]
    [InlineData(128, 0x6F, 0x5000, "bank_ram")]
    [InlineData(128, 0x7F, 0x5000, "rom.os")]
    [InlineData(576, 0xED, 0xA000, "chip_ram")]
    [InlineData(576, 0xFD, 0xA000, "rom.basic")]
    [InlineData(1088, 0x6F, 0x5000, "bank_ram")]
    public void Port_B_switches_OS_BASIC_and_self_test(int kilobytes, byte portB, int address, string region)
    {
        var (_, port, map) = Map(kilobytes, XlMemoryExpansion.Usual);
        port.Drive(portB, default);
        Assert.Equal(region, map.RegionOf(address >> 8));
    }

    [Fact]
    public void What_is_written_under_a_ROM_is_in_the_RAM_behind_it_only_while_that_is_seen()
    {
        var (memory, port, _) = Map(64, XlMemoryExpansion.Usual);
        port.Drive(0xFD, default);
        Assert.Equal(PagedMemory.Registers, memory.ProcessorWrites[0xA0]);
        port.Drive(0xFF, default);
        Assert.Equal(0xA000, memory.ProcessorWrites[0xA0]);
    }

    [Fact]
    public void Power_on_memory_is_what_was_asked_for_and_repeats()
    {
        Assert.All(Ram(XlPowerOnMemory.Zero, 1), value => Assert.Equal(0, value));
        byte[] pattern = Ram(XlPowerOnMemory.Pattern, 1);
        Assert.Equal((0x00, 0xFF, 0x00), (pattern[0x100], pattern[0x180], pattern[0x200]));
        Assert.Equal(Ram(XlPowerOnMemory.Random, 1), Ram(XlPowerOnMemory.Random, 1));
        Assert.NotEqual(Ram(XlPowerOnMemory.Random, 1), Ram(XlPowerOnMemory.Random, 2));
    }

    [Theory]
    [InlineData(100, XlMemoryExpansion.Usual)]
    [InlineData(1088, XlMemoryExpansion.CompyShop)]
    [InlineData(256, XlMemoryExpansion.CompyShop)]
    public void A_size_that_nobody_built_is_refused(int kilobytes, XlMemoryExpansion expansion) =>
        Assert.Contains("1088", Assert.Throws<ArgumentException>(() => BankSelect.Of(kilobytes, expansion)).Message, StringComparison.Ordinal);

    private static byte[] Ram(XlPowerOnMemory content, uint seed)
    {
        byte[] rom = new byte[0x4000];
        var machine = TestMachine.With(rom, seed: seed, options: new XlOptions { PowerOnMemory = content });
        byte[] ram = new byte[0x1000];
        machine.Peek(0x1000, ram);
        return ram;
    }

    private static XlMachine Build(int kilobytes, XlMemoryExpansion expansion) =>
        TestMachine.With(TestMachine.Rom(CountBanks), kilobytes: kilobytes, options: new XlOptions { Expansion = expansion });

    private static (PagedMemory Memory, BytePort Port, MemoryMap Map) Map(int kilobytes, XlMemoryExpansion expansion)
    {
        var banks = BankSelect.Of(kilobytes, expansion);
        var memory = new PagedMemory(MemoryMap.SizeFor(banks));
        var port = new Wiring().Port(XlPins.PortB);
        return (memory, port, new MemoryMap(memory, banks, port, new CartridgeSlot(static () => { }), static () => { }));
    }
}
