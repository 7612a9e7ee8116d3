using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Media.Cassettes;

namespace Attic.Modules.XlStorage.Tests;

public class TapeDeckTests
{
    // A gap of 500 ms, then low for 0.5, high for 0.7, low for 30 ms.
    private static readonly byte[] Levels = [.. "FUJI\0\0\0\0fsk \x6\0"u8, 0xF4, 0x01, 5, 0, 7, 0, 0x2C, 1];

    // What a motor that starts makes of the tape's position.
    private const long Late = TapeMotion.RunUp / 2;

    [Fact]
    public void The_motor_line_moves_the_tape_and_the_tape_the_data_line()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.cas", Levels), bench.At);
        bench.Run(50_000);
        Assert.Empty(bench.Changes);
        bench.Motor(true);
        bench.Run(600_000);
        Assert.Equal(
            [(false, 500_000 + Late), (true, 500_500 + Late), (false, 501_200 + Late), (true, 531_200 + Late)],
            bench.Changes.Select(change => (change.Level, (change.At + 5) / 10 * 10)));
    }

    [Fact]
    public void A_stopped_tape_goes_on_where_it_stood()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.cas", Levels), bench.At);
        bench.Motor(true);
        bench.Run(510_000 + Late);
        bench.Motor(false);
        bench.Run(TapeMotion.RunDown);

        // It ran on for half of that; the line is high while nothing moves.
        Assert.True(bench.Changes[^1].Level);
        Assert.InRange(bench.Deck.PositionAt(bench.At), 510_000 + (TapeMotion.RunDown / 2) - 10, 510_000 + (TapeMotion.RunDown / 2) + 10);
        bench.Run(1_000_000);
        bench.Changes.Clear();
        bench.Deck.Wind(510_000, bench.At);
        bench.Motor(true);
        bench.Run(400_000);
        Assert.Equal([false, true], bench.Changes.Select(change => change.Level));
        Assert.InRange(bench.Changes[1].At, TimeOf(21_200) - 10, TimeOf(21_200) + 10);
    }

    [Fact]
    public void A_motor_that_is_switched_on_again_goes_on_from_the_speed_that_is_left()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.cas", Levels), bench.At);
        bench.Motor(true);
        bench.Run(TapeMotion.RunUp + 100_000);
        bench.Motor(false);
        bench.Run(TapeMotion.RunDown / 2);
        long at = bench.Deck.PositionAt(bench.At);
        bench.Motor(true);
        Assert.InRange(bench.Deck.PositionAt(bench.At), at - 2, at + 2);
        bench.Run(TapeMotion.RunUp / 2);

        // From half of the speed on it takes half of the time.
        Assert.InRange(bench.Deck.PositionAt(bench.At) - at, (TapeMotion.RunUp * 3 / 8) - 5, (TapeMotion.RunUp * 3 / 8) + 5);
        bench.Run(10_000);
        Assert.InRange(bench.Deck.PositionAt(bench.At) - at, (TapeMotion.RunUp * 3 / 8) + 9_990, (TapeMotion.RunUp * 3 / 8) + 10_010);
    }

    [Fact]
    public void The_sound_track_is_heard_while_the_tape_plays_at_its_pitch()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.wav", Stereo(hertz: 1_000, seconds: 2)), bench.At);
        Assert.All(bench.Listen(100_000), sample => Assert.Equal(0, sample));
        bench.Motor(true);
        bench.Listen(TapeMotion.RunUp);
        var heard = bench.Listen(1_000_000);
        Assert.InRange(heard.Max(), (short)4_500, (short)5_100);
        Assert.InRange(Rises(heard), 998, 1_002);

        // Without a click where one picture's sound ends and the next begins.
        int steepest = heard.Zip(heard.Skip(1), (one, next) => Math.Abs(next - one)).Max();
        Assert.InRange(steepest, 500, 700);
        bench.Motor(false);
        bench.Listen(TapeMotion.RunDown + 20_000);
        Assert.All(bench.Listen(100_000), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void A_tape_with_one_track_is_silent()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.wav", TapeSounds.Wav([100_000, 200_000], 400_000)), bench.At);
        bench.Motor(true);
        Assert.All(bench.Listen(300_000), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void What_the_computer_sends_is_recorded_in_records()
    {
        var tape = TapeImage.FromBytes("t.cas", TapeImage.Blank());
        var bench = new DeckBench();
        bench.Deck.Insert(tape, bench.At);
        bench.Deck.Press(TapeKey.Record, bench.At);
        bench.Motor(true);
        bench.Run(3_000_000 + Late);
        bench.Send(0x55, 0x55, 1, 2);
        bench.Run(250_000);
        bench.Send(0x55, 3);
        bench.Motor(false);
        bench.Run(TapeMotion.RunDown);
        byte[] file = tape.ToFile();
        Assert.Equal([0x55, 0x55, 1, 2], Data(file, 0));
        Assert.Equal([0x55, 3], Data(file, 1));
        Assert.InRange(tape.Edges[0], 2_999_000, 3_001_000);

        static byte[] Data(byte[] cas, int wanted)
        {
            for (int at = 0, found = 0; at < cas.Length;)
            {
                int length = cas[at + 4] | (cas[at + 5] << 8);
                if (cas.AsSpan(at, 4).SequenceEqual("data"u8) && found++ == wanted)
                {
                    return cas[(at + 8)..(at + 8 + length)];
                }

                at += 8 + length;
            }

            return [];
        }
    }

    [Fact]
    public void Record_on_a_protected_tape_plays()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.cas", Levels, writeProtect: true), bench.At);
        bench.Deck.Press(TapeKey.Record, bench.At);
        Assert.Equal(TapeKey.Play, bench.Deck.Key);
    }

    [Fact]
    public void A_state_remembers_where_the_tape_stood()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.cas", Levels), bench.At);
        bench.Motor(true);
        bench.Run(200_000 + Late);
        byte[] saved = new StateSaver().Save(bench.Deck).ToArray();
        bench.Deck.Wind(0, bench.At);
        new StateLoader().Load(bench.Deck, saved);
        Assert.InRange(bench.Deck.PositionAt(bench.At), 199_990, 200_010);
    }

    // How long a tape that starts takes for its first stretch.
    private static long TimeOf(long way) => (long)Math.Sqrt(2.0 * TapeMotion.RunUp * way);

    private static int Rises(short[] samples) => samples.Zip(samples.Skip(1)).Count(pair => pair is { First: < 0, Second: >= 0 });

    // A tone of 10,000 on the left, nothing on the right.
    private static byte[] Stereo(int hertz, int seconds)
    {
        byte[] file = TapeSounds.Wav([], seconds * 1_000_000, channels: 2);
        for (int index = 0; index < seconds * 44_100; index++)
        {
            short sample = (short)(10_000 * Math.Sin(2 * Math.PI * hertz * index / 44_100));
            BitConverter.TryWriteBytes(file.AsSpan(44 + (index * 4)), sample);
        }

        return file;
    }
}
