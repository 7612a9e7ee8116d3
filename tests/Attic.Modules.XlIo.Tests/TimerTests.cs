namespace Attic.Modules.XlIo.Tests;

/// <summary>The counters' periods in machine cycles (Altirra Hardware Reference Manual, chapter 5).</summary>
public class TimerTests
{
    [Theory]
    [InlineData(0x00, 0, 28)]
    [InlineData(0x00, 9, 280)]
    [InlineData(0x01, 0, 114)]
    [InlineData(0x01, 4, 570)]
    [InlineData(0x40, 0, 4)]
    [InlineData(0x40, 100, 104)]
    [InlineData(0x41, 255, 259)]
    public void A_single_timer_counts_its_clock(int audctl, int audf, int period) =>
        Assert.All(Periods(audctl, 1, board => board.Voice(1, audf, 0)), actual => Assert.Equal(period, actual));

    [Theory]
    [InlineData(0x10, 0x0123, 28 * 0x124)]
    [InlineData(0x11, 0x0012, 114 * 0x13)]
    [InlineData(0x50, 0x0123, 0x123 + 7)]
    [InlineData(0x50, 0x1000, 0x1000 + 7)]
    public void Two_joined_timers_count_sixteen_bits(int audctl, int value, int period) =>
        Assert.All(
            Periods(audctl, 2, board =>
            {
                board.Voice(1, value & 0xFF, 0);
                board.Voice(2, value >> 8, 0);
            }),
            actual => Assert.Equal(period, actual));

    [Fact]
    public void Timers_3_and_4_join_alike()
    {
        var periods = Periods(0x28, 4, board =>
        {
            board.Voice(3, 0x34, 0);
            board.Voice(4, 0x02, 0);
        });
        Assert.All(periods, actual => Assert.Equal(0x0234 + 7, actual));
    }

    [Fact]
    public void A_new_AUDF_counts_from_the_next_reload()
    {
        var board = new Board();
        board.Voice(1, 99, 0);
        board.WritePokey(Board.Irqen, 1);
        board.WritePokey(Board.Stimer, 0);
        Acknowledge(board, 1, 2);
        board.Run(1400);
        board.WritePokey(0, 9);
        Acknowledge(board, 1, 2);
        var falls = board.Interrupts;
        Assert.Equal(2800, falls[1] - falls[0]);
        Assert.Equal(2800, falls[2] - falls[1]);
        Assert.Equal(280, falls[3] - falls[2]);
    }

    [Fact]
    public void STIMER_starts_all_timers_together()
    {
        var board = new Board();
        board.WritePokey(Board.Audctl, 0x60);
        board.Voice(1, 200, 0);
        board.Voice(3, 50, 0);
        board.Run(77);
        board.WritePokey(Board.Irqen, 1);
        board.WritePokey(Board.Stimer, 0);
        long start = board.Cycle;
        Acknowledge(board, 1, 1);

        // Four cycles to the reload, 201 to the underflow, three to the borrow, two to the line.
        Assert.Equal(4 + 201 + 3 + 2, board.Interrupts[0] - start);
    }

    [Fact]
    public void A_timer_that_is_not_enabled_leaves_no_trace()
    {
        var board = new Board();
        board.Voice(1, 0, 0);
        board.Run(1000);
        board.WritePokey(Board.Irqen, 1);
        Assert.Equal(0xFF, board.ReadPokey(Board.Irqst) | 0x08);
        Assert.Empty(board.Interrupts);
        board.Run(40);
        Assert.Equal(0, board.ReadPokey(Board.Irqst) & 1);
        Assert.Single(board.Interrupts);
        board.WritePokey(Board.Irqen, 0);
        Assert.Equal(1, board.ReadPokey(Board.Irqst) & 1);
    }

    [Fact]
    public void Initialisation_stops_the_slow_clocks_and_starts_them_in_phase()
    {
        long[] first = new long[2];
        for (int round = 0; round < 2; round++)
        {
            var board = new Board();
            board.Voice(1, 0, 0);
            board.Run(100 + (13 * round));
            board.WritePokey(Board.Skctl, 0);
            board.WritePokey(Board.Irqen, 1);
            int before = board.Interrupts.Count;
            board.Run(5000);
            Assert.InRange(board.Interrupts.Count - before, 0, 1);
            board.WritePokey(Board.Irqen, 0);
            board.WritePokey(Board.Irqen, 1);
            board.WritePokey(Board.Skctl, 3);
            long start = board.Cycle;
            board.Run(200);
            first[round] = board.Interrupts[^1] - start;
        }

        Assert.Equal(first[0], first[1]);
    }

    [Fact]
    public void In_two_tone_mode_timer_2_begins_timer_1_anew()
    {
        int[] count = new int[2];
        for (int round = 0; round < 2; round++)
        {
            var board = new Board();
            board.WritePokey(Board.Skctl, round == 0 ? 0x03 : 0x0B);
            board.Voice(1, 99, 0);
            board.Voice(2, 49, 0);
            board.WritePokey(Board.Irqen, 1);
            Acknowledge(board, 1, 10, limit: 100_000);
            count[round] = board.Interrupts.Count;
        }

        Assert.Equal(10, count[0]);
        Assert.InRange(count[1], 0, 1);
    }

    // Acknowledges interrupts of a timer until there were so many.
    private static void Acknowledge(Board board, int mask, int count, long limit = 3_000_000)
    {
        int goal = board.Interrupts.Count + count;
        for (long end = board.Cycle + limit; board.Interrupts.Count < goal && board.Cycle < end;)
        {
            int before = board.Interrupts.Count;
            board.Run(1);
            if (board.Interrupts.Count > before)
            {
                board.WritePokey(Board.Irqen, 0);
                board.WritePokey(Board.Irqen, mask);
            }
        }
    }

    // The distances between interrupts of a timer.
    private static long[] Periods(int audctl, int timer, Action<Board> set)
    {
        var board = new Board();
        board.WritePokey(Board.Audctl, audctl);
        set(board);
        board.WritePokey(Board.Stimer, 0);
        int mask = timer == 4 ? 4 : timer;
        board.WritePokey(Board.Irqen, mask);

        // The first may come from before STIMER.
        Acknowledge(board, mask, 6);
        Assert.Equal(6, board.Interrupts.Count);
        return [.. board.Interrupts.Skip(1).Zip(board.Interrupts.Skip(2), (earlier, later) => later - earlier)];
    }
}
