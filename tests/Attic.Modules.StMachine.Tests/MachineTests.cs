using Attic.Abi.Machines;
using Attic.Abi.Modules;

namespace Attic.Modules.StMachine.Tests;

public class MachineTests
{
    [Theory]
    [InlineData(VideoRegion.Pal, MonitorKind.Colour, 160_256)]
    [InlineData(VideoRegion.Ntsc, MonitorKind.Colour, 133_604)]
    [InlineData(VideoRegion.Pal, MonitorKind.Monochrome, 112_224)]
    public void The_nominal_frame_is_that_of_region_and_monitor(VideoRegion region, MonitorKind monitor, long cycles)
    {
        var machine = TestMachine.Build(0x60FE);
        var other = new StMachineModule().Create(machine.Configuration with { Region = region, Monitor = monitor }, TestMachine.Modules());
        Assert.Equal(cycles, other.NominalFrameCycles);
        Assert.Equal(region == VideoRegion.Pal ? 32_084_988 : 32_042_400, other.MasterClock.Numerator);
    }

    [Fact]
    public void A_program_of_its_own_runs_frame_by_frame()
    {
        // move.b #2,$ffff820a.w; bra.s *
        var machine = TestMachine.Build(0x11FC, 0x0002, 0x820A, 0x60FE);
        machine.RunFrame();
        for (long frame = 2; frame < 5; frame++)
        {
            var before = machine.Now;
            machine.RunFrame();
            Assert.Equal(frame, machine.FrameNumber);
            Assert.InRange((machine.Now - before).Count / 4, 160_256 - 20, 160_256 + 20);
        }
    }

    [Fact]
    public void Stop_sleeps_until_the_vertical_interrupt()
    {
        // move.l #$fc001a,$70.w; stop #$2300; addq.w #1,$1000.w; bra to the stop; rte at fc001a
        var machine = TestMachine.Build(0x21FC, 0x00FC, 0x001A, 0x0070, 0x4E72, 0x2300, 0x5278, 0x1000, 0x60F6, 0x4E73);
        machine.PokeWords(0x1000, 0);
        for (int frame = 0; frame < 10; frame++)
        {
            machine.RunFrame();
        }

        Assert.InRange(machine.PeekWord(0x1000), 9, 10);
    }

    [Fact]
    public void Power_on_memory_depends_on_the_seed_alone()
    {
        var first = TestMachine.Build(0x60FE);
        var second = TestMachine.Build(0x60FE);
        var other = TestMachine.With([.. first.Configuration.Rom.Span], seed: 1);
        Assert.Equal(first.Board.Ram, second.Board.Ram);
        Assert.NotEqual(first.Board.Ram, other.Board.Ram);
    }

    [Fact]
    public void The_reset_instruction_resets_chips_and_leaves_memory()
    {
        // move.b #5,$ffff8001.w; move.b #2,$ffff820a.w; move.w #$1234,$1000.w; reset; bra.s *
        var machine = TestMachine.Build(
            0x11FC, 0x0005, 0x8001, 0x11FC, 0x0002, 0x820A, 0x31FC, 0x1234, 0x1000, 0x4E70, 0x60FE);
        machine.RunFrame();
        Assert.Equal(0xFCFF, machine.PeekWord(0xFF820A));
        Assert.Equal(0xFF05, machine.PeekWord(0xFF8000));
        Assert.Equal(0x1234, machine.PeekWord(0x1000));
    }

    [Fact]
    public void A_cartridge_shows_at_FA0000_and_goes_when_it_is_taken_out()
    {
        var machine = TestMachine.Build(0x60FE);
        var port = machine.Capability<ICartridgePort>()!;
        port.Insert(new byte[] { 0xAB, 0xCD, 0xEF, 0x42 });
        Assert.Equal(0xABCD, machine.PeekWord(0xFA0000));
        Assert.Equal("cartridge", machine.RegionOf(0xFA0000));
        port.Remove();
        Assert.Equal(0xFFFF, machine.PeekWord(0xFA0000));
        Assert.Throws<InvalidDataException>(() => port.Insert(new byte[(128 * 1024) + 1]));
    }

    [Fact]
    public void Peeking_into_a_chip_disturbs_nothing_and_poking_reaches_only_memory()
    {
        var machine = TestMachine.Build(0x60FE);
        Assert.Equal(0, machine.Poke(0xFC0000, [1, 2]));
        Assert.Equal(2, machine.Poke(0x9000, [1, 2]));
        Assert.Equal(0x0102, machine.PeekWord(0x9000));
        Assert.Equal("io.mfp", machine.RegionOf(0xFFFA01));
        Assert.Equal("unmapped", machine.RegionOf(0xA00000));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("video")]
    [InlineData("io")]
    [InlineData("audio")]
    [InlineData("storage")]
    public void A_missing_or_wrong_module_is_named(string key)
    {
        var configuration = TestMachine.Build(0x60FE).Configuration;
        var modules = TestMachine.Modules();
        modules.Remove(key);
        var missing = Assert.Throws<ArgumentException>(() => new StMachineModule().Create(configuration, modules));
        Assert.Contains($"'{key}'", missing.Message, StringComparison.Ordinal);
        modules[key] = new StMachineModule();
        var wrong = Assert.Throws<ArgumentException>(() => new StMachineModule().Create(configuration, modules));
        Assert.Contains($"'{key}'", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(200 * 1024)]
    public void A_rom_that_cannot_be_placed_is_refused(int length)
    {
        var rom = new byte[length];
        if (length > 8)
        {
            rom[5] = 0xFC;
        }

        Assert.Throws<ArgumentException>(() => TestMachine.With(rom));
    }

    [Theory]
    [InlineData(0x00FC0030, 192 * 1024, 0xFC0000)]
    [InlineData(0x00E00030, 192 * 1024, 0xE00000)]
    [InlineData(0x00000000, 192 * 1024, 0xFC0000)]
    [InlineData(0x00000000, 256 * 1024, 0xE00000)]
    public void A_rom_goes_where_its_header_or_its_size_says(uint reset, int length, uint start)
    {
        var rom = new byte[length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(rom.AsSpan(4), reset);
        Assert.Equal(start, RomImage.Place(rom).Start);
    }
}
