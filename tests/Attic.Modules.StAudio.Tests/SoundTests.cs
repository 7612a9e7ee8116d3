namespace Attic.Modules.StAudio.Tests;

public sealed class SoundTests
{
    private const int ToneAOnly = 0x3E;
    private const int NoiseAOnly = 0x37;
    private const int AllOff = 0x3F;

    public static TheoryData<int, long> Tones => new()
    {
        { 4095, 32_000_000 }, { 1000, 32_000_000 }, { 284, 32_000_000 }, { 284, 32_084_988 }, { 100, 32_042_400 }, { 31, 32_084_988 }, { 10, 32_084_988 },
    };

    [Theory]
    [MemberData(nameof(Tones))]
    public void A_tone_has_the_exact_pitch_of_its_period(int period, long master)
    {
        var board = new Board(master);
        board.Write((0, period & 0xFF), (1, period >> 8), (7, ToneAOnly), (8, 15));
        board.Run(master / 2);
        double measured = Frequency(board.Listen(master * 4), 48_000);
        double expected = master / 16.0 / (16.0 * period);
        Assert.InRange(measured / expected, 1 - 1e-4, 1 + 1e-4);
    }

    [Fact]
    public void A_period_of_zero_sounds_as_one()
    {
        var zero = new Board();
        var one = new Board();
        zero.Write((0, 0), (7, ToneAOnly), (8, 15));
        one.Write((0, 1), (7, ToneAOnly), (8, 15));
        Assert.Equal(one.Listen(Board.MasterHertz / 10), zero.Listen(Board.MasterHertz / 10));
    }

    [Theory]
    [InlineData(0x08, 10)]
    [InlineData(0x0C, 10)]
    public void A_sawtooth_envelope_repeats_after_256_periods_of_the_clock(int shape, int period)
    {
        var board = new Board();
        board.Write((7, AllOff), (8, 0x10), (11, period), (12, 0), (13, shape));
        board.Run(Board.MasterHertz / 2);
        double measured = Frequency(board.Listen(Board.MasterHertz * 4), 48_000);
        Assert.InRange(measured / (2_000_000.0 / (256 * period)), 1 - 1e-4, 1 + 1e-4);
    }

    [Fact]
    public void A_triangle_envelope_takes_twice_as_long()
    {
        var board = new Board();
        board.Write((7, AllOff), (8, 0x10), (11, 10), (12, 0), (13, 0x0E));
        board.Run(Board.MasterHertz / 2);
        double measured = Frequency(board.Listen(Board.MasterHertz * 4), 48_000);
        Assert.InRange(measured / (2_000_000.0 / 5120), 1 - 1e-4, 1 + 1e-4);
    }

    [Fact]
    public void Noise_changes_at_every_other_shift_on_average()
    {
        var board = new Board();
        board.Write((6, 31), (7, NoiseAOnly), (8, 15));
        board.Run(Board.MasterHertz / 2);
        short[] samples = board.Listen(Board.MasterHertz * 8);
        int crossings = 0;
        for (int index = 1; index < samples.Length; index++)
        {
            crossings += (samples[index - 1] < 0) != (samples[index] < 0) ? 1 : 0;
        }

        double expected = 2_000_000.0 / 16 / 31 / 2;
        Assert.InRange(crossings / 8.0 / expected, 0.97, 1.03);
    }

    [Fact]
    public void The_noise_register_runs_through_all_its_values_and_jumps_as_it_steps()
    {
        uint noise = 0x1FFFF;
        uint stepped = noise;
        for (int shift = 0; shift < NoiseRegister.Period; shift++)
        {
            stepped = (stepped >> 1) | (((stepped ^ (stepped >> 3)) & 1) << 16);
            Assert.True(stepped != noise || shift == NoiseRegister.Period - 1);
            if (shift % 1_009 == 0)
            {
                Assert.Equal(stepped, NoiseRegister.Shift(noise, shift + 1));
            }
        }

        Assert.Equal(noise, stepped);
    }

    [Fact]
    public void Silence_is_silent()
    {
        var board = new Board();
        board.Write((7, ToneAOnly), (8, 0));
        Assert.All(board.Listen(Board.MasterHertz / 10), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void A_constant_level_fades_into_silence()
    {
        var board = new Board();
        board.Write((7, AllOff), (8, 15));
        Assert.InRange(board.Listen(Board.MasterHertz / 1_000).Max(), 14_000, 19_000);
        board.Run(Board.MasterHertz);
        Assert.All(board.Listen(Board.MasterHertz / 10), sample => Assert.InRange(sample, -1, 1));
    }

    [Fact]
    public void Channels_do_not_simply_add()
    {
        int one = VoltageTable.Levels[31];
        int two = VoltageTable.Levels[31 | (31 << 5)];
        int three = VoltageTable.Levels[31 | (31 << 5) | (31 << 10)];
        Assert.Equal(VoltageTable.FullScale, three, 2.0);
        Assert.Equal(VoltageTable.FullScale * 5 / 9, one, 2.0);
        Assert.Equal(VoltageTable.FullScale * 5 / 6, two, 2.0);
        Assert.Equal(0, VoltageTable.Levels[0]);
    }

    [Fact]
    public void Volumes_rise_by_about_three_decibels()
    {
        for (int volume = 1; volume < 15; volume++)
        {
            double ratio = (double)VoltageTable.Levels[VoltageTable.OfVolume(volume + 1)] / VoltageTable.Levels[VoltageTable.OfVolume(volume)];
            Assert.InRange(ratio, 1.40, 1.43);
        }
    }

    [Theory]
    [InlineData(48_000, 32_084_988)]
    [InlineData(44_100, 32_042_400)]
    [InlineData(8_000, 32_000_000)]
    [InlineData(192_000, 32_000_000)]
    public void A_thousand_frames_have_the_exact_number_of_samples(int rate, long master)
    {
        const long FrameCycles = 160_256 * 4;
        var board = new Board(master, rate);
        board.Write((0, 200), (7, ToneAOnly), (8, 12));
        long samples = 0;
        for (long frame = 1; frame <= 1_000; frame++)
        {
            short[] heard = board.Listen(FrameCycles);
            samples += heard.Length;
            Assert.InRange((frame * FrameCycles * rate / (double)master) - samples, -0.01, 1.01);
        }

        Assert.Equal(0, board.Audio.Dropped);
    }

    [Fact]
    public void Nothing_folds_back_from_above_half_the_sample_rate()
    {
        // A tone of 15,625 Hz: its third harmonic lies at 46,875 Hz, which would fold back to 1,125 Hz.
        var board = new Board();
        board.Write((0, 8), (7, ToneAOnly), (8, 15));
        board.Run(Board.MasterHertz / 2);
        short[] samples = board.Listen(Board.MasterHertz);
        double signal = Amplitude(samples, 15_625);
        double alias = Amplitude(samples, 1_125);
        Assert.True(alias < signal / 300, $"{alias} against {signal}");
    }

    private static double Amplitude(short[] samples, double frequency)
    {
        double re = 0;
        double im = 0;
        for (int index = 0; index < samples.Length; index++)
        {
            double window = 1 - Math.Cos(2 * Math.PI * index / samples.Length);
            re += samples[index] * window * Math.Cos(2 * Math.PI * frequency * index / 48_000);
            im += samples[index] * window * Math.Sin(2 * Math.PI * frequency * index / 48_000);
        }

        return Math.Sqrt((re * re) + (im * im)) / samples.Length;
    }

    // From the first to the last rising zero crossing, both interpolated.
    private static double Frequency(short[] samples, double rate)
    {
        double first = 0;
        double last = 0;
        int periods = -1;
        for (int index = 1; index < samples.Length; index++)
        {
            if (samples[index - 1] < 0 && samples[index] >= 0)
            {
                last = index - (samples[index] / (double)(samples[index] - samples[index - 1]));
                first = periods < 0 ? last : first;
                periods++;
            }
        }

        return periods * rate / (last - first);
    }
}
