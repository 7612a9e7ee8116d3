using Attic.Abi.AtariXl;

namespace Attic.Modules.XlIo.Tests;

public class KeyboardTests
{
    // All 64 keys, one in each line.
    private const int Scan = 64 * Board.Tick15;

    private const int KeyIrq = 0x40;
    private const int BreakIrq = 0x80;

    [Fact]
    public void A_key_is_taken_when_a_second_scan_sees_it()
    {
        var board = new Board();
        board.WritePokey(Board.Irqen, KeyIrq);
        board.Keyboard.SetKey(0x2A, true, board.Now);
        board.Run(Scan - Board.Tick15);
        Assert.Empty(board.Interrupts);
        board.Run(Scan + (2 * Board.Tick15));
        Assert.Single(board.Interrupts);
        Assert.Equal(0x2A, board.ReadPokey(Board.Kbcode));
        Assert.Equal(0, board.ReadPokey(Board.Irqst) & KeyIrq);
        Assert.Equal(0, board.ReadPokey(Board.Skstat) & 0x04);
    }

    [Fact]
    public void A_bounce_between_two_scans_is_no_key()
    {
        var board = new Board();
        board.WritePokey(Board.Irqen, KeyIrq);
        board.Keyboard.SetKey(0x10, true, board.Now);
        board.Run(Scan);
        board.Keyboard.SetKey(0x10, false, board.Now);
        board.Run(5 * Scan);
        Assert.Empty(board.Interrupts);
    }

    [Fact]
    public void A_held_key_that_is_missed_once_is_not_taken_twice()
    {
        var board = new Board();
        board.WritePokey(Board.Irqen, KeyIrq);
        board.Keyboard.SetKey(0x10, true, board.Now);
        board.Run(3 * Scan);
        board.Keyboard.SetKey(0x10, false, board.Now);
        board.Run(Scan);
        board.Keyboard.SetKey(0x10, true, board.Now);
        board.Run(4 * Scan);
        Assert.Single(board.Interrupts);
    }

    [Fact]
    public void Without_debouncing_one_scan_is_enough()
    {
        var board = new Board();
        board.WritePokey(Board.Skctl, 2);
        board.WritePokey(Board.Irqen, KeyIrq);
        board.Keyboard.SetKey(0x05, true, board.Now);
        board.Keyboard.SetKey(0x06, true, board.Now);
        board.Run(Scan + Board.Tick15);
        Assert.NotEmpty(board.Interrupts);
    }

    [Theory]
    [InlineData(XlModifiers.Shift, 0x40)]
    [InlineData(XlModifiers.Control, 0x80)]
    public void SHIFT_and_CONTROL_are_bits_of_the_code(XlModifiers which, int bit)
    {
        var board = new Board();
        board.Keyboard.SetModifier(which, true, board.Now);
        board.Run(2 * Scan);
        board.Keyboard.SetKey(0x11, true, board.Now);
        board.Run(3 * Scan);
        Assert.Equal(0x11 | bit, board.ReadPokey(Board.Kbcode));
        Assert.Equal(which == XlModifiers.Shift ? 0 : 8, board.ReadPokey(Board.Skstat) & 8);
    }

    [Fact]
    public void BREAK_interrupts_once_for_each_press()
    {
        var board = new Board();
        board.WritePokey(Board.Irqen, BreakIrq);
        board.Keyboard.SetModifier(XlModifiers.Break, true, board.Now);
        board.Run(4 * Scan);
        Assert.Single(board.Interrupts);
        Assert.Equal(0, board.ReadPokey(Board.Irqst) & BreakIrq);
    }

    [Fact]
    public void A_second_key_before_the_first_is_answered_is_an_overrun()
    {
        var board = new Board();
        board.WritePokey(Board.Irqen, KeyIrq);
        Press(0x01);
        Assert.Equal(0x40, board.ReadPokey(Board.Skstat) & 0x40);
        Press(0x02);
        Assert.Equal(0, board.ReadPokey(Board.Skstat) & 0x40);
        board.WritePokey(Board.Skres, 0);
        Assert.Equal(0x40, board.ReadPokey(Board.Skstat) & 0x40);

        void Press(int code)
        {
            board.Keyboard.SetKey(code, true, board.Now);
            board.Run(3 * Scan);
            board.Keyboard.SetKey(code, false, board.Now);
            board.Run(3 * Scan);
        }
    }

    [Fact]
    public void With_the_scan_off_no_key_is_seen()
    {
        var board = new Board();
        board.WritePokey(Board.Skctl, 1);
        board.WritePokey(Board.Irqen, KeyIrq);
        board.Keyboard.SetKey(0x2A, true, board.Now);
        board.Run(10 * Scan);
        Assert.Empty(board.Interrupts);
    }
}
