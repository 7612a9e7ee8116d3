using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;

namespace Attic.Modules.StAudio.Tests;

public sealed class RegisterTests
{
    private readonly Board _board = new();

    [Theory]
    [InlineData(0, 0xFF)]
    [InlineData(1, 0x0F)]
    [InlineData(5, 0x0F)]
    [InlineData(6, 0x1F)]
    [InlineData(7, 0xFF)]
    [InlineData(8, 0x1F)]
    [InlineData(10, 0x1F)]
    [InlineData(12, 0xFF)]
    [InlineData(13, 0x0F)]
    public void Registers_keep_the_bits_they_have(int register, int kept)
    {
        _board.Write(register, 0xFF);
        Assert.Equal(kept, _board.Read());
    }

    [Fact]
    public void A_selection_above_fifteen_addresses_nothing()
    {
        _board.Write(0, 0x55);
        _board.Write(0x10, 0xAA);
        Assert.Equal(0xFF, _board.Read());
        _board.Select(0);
        Assert.Equal(0x55, _board.Read());
    }

    [Fact]
    public void The_data_address_reads_as_an_open_bus()
    {
        _board.Write(0, 0x55);
        Assert.Equal(0xFFFF, _board.Psg.Read(0xFF8802, ByteLanes.Both, _board.Now));
    }

    [Fact]
    public void The_page_mirrors_and_odd_bytes_arrive_too()
    {
        _board.Psg.Write(0xFF88FC, 0x0202, ByteLanes.Lower, _board.Now);
        _board.Psg.Write(0xFF88FE, 0x7777, ByteLanes.Lower, _board.Now);
        Assert.Equal(0x77, _board.Read());
    }

    [Fact]
    public void Port_a_drives_its_lines_only_as_an_output()
    {
        var port = _board.Wiring.Port(StPins.PsgPortA);
        _board.Write(14, 0x27);
        Assert.Equal(0xFF, port.Value);
        Assert.Equal(0xFF, _board.Read());
        _board.Write(7, 0x40);
        Assert.Equal(0x27, port.Value);
        _board.Select(14);
        Assert.Equal(0x27, _board.Read());
        _board.Psg.Reset(ResetKind.Warm, _board.Now);
        Assert.Equal(0xFF, port.Value);
    }

    [Fact]
    public void Port_b_has_its_own_direction()
    {
        _board.Write((7, 0x80), (15, 0x41));
        Assert.Equal(0x41, _board.Wiring.Port(StPins.PsgPortB).Value);
        Assert.Equal(0xFF, _board.Wiring.Port(StPins.PsgPortA).Value);
    }

    [Fact]
    public void Only_what_can_be_heard_counts_as_sound()
    {
        _board.Write((0, 100), (1, 2), (7, 0x3E), (14, 0x10), (6, 3), (13, 8));
        Assert.Equal(0, _board.Psg.Sound);
        _board.Write(8, 10);
        Assert.Equal(1, _board.Psg.Sound);
        _board.Write((0, 101), (2, 50), (6, 4), (13, 9));
        Assert.Equal(2, _board.Psg.Sound);
        _board.Write(8, 10);
        Assert.Equal(2, _board.Psg.Sound);
        _board.Write((8, 0x10), (13, 9));
        Assert.Equal(4, _board.Psg.Sound);
    }

    [Fact]
    public void The_registers_are_shown_to_inspectors()
    {
        _board.Write(3, 0x0A);
        var registers = new List<RegisterValue>();
        _board.Psg.AddRegisters(registers);
        Assert.Contains(new RegisterValue("psg", "R3", 0x0A, 8), registers);
        Assert.Equal(17, registers.Count);
    }
}
