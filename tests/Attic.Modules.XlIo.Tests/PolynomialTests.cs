namespace Attic.Modules.XlIo.Tests;

public class PolynomialTests
{
    [Theory]
    [InlineData(0x00, (1 << 17) - 1)]
    [InlineData(0x80, (1 << 9) - 1)]
    public void RANDOM_comes_again_after_its_counters_period(int audctl, int period)
    {
        var board = new Board();
        board.WritePokey(Board.Audctl, audctl);
        board.Run(1000);
        byte[] first = Read(board, 64);
        board.Run(period - 64);
        Assert.Equal(first, Read(board, 64));
    }

    [Fact]
    public void All_values_of_the_nine_bit_counter_differ_within_its_period()
    {
        var board = new Board();
        board.WritePokey(Board.Audctl, 0x80);
        byte[] all = Read(board, 2 * 511);
        for (int shift = 1; shift < 511; shift++)
        {
            Assert.False(all.AsSpan(0, 32).SequenceEqual(all.AsSpan(shift, 32)), $"the same after {shift}");
        }
    }

    [Fact]
    public void The_long_counter_is_the_shift_register_that_the_data_sheet_shows()
    {
        int register = 0;
        for (int index = 0; index < PolynomialCounters.Period17; index++)
        {
            Assert.Equal((byte)~(register >> 8), PolynomialCounters.Random17(PolynomialCounters.Bits17, index));
            register = (register >> 1) | ((~(register ^ (register >> 5)) & 1) << 16);
        }
    }

    // RANDOM is read without looking at the timers; other reads look.
    [Fact]
    public void Reading_RANDOM_leaves_timers_interrupts_and_sound_as_they_would_be()
    {
        var (lazy, diligent) = (new Board(), new Board());
        var random = new Random(5);
        foreach (int step in Enumerable.Range(0, 2000))
        {
            int cycles = random.Next(1, 300);
            bool writes = random.Next(4) == 0;
            var (register, value) = (random.Next(9), random.Next(256));
            foreach (var board in new[] { lazy, diligent })
            {
                board.Run(cycles);
                if (board == diligent)
                {
                    board.ReadPokey(Board.Irqst);
                    board.Sound();
                }

                if (writes)
                {
                    board.WritePokey(step % 50 == 0 ? Board.Irqen : register, value);
                }
            }

            Assert.Equal(diligent.ReadPokey(Board.RandomByte), lazy.ReadPokey(Board.RandomByte));
        }

        Assert.Equal(diligent.ReadPokey(Board.Irqst), lazy.ReadPokey(Board.Irqst));
        Assert.Equal(diligent.Interrupts, lazy.Interrupts);
        lazy.Sound();
        diligent.Sound();
        Assert.Equal(diligent.Audio.Samples.ToArray(), lazy.Audio.Samples.ToArray());
    }

    [Fact]
    public void RANDOM_shifts_right_by_one_bit_a_cycle()
    {
        var board = new Board();
        board.Run(500);
        byte[] values = Read(board, 200);
        for (int cycle = 1; cycle < values.Length; cycle++)
        {
            Assert.Equal(values[cycle - 1] >> 1, values[cycle] & 0x7F);
        }
    }

    [Fact]
    public void Initialisation_fills_the_counter_with_ones_and_restarts_it_alike()
    {
        byte[][] after = new byte[2][];
        for (int round = 0; round < 2; round++)
        {
            var board = new Board();
            board.Run(1234 + (77 * round));
            board.WritePokey(Board.Skctl, 0);
            board.Run(30);
            Assert.Equal(0xFF, board.ReadPokey(Board.RandomByte));
            board.WritePokey(Board.Skctl, 3);
            after[round] = Read(board, 100);
        }

        Assert.Equal(after[0], after[1]);
    }

    [Theory]
    [InlineData(0xC8, 15)]
    [InlineData(0x88, 0)]
    public void A_distortion_without_gate_samples_its_counter(int audc, int period)
    {
        // 3,584 cycles a borrow have no common factor with 15.
        bool[] bits = Bits(audc, 90);
        if (period > 0)
        {
            Assert.Equal(bits[..60], bits[period..(60 + period)]);
            Assert.InRange(bits[..period].Count(bit => bit), 7, 8);
        }

        Assert.NotEqual(bits[..60], bits[5..65]);
        Assert.NotEqual(bits[..60], bits[3..63]);
    }

    [Fact]
    public void The_five_bit_counter_gates_half_of_a_tones_clocks()
    {
        bool[] bits = Bits(0x28, 80);
        int toggles = Enumerable.Range(1, 31).Count(index => bits[index] != bits[index - 1]);
        Assert.InRange(toggles, 15, 16);
        Assert.Equal(bits[..16], bits[62..78]);
    }

    // A channel's output after each of its borrows, from the sound.
    private static bool[] Bits(int audc, int count)
    {
        const int Period = 128 * Board.Tick64;
        var board = new Board();
        board.Voice(1, 127, audc);
        board.WritePokey(Board.Stimer, 0);
        board.Run(10 * Period);
        var bits = new bool[count];
        board.Sound();
        for (int index = 0; index < count; index++)
        {
            board.Audio.Clear();
            board.Run(Period);
            board.Sound();

            // The sign of the middle after the difference to what the volume alone gives.
            short[] samples = [.. board.Audio.Samples];
            bits[index] = samples[samples.Length / 2] > 0;
        }

        return bits;
    }

    private static byte[] Read(Board board, int count)
    {
        byte[] values = new byte[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = board.ReadPokey(Board.RandomByte);
            board.Run(1);
        }

        return values;
    }
}
