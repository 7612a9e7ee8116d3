using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Wires;

namespace Attic.Modules.XlIo.Tests;

public class PiaTests
{
    private const int PortA = 0;
    private const int PortB = 1;
    private const int ControlA = 2;
    private const int ControlB = 3;

    [Fact]
    public void Outputs_show_on_the_port_and_inputs_read_the_sticks()
    {
        var board = new Board();
        Direction(board, ControlA, PortA, 0xF0);
        board.WritePia(PortA, 0x5A);
        ((IXlSticks)board.Chips[1]).SetJoysticks(0x0E);
        Assert.Equal(0x5E, board.ReadPia(PortA));
        Assert.Equal(0x5F, board.Wiring.Port(XlPins.PortA).Value);
    }

    [Fact]
    public void The_direction_register_hides_behind_control_bit_2()
    {
        var board = new Board();
        board.WritePia(ControlB, 0x38);
        board.WritePia(PortB, 0x0F);
        Assert.Equal(0x0F, board.ReadPia(PortB));
        board.WritePia(ControlB, 0x3C);
        board.WritePia(PortB, 0xA3);
        Assert.Equal(0xF3, board.ReadPia(PortB) | 0xF0);
        Assert.Equal(0xF3, board.Wiring.Port(XlPins.PortB).Value);
    }

    [Theory]
    [InlineData(ControlA, XlPins.SioMotor)]
    [InlineData(ControlB, XlPins.SioCommand)]
    public void C2_drives_its_line_of_the_serial_bus(int control, string pin)
    {
        var board = new Board();
        board.WritePia(control, 0x34);
        Assert.False(board.Wiring.Wire(pin).Level);
        board.WritePia(control, 0x3C);
        Assert.True(board.Wiring.Wire(pin).Level);
    }

    [Theory]
    [InlineData(ControlA, PortA, XlPins.SioProceed)]
    [InlineData(ControlB, PortB, XlPins.SioInterrupt)]
    public void An_edge_on_C1_interrupts_until_the_port_is_read(int control, int port, string pin)
    {
        var board = new Board();
        var wire = board.Wiring.Wire(pin);
        int driver = wire.AddDriver();
        board.WritePia(control, 0x3D);
        wire.Drive(driver, false, board.Now);
        Assert.Single(board.Interrupts);
        Assert.Equal(0x80, board.ReadPia(control) & 0x80);
        board.ReadPia(port);
        Assert.Equal(0, board.ReadPia(control) & 0x80);
        Assert.True(board.Wiring.Wire(XlPins.Irq).Level);

        // The rising edge is not the one that was asked for.
        wire.Drive(driver, true, board.Now);
        Assert.Equal(0, board.ReadPia(control) & 0x80);
        board.WritePia(control, 0x3F);
        wire.Drive(driver, false, board.Now);
        wire.Drive(driver, true, board.Now);
        Assert.Equal(2, board.Interrupts.Count);
    }

    [Fact]
    public void An_edge_that_is_not_enabled_sets_the_flag_alone()
    {
        var board = new Board();
        var wire = board.Wiring.Wire(XlPins.SioProceed);
        board.WritePia(ControlA, 0x3C);
        wire.Drive(wire.AddDriver(), false, board.Now);
        Assert.Empty(board.Interrupts);
        Assert.Equal(0x80, board.ReadPia(ControlA) & 0x80);
        board.WritePia(ControlA, 0x3D);
        Assert.Single(board.Interrupts);
    }

    [Fact]
    public void Reset_makes_all_lines_inputs()
    {
        var board = new Board();
        Direction(board, ControlB, PortB, 0xFF);
        board.WritePia(PortB, 0x00);
        Assert.Equal(0x00, board.Wiring.Port(XlPins.PortB).Value);
        board.Chips[1].Reset(ResetKind.Warm, board.Now);
        Assert.Equal(0xFF, board.Wiring.Port(XlPins.PortB).Value);
        Assert.Equal(0x00, board.ReadPia(ControlB));
    }

    private static void Direction(Board board, int control, int port, int outputs)
    {
        board.WritePia(control, 0x38);
        board.WritePia(port, outputs);
        board.WritePia(control, 0x3C);
    }
}
