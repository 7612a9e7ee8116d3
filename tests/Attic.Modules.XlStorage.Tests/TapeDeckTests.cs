using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Media.Cassettes;

namespace Attic.Modules.XlStorage.Tests;

public class TapeDeckTests
{
    // A gap of 10 ms, then low for 0.5, high for 0.7, low for 30 ms.
    private static readonly byte[] Levels = [.. "FUJI\0\0\0\0fsk \x6\0\xA\0"u8, 5, 0, 7, 0, 0x2C, 1];

    [Fact]
    public void The_motor_line_moves_the_tape_and_the_tape_the_data_line()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.cas", Levels), bench.At);
        bench.Run(50_000);
        Assert.Empty(bench.Changes);
        bench.Motor(true);
        bench.Run(50_000);
        Assert.Equal([(false, 10_000L), (true, 10_500), (false, 11_200), (true, 41_200)], bench.Changes.Select(change => (change.Level, (change.At + 5) / 10 * 10)));
    }

    [Fact]
    public void A_stopped_tape_goes_on_where_it_stood()
    {
        var bench = new DeckBench();
        bench.Deck.Insert(TapeImage.FromBytes("t.cas", Levels), bench.At);
        bench.Motor(true);
        bench.Run(20_000);
        bench.Motor(false);

        // The line is high while nothing moves.
        Assert.True(bench.Changes[^1].Level);
        bench.Run(1_000_000);
        bench.Changes.Clear();
        bench.Motor(true);
        bench.Run(30_000);
        Assert.Equal([false, true], bench.Changes.Select(change => change.Level));
        Assert.InRange(bench.Changes[1].At, 21_190, 21_210);
    }

    [Fact]
    public void What_the_computer_sends_is_recorded_in_records()
    {
        var tape = TapeImage.FromBytes("t.cas", TapeImage.Blank());
        var bench = new DeckBench();
        bench.Deck.Insert(tape, bench.At);
        bench.Deck.Press(TapeKey.Record, bench.At);
        bench.Motor(true);
        bench.Run(3_000_000);
        bench.Send(0x55, 0x55, 1, 2);
        bench.Run(250_000);
        bench.Send(0x55, 3);
        bench.Motor(false);
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
        bench.Run(20_000);
        byte[] saved = new StateSaver().Save(bench.Deck).ToArray();
        bench.Deck.Wind(0, bench.At);
        new StateLoader().Load(bench.Deck, saved);
        Assert.InRange(bench.Deck.PositionAt(bench.At), 19_990, 20_010);
    }
}
