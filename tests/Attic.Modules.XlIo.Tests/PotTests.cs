namespace Attic.Modules.XlIo.Tests;

public class PotTests
{
    [Fact]
    public void A_pot_counts_a_line_a_step_and_keeps_its_count()
    {
        var board = new Board();
        board.Keyboard.SetPot(0, 100, board.Now);
        board.WritePokey(Board.Potgo, 0);
        board.Run(98 * Board.Tick15);
        Assert.Equal(0xFF, board.ReadPokey(Board.Allpot));
        board.Run(4 * Board.Tick15);
        Assert.Equal(0xFE, board.ReadPokey(Board.Allpot));
        Assert.Equal(100, board.ReadPokey(0));
        board.Run(50 * Board.Tick15);
        Assert.Equal(100, board.ReadPokey(0));
    }

    [Fact]
    public void An_unconnected_pot_ends_at_228()
    {
        var board = new Board();
        board.WritePokey(Board.Potgo, 0);
        board.Run(240 * Board.Tick15);
        Assert.Equal(228, board.ReadPokey(5));
        Assert.Equal(0, board.ReadPokey(Board.Allpot));
    }

    [Fact]
    public void The_fast_scan_counts_machine_cycles()
    {
        var board = new Board();
        board.WritePokey(Board.Skctl, 7);
        board.Keyboard.SetPot(1, 1, board.Now);
        board.Keyboard.SetPot(2, 0, board.Now);
        board.WritePokey(Board.Potgo, 0);
        board.Run(60);
        Assert.Equal(0xFB, board.ReadPokey(Board.Allpot));
        board.Run(300);
        Assert.Equal(Board.Tick15, board.ReadPokey(1));
        Assert.Equal(0, board.ReadPokey(2));
        Assert.Equal(229, board.ReadPokey(3));
    }

    [Fact]
    public void POTGO_begins_anew()
    {
        var board = new Board();
        board.Keyboard.SetPot(3, 20, board.Now);
        board.WritePokey(Board.Potgo, 0);
        board.Run(40 * Board.Tick15);
        Assert.Equal(20, board.ReadPokey(3));
        board.Keyboard.SetPot(3, 60, board.Now);
        board.WritePokey(Board.Potgo, 0);
        board.Run(40 * Board.Tick15);
        Assert.InRange(board.ReadPokey(3), 38, 40);
        Assert.Equal(8, board.ReadPokey(Board.Allpot) & 8);
        board.Run(30 * Board.Tick15);
        Assert.Equal(60, board.ReadPokey(3));
    }
}
