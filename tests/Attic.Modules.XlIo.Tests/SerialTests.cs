namespace Attic.Modules.XlIo.Tests;

public class SerialTests
{
    private const int OutputIdle = 0x08;
    private const int OutputNeeded = 0x10;
    private const int InputReady = 0x20;

    // Timers 3 and 4 joined at 1.79 MHz, as the OS sets them for 19,200 baud: 2 * (40 + 7) cycles a bit.
    private const int Divisor = 40;
    private const int Bit = 2 * (Divisor + 7);

    [Fact]
    public void A_byte_leaves_in_ten_bits_of_two_timer_periods()
    {
        var board = Sender();
        board.WritePokey(Board.Serout, 0xA5);
        board.Run(12 * Bit);
        Assert.Equal([((byte)0xA5, true, Bit)], board.Sent);
    }

    [Fact]
    public void The_next_byte_is_asked_for_when_the_first_begins()
    {
        var board = Sender();
        board.WritePokey(Board.Irqen, OutputNeeded);
        board.WritePokey(Board.Serout, 0x11);
        board.Run(2 * Bit);
        Assert.Single(board.Interrupts);
        Assert.Equal(OutputIdle, board.ReadPokey(Board.Irqst) & OutputIdle);
        board.WritePokey(Board.Serout, 0x22);
        board.Run(24 * Bit);
        Assert.Equal([0x11, 0x22], board.Sent.Select(entry => (int)entry.Value));
        Assert.Equal(0, board.ReadPokey(Board.Irqst) & OutputIdle);
    }

    [Fact]
    public void An_output_interrupt_enabled_after_its_byte_has_begun_does_not_come()
    {
        var board = Sender();
        board.WritePokey(Board.Serout, 0x11);
        board.Run(2 * Bit);
        board.WritePokey(Board.Irqen, OutputNeeded);
        board.Run(24 * Bit);
        Assert.Empty(board.Interrupts);
    }

    [Fact]
    public void An_idle_output_interrupts_as_soon_as_that_is_enabled()
    {
        var board = Sender();
        board.WritePokey(Board.Serout, 0x11);
        board.Run(24 * Bit);
        Assert.Empty(board.Interrupts);
        board.WritePokey(Board.Irqen, OutputIdle);
        board.Run(4);
        Assert.Single(board.Interrupts);
    }

    [Fact]
    public void A_forced_break_is_no_byte()
    {
        var board = Sender();
        board.WritePokey(Board.Skctl, 0xA3);
        board.WritePokey(Board.Serout, 0xFF);
        board.Run(12 * Bit);
        Assert.False(Assert.Single(board.Sent).Good);
    }

    [Fact]
    public void A_byte_arrives_and_interrupts_at_its_stop_bit()
    {
        var board = Receiver();
        board.Sio.ToHost(0x5A, Bit, board.Now);
        long start = board.Cycle;
        board.Run(12 * Bit);
        Assert.Equal(0x5A, board.ReadPokey(Board.Serin));
        Assert.InRange(Assert.Single(board.Interrupts) - start, 9 * Bit, 10 * Bit);
        Assert.Equal(0xE0, board.ReadPokey(Board.Skstat) & 0xE0);
    }

    [Fact]
    public void SKSTAT_shows_the_line_and_that_a_byte_is_under_way()
    {
        var board = Receiver();
        Assert.Equal(0x12, board.ReadPokey(Board.Skstat) & 0x12);
        board.Sio.ToHost(0xFF, Bit, board.Now);
        board.Run(Bit / 2);
        Assert.Equal(0x00, board.ReadPokey(Board.Skstat) & 0x10);
        board.Run(Bit);
        Assert.Equal(0x10, board.ReadPokey(Board.Skstat) & 0x12);
        board.Run(10 * Bit);
        Assert.Equal(0x12, board.ReadPokey(Board.Skstat) & 0x12);
    }

    [Fact]
    public void A_byte_at_half_the_speed_is_a_framing_error()
    {
        var board = Receiver();
        board.Sio.ToHost(0x00, 2 * Bit, board.Now);
        board.Run(21 * Bit);
        Assert.Equal(0, board.ReadPokey(Board.Skstat) & 0x80);
        board.WritePokey(Board.Skres, 0);
        Assert.Equal(0x80, board.ReadPokey(Board.Skstat) & 0x80);
    }

    [Fact]
    public void A_byte_that_nobody_fetched_is_overrun()
    {
        var board = Receiver();
        for (int round = 0; round < 2; round++)
        {
            board.Sio.ToHost((byte)(0x40 + round), Bit, board.Now);
            board.Run(12 * Bit);
        }

        Assert.Equal(0x41, board.ReadPokey(Board.Serin));
        Assert.Equal(0, board.ReadPokey(Board.Skstat) & 0x20);
    }

    [Fact]
    public void Bytes_cross_the_bus_at_other_speeds_too()
    {
        var board = Sender(8);
        board.WritePokey(Board.Serout, 0x3C);
        board.Run(40 * (8 + 7));
        Assert.Equal([((byte)0x3C, true, 2 * (8 + 7))], board.Sent);
    }

    // Output clocked by timer 4.
    private static Board Sender(int divisor = Divisor)
    {
        var board = new Board();
        Clock(board, divisor);
        board.WritePokey(Board.Skctl, 0x23);
        board.WritePokey(Board.Stimer, 0);
        board.Run(10 * Bit);
        return board;
    }

    // Asynchronous receive: timers 3 and 4 wait for a start bit.
    private static Board Receiver()
    {
        var board = new Board();
        Clock(board, Divisor);
        board.WritePokey(Board.Skctl, 0x13);
        board.WritePokey(Board.Irqen, InputReady);
        board.Run(500);
        return board;
    }

    private static void Clock(Board board, int divisor)
    {
        board.WritePokey(Board.Audctl, 0x28);
        board.Voice(3, divisor, 0);
        board.Voice(4, 0, 0);
    }
}
