using Attic.Abi.Machines;
using Attic.Abi.State;

namespace Attic.Modules.XlIo.Tests;

public class SoundTests
{
    private const int Pure = 0xA8;

    public static TheoryData<VideoRegion, int> Outputs() => new()
    {
        { VideoRegion.Ntsc, 48_000 },
        { VideoRegion.Ntsc, 44_100 },
        { VideoRegion.Pal, 48_000 },
        { VideoRegion.Pal, 44_100 },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Tones_have_the_pitch_of_their_clock(VideoRegion region, int rate)
    {
        Check(0x00, 31, 2 * 28 * 32);
        Check(0x01, 5, 2 * 114 * 6);
        Check(0x40, 250, 2 * 254);

        void Check(int audctl, int audf, int cycles)
        {
            var board = new Board(region, rate);
            board.WritePokey(Board.Audctl, audctl);
            board.Voice(1, audf, Pure);
            double expected = board.CyclesPerSecond / cycles;
            Assert.InRange(Frequency(board.Record(1), rate), expected * 0.9995, expected * 1.0005);
        }
    }

    [Fact]
    public void Joined_channels_play_low_notes_in_tune()
    {
        var board = new Board();
        board.WritePokey(Board.Audctl, 0x50);
        const int Divisor = 2027;
        board.Voice(1, Divisor & 0xFF, 0);
        board.Voice(2, Divisor >> 8, Pure);
        double expected = board.CyclesPerSecond / (2 * (Divisor + 7));
        Assert.InRange(Frequency(board.Record(1), 48_000), expected * 0.9995, expected * 1.0005);
    }

    [Fact]
    public void What_lies_above_half_the_sample_rate_does_not_fold_back()
    {
        // 9 kHz: the third harmonic, 27 kHz and a third as strong, would be heard at 21.
        var board = new Board();
        board.WritePokey(Board.Audctl, 0x40);
        board.Voice(1, 95, Pure);
        double tone = board.CyclesPerSecond / (2 * 99);
        short[] sound = board.Record(1);
        Assert.InRange(Strength(sound, 48_000 - (3 * tone)) / Strength(sound, tone), 0, 1 / 80.0);
    }

    [Fact]
    public void Four_channels_give_three_times_what_one_gives()
    {
        int one = Step(1);
        Assert.InRange(Step(4) / (double)one, 2.95, 3.05);
        Assert.InRange(Step(2) / (double)one, 1.6, 1.9);
    }

    [Fact]
    public void Volume_only_makes_the_program_the_oscillator()
    {
        var board = new Board();
        board.Sound();
        board.Audio.Clear();
        for (int half = 0; half < 1000; half++)
        {
            board.WritePokey(1, half % 2 == 0 ? 0x1F : 0x10);
            board.Run(1000);
        }

        // The capacitor that takes the mean away has charged after the first half.
        board.Sound();
        short[] left = [.. board.Audio.Samples[(board.Audio.Samples.Length / 2)..].ToArray().Where((_, index) => index % 2 == 0)];
        double expected = board.CyclesPerSecond / 2000;
        Assert.InRange(Frequency(left, 48_000), expected * 0.998, expected * 1.002);
    }

    [Fact]
    public void The_high_pass_filter_lets_through_what_its_clock_is_too_slow_for()
    {
        Assert.InRange(Loudness(0x00, 200), 1000, 20_000);
        Assert.InRange(Loudness(0x04, 200), 1000, 20_000);
        Assert.InRange(Loudness(0x04, 31), 0, 50);

        static double Loudness(int audctl, int filter)
        {
            var board = new Board();
            board.WritePokey(Board.Audctl, audctl);
            board.Voice(1, 31, Pure);
            board.Voice(3, filter, 0);
            board.WritePokey(Board.Stimer, 0);
            return Math.Sqrt(board.Record(0.3).Average(sample => (double)sample * sample));
        }
    }

    [Fact]
    public void The_speaker_clicks_beside_the_channels()
    {
        var board = new Board();
        int driver = board.Wiring.Wire(Abi.AtariXl.XlPins.Speaker).AddDriver();
        board.Run(1000);
        board.Sound();
        board.Audio.Clear();
        board.Wiring.Wire(Abi.AtariXl.XlPins.Speaker).Drive(driver, false, board.Now);
        board.Run(1000);
        board.Sound();
        Assert.True(board.Audio.Samples[^1] > 1000);
    }

    [Theory]
    [InlineData(0xA0, 7)]
    [InlineData(0x80, 19)]
    [InlineData(0xC0, 3)]
    [InlineData(0x20, 12)]
    [InlineData(0x00, 0)]
    [InlineData(0x40, 30)]
    [InlineData(0xB0, 5)]
    public void A_silent_channel_goes_on_as_if_it_were_heard(int distortion, int audf)
    {
        var silent = new Board();
        var heard = new Board();
        foreach (var board in new[] { silent, heard })
        {
            board.WritePokey(Board.Audctl, 0x40);
            board.Voice(1, audf, distortion);
            board.Voice(2, audf + 40, distortion);
        }

        heard.Voice(1, audf, distortion | 8);
        heard.Voice(2, audf + 40, (distortion | 8) & 0xEF);
        foreach (var board in new[] { silent, heard })
        {
            board.Run(100_000);
            board.Sound();
            board.Run(12_345);
            board.WritePokey(0, audf ^ 1);
            board.Run(54_321);
            board.Sound();
        }

        var differences = StateCollector.Differences(StateCollector.Collect(silent.Chips[0]), StateCollector.Collect(heard.Chips[0]));
        Assert.DoesNotContain(differences, line => line.Contains("Output", StringComparison.Ordinal)
            || line.Contains("Underflow", StringComparison.Ordinal) || line.Contains("Counter", StringComparison.Ordinal));
    }

    [Fact]
    public void It_does_not_matter_how_often_the_chip_is_asked()
    {
        var once = new Board();
        var often = new Board();
        foreach (var board in new[] { once, often })
        {
            board.WritePokey(Board.Audctl, 0x54);
            board.Voice(1, 3, 0xA4);
            board.Voice(2, 9, 0);
            board.Voice(3, 77, 0x46);
            board.Voice(4, 5, 0x20);
        }

        once.Run(50_000);
        once.Sound();
        for (int cycle = 0; cycle < 50_000; cycle += 10)
        {
            often.Run(10);
            often.ReadPokey(Board.RandomByte);
            often.Sound();
        }

        Assert.Empty(StateCollector.Differences(StateCollector.Collect(once.Chips[0]), StateCollector.Collect(often.Chips[0])));
        Assert.True(once.Audio.Samples.SequenceEqual(often.Audio.Samples));
    }

    // The height of a step from silence to so many channels at full volume.
    private static int Step(int channels)
    {
        var board = new Board();
        board.Run(2000);
        board.Sound();
        board.Audio.Clear();
        for (int channel = 1; channel <= channels; channel++)
        {
            board.Voice(channel, 0, 0x1F);
        }

        board.Run(1500);
        board.Sound();
        return board.Audio.Samples[^1];
    }

    // By the times of rising zero crossings, the first and the last of them interpolated.
    private static double Frequency(short[] samples, int rate)
    {
        double first = -1;
        double last = -1;
        int count = 0;
        for (int index = 1; index < samples.Length; index++)
        {
            if (samples[index - 1] < 0 && samples[index] >= 0)
            {
                double at = index - (samples[index] / (double)(samples[index] - samples[index - 1]));
                (first, last, count) = (first < 0 ? at : first, at, count + 1);
            }
        }

        return (count - 1) * rate / (last - first);
    }

    // Amplitude at a frequency (Goertzel's sum) of sound at 48 kHz, under a Hann window.
    private static double Strength(short[] samples, double frequency)
    {
        double real = 0;
        double imaginary = 0;
        for (int index = 0; index < samples.Length; index++)
        {
            double window = 1 - Math.Cos(2 * Math.PI * index / samples.Length);
            double angle = 2 * Math.PI * frequency * index / 48_000;
            real += window * samples[index] * Math.Cos(angle);
            imaginary += window * samples[index] * Math.Sin(angle);
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / samples.Length;
    }
}
