using Attic.Abi.State;
using Attic.Media.Cassettes;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Cassettes;

public sealed class TapeImageTests : IDisposable
{
    private static readonly byte[] Record = [0x55, 0x55, 0xFC, .. Enumerable.Range(0, 128).Select(value => (byte)(value * 37)), 0x9A];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(600)]
    [InlineData(1_200)]
    public void A_record_is_a_row_of_bytes_after_its_gap(int baud)
    {
        var tape = TapeImage.FromBytes("t.cas", [.. Fuji(), .. Chunk("baud", baud), .. Chunk("data", 3_000, Record)]);
        Assert.Equal(3_000_000, tape.Edges[0]);
        Assert.Equal(Record, TapeSounds.Decode(tape.Edges, baud));
        Assert.Equal(3_000_000 + (Record.Length * 10_000_000L / baud), tape.Length, 1.0);
    }

    [Fact]
    public void Levels_begin_low_and_last_tenths_of_a_millisecond()
    {
        var tape = TapeImage.FromBytes("t.cas", [.. Fuji(), .. Chunk("fsk ", 10, [5, 0, 7, 0, 0x2C, 1])]);
        Assert.Equal([10_000, 10_500, 11_200, 41_200], tape.Edges.ToArray());
    }

    [Fact]
    public void Pulses_have_two_equal_halves()
    {
        byte[] file = [.. Fuji(), .. Chunk("pwms", 2 + 4, [0x10, 0x27]), .. Chunk("pwmc", 1, [10, 2, 0]), .. Chunk("pwmd", (20 << 8) | 10, [0x80]), .. Chunk("pwml", 1, [9, 0])];
        var tape = TapeImage.FromBytes("t.cas", file);

        // It rises first, but the line is high already: what shows is that it falls in the middle of each.
        Assert.Equal([1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 5_500], tape.Edges[..7].ToArray());
    }

    [Fact]
    public void What_is_recorded_is_in_the_file_and_plays_again()
    {
        string path = _folder["t.cas"];
        File.WriteAllBytes(path, TapeImage.Blank());
        using (var tape = TapeImage.Open(path))
        {
            Assert.True(tape.Record(20_000_000, Record, 597));
            Assert.True(tape.Record(30_000_000, Record.AsSpan(0, 100), 600));
        }

        using var again = TapeImage.Open(path, writeProtect: true);
        Assert.Equal(20_000_000, again.Edges[0]);
        byte[] expected = [.. Record, .. Record[..100]];
        Assert.Equal(expected, TapeSounds.Decode(again.Edges, 600));
    }

    [Fact]
    public void A_recording_replaces_what_it_runs_over()
    {
        var tape = TapeImage.FromBytes("t.cas", [.. Fuji(), .. Chunk("data", 1_000, Record), .. Chunk("data", 1_000, [1, 2, 3])]);
        Assert.True(tape.Record(1_500_000, [9, 9], 600));
        Assert.Equal([9, 9, 1, 2, 3], TapeSounds.Decode(tape.Edges, 600));
    }

    [Fact]
    public void Everything_of_a_tape_outlives_a_recording_behind_it()
    {
        byte[] file = [.. Fuji("Turbo"), .. Chunk("fsk ", 10, [5, 0, 7, 0]), .. Chunk("pwms", 1, [0x10, 0x27]), .. Chunk("pwmd", (20 << 8) | 10, [0x80]), .. Chunk("baud", 1_200), .. Chunk("data", 70, [1, 2])];
        var tape = TapeImage.FromBytes("t.cas", file);
        long[] before = tape.Edges.ToArray();
        Assert.True(tape.Record(90_000_000, [3], 600));
        var again = TapeImage.FromBytes("t.cas", tape.ToFile());
        Assert.Equal("Turbo", again.Description);
        Assert.Equal(before, again.Edges[..before.Length].ToArray());
        Assert.Equal([3], TapeSounds.Decode(again.Edges[before.Length..], 600));
    }

    [Fact]
    public void A_state_brings_the_recording_back()
    {
        var tape = TapeImage.FromBytes("t.cas", TapeImage.Blank());
        tape.Record(1_000_000, [1, 2], 600);
        byte[] saved = new StateSaver().Save(tape).ToArray();
        tape.Record(2_000_000, [3], 600);
        new StateLoader().Load(tape, saved);
        Assert.Equal([1, 2], TapeSounds.Decode(tape.Edges, 600));
    }

    [Fact]
    public void A_protected_tape_takes_nothing()
    {
        var tape = TapeImage.FromBytes("t.cas", [.. Fuji(), .. Chunk("data", 1_000, Record)], writeProtect: true);
        Assert.False(tape.Record(0, [1], 600));
        Assert.Equal(Record, TapeSounds.Decode(tape.Edges, 600));
    }

    [Theory]
    [InlineData(44_100, 0, 1.0, 1, 16)]
    [InlineData(44_100, 4_000, 1.0, 1, 16)]
    [InlineData(48_000, 1_000, 1.03, 1, 16)]
    [InlineData(22_050, 1_000, 0.97, 2, 16)]
    [InlineData(96_000, 1_000, 1.0, 2, 16)]
    [InlineData(44_100, 0, 1.0, 1, 8)]
    public void A_sound_file_plays_through_noise_and_wrong_speed(int rate, int noise, double speed, int channels, int bits)
    {
        var tape = TapeImage.FromBytes("t.cas", [.. Fuji(), .. Chunk("data", 500, Record), .. Chunk("data", 250, Record)]);
        byte[] sound = TapeSounds.Wav(tape.Edges.ToArray(), tape.Length + 300_000, rate, noise, speed, channels, bits);
        var heard = TapeImage.FromBytes("t.wav", sound);
        byte[] expected = [.. Record, .. Record];
        Assert.Equal(expected, TapeSounds.Decode(heard.Edges, (int)(600 * speed)));
        Assert.True(heard.WriteProtected);
    }

    [Fact]
    public void Damage_is_named_with_its_place()
    {
        Assert.Equal(0, Refusal([1, 2, 3]).Offset);
        Assert.Equal(8, Refusal([.. Fuji(), 1, 2, 3]).Offset);
        Assert.Equal(8 + 4, Refusal([.. Fuji(), .. Chunk("data", 0, Record)[..50]]).Offset);
        Assert.Equal(8 + 6, Refusal([.. Fuji(), .. Chunk("baud", 0)]).Offset);
        Assert.Equal(8, Refusal([.. Fuji(), .. Chunk("pwmd", 0, [1])]).Offset);
        Assert.Equal(8 + 4, Refusal([.. Fuji(), .. Chunk("fsk ", 0, [1])]).Offset);
        byte[] sound = TapeSounds.Wav([], 100_000);
        sound[20] = 3;
        Assert.Equal(20, Refusal(sound).Offset);
        Assert.Equal(0, Refusal("RIFFabcdWAVX"u8.ToArray()).Offset);

        static MediaFormatException Refusal(byte[] file) => Assert.Throws<MediaFormatException>(() => TapeImage.FromBytes("t.cas", file));
    }

    [Fact]
    public void Whatever_the_chunks_are_a_tape_is_read_or_refused() =>
        Prop.ForAll<(byte, ushort, byte[])[]>(chunks =>
        {
            string[] types = ["data", "fsk ", "pwms", "pwml", "pwmc", "pwmd", "baud", "FUJI", "xyzw"];
            byte[] file = [.. Fuji(), .. chunks.SelectMany(chunk => Chunk(types[chunk.Item1 % types.Length], chunk.Item2, chunk.Item3))];
            ReadsOrRefuses(file);
            ReadsOrRefuses(file[..(file.Length * 2 / 3)]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_damaged_a_sound_file_is_read_or_refused()
    {
        byte[] sound = TapeSounds.Wav([10_000, 12_000], 30_000);
        Prop.ForAll<(ushort, byte)[]>(changes =>
        {
            byte[] file = [.. sound];
            foreach (var (at, value) in changes)
            {
                file[at % (at % 2 == 0 ? 60 : file.Length)] = value;
            }

            ReadsOrRefuses(file);
        }).QuickCheckThrowOnFailure();
    }

    private static void ReadsOrRefuses(byte[] file)
    {
        try
        {
            var tape = TapeImage.FromBytes("t", file);
            for (int edge = 1; edge < tape.Edges.Length; edge++)
            {
                Assert.True(tape.Edges[edge] > tape.Edges[edge - 1]);
            }
        }
        catch (MediaFormatException refusal)
        {
            Assert.InRange(refusal.Offset, 0, file.Length);
        }
    }

    private static byte[] Fuji(string description = "") => Chunk("FUJI", 0, System.Text.Encoding.UTF8.GetBytes(description));

    private static byte[] Chunk(string type, int aux, byte[]? data = null) =>
        [.. System.Text.Encoding.ASCII.GetBytes(type), (byte)(data?.Length ?? 0), (byte)((data?.Length ?? 0) >> 8), (byte)aux, (byte)(aux >> 8), .. data ?? []];
}
