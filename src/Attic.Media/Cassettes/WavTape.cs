using System.Buffers.Binary;
using System.Text;

namespace Attic.Media.Cassettes;

/// <summary>
/// A tape that was recorded into a <c>.WAV</c> file: finds the two tones of its data track, 5327 Hz for a one and 3995 Hz for a zero.
/// </summary>
/// <remarks>
/// Both tones' energies are compared over 0.751 ms, in which the one has four and the other three periods: so neither shows in the other's
/// sum. Half a bit at 600 baud; a change of level counts when one is clearly above the other, which keeps noise out. Where there is no
/// tone the line is high. Of a stereo file the right track is taken, on which the Atari's recorders have the data.
/// </remarks>
internal static class WavTape
{
    private const int MarkHz = 5_327;
    private const int SpaceHz = 3_995;
    private const int TableBits = 10;
    private const int Unit = 1 << 12;

    // PCM as it is, and the extended header with PCM in it.
    private const int Pcm = 1;
    private const int Extensible = 0xFFFE;

    private static readonly short[] Sines = MakeSines();

    public static ReadOnlySpan<byte> Magic => "RIFF"u8;

    /// <summary>Reads a file.</summary>
    /// <returns>
    /// The moments in µs at which the line changes, which begins high; and of a stereo file the left track, which is the recorder's
    /// sound track.
    /// </returns>
    /// <exception cref="MediaFormatException">The file is damaged or holds no such sound.</exception>
    public static (long[] Edges, WavTapeSound? Sound) Read(ReadOnlyMemory<byte> content)
    {
        var file = content.Span;
        if (file.Length < 12 || !file.StartsWith(Magic) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            throw new MediaFormatException(0, "RIFF … WAVE", file.Length < 12 ? $"{file.Length} bytes" : Encoding.ASCII.GetString(file[..12]));
        }

        Sound? sound = null;
        for (int at = 12; at + 8 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            var type = file.Slice(at, 4);
            int body = at + 8;
            if (type.SequenceEqual("data"u8))
            {
                // A recorder that was stopped hard leaves a length of 0 or of everything.
                int size = length == 0 || length > file.Length - body ? file.Length - body : (int)length;
                var (rate, channels, bits) = sound ?? throw new MediaFormatException(at, "a fmt chunk before the data", "data");
                return (Demodulate(file.Slice(body, size), rate, channels, bits), channels == 2 ? new(content.Slice(body, size), rate, bits) : null);
            }

            if (length > file.Length - body)
            {
                throw new MediaFormatException(at + 4, $"at most the {file.Length - body} bytes that follow", $"{length}");
            }

            if (type.SequenceEqual("fmt "u8))
            {
                sound = Format(file.Slice(body, (int)length), body);
            }

            at = body + (int)length + ((int)length & 1);
        }

        throw new MediaFormatException(file.Length, "a data chunk", "none");
    }

    private static Sound Format(ReadOnlySpan<byte> format, int offset)
    {
        if (format.Length < 16)
        {
            throw new MediaFormatException(offset, "at least 16 bytes of format", $"{format.Length}");
        }

        int kind = BinaryPrimitives.ReadUInt16LittleEndian(format);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (kind is not (Pcm or Extensible))
        {
            throw new MediaFormatException(offset, "PCM", $"format {kind}");
        }

        if (channels is not (1 or 2))
        {
            throw new MediaFormatException(offset + 2, "one or two channels", $"{channels}");
        }

        if (rate is < 11_025 or > 192_000)
        {
            throw new MediaFormatException(offset + 4, "11025 to 192000 samples a second", $"{rate}");
        }

        return bits is 8 or 16 ? new((int)rate, channels, bits) : throw new MediaFormatException(offset + 14, "8 or 16 bits a sample", $"{bits}");
    }

    private static long[] Demodulate(ReadOnlySpan<byte> data, int rate, int channels, int bits)
    {
        int frame = channels * bits / 8;
        int count = data.Length / frame;
        int window = Math.Max(4, (int)Math.Round(rate * 3.0 / SpaceHz));
        var (mark, space) = (new Tone(MarkHz, rate, window), new Tone(SpaceHz, rate, window));
        var edges = new List<long>();
        bool level = true;
        long loudest = 0;
        for (int index = 0; index < count; index++)
        {
            int sample = Sample(data[((index * frame) + frame - (bits / 8))..], bits);
            long difference = mark.Energy(sample) - space.Energy(sample);
            loudest = Math.Max(mark.Last + space.Last, loudest - (loudest >> 12));
            long least = Math.Max(1, loudest >> 4);
            bool next = difference > least || (difference >= -least && level) || mark.Last + space.Last < least;
            if (next != level && index >= window)
            {
                // The tone changed half a window ago.
                edges.Add(Math.Max(edges.Count > 0 ? edges[^1] + 1 : 0, ((index * 2L) - window) * 500_000 / rate));
                level = next;
            }
        }

        if (!level)
        {
            edges.Add(Math.Max(edges[^1] + 1, (long)count * 1_000_000 / rate));
        }

        return [.. edges];
    }

    /// <summary>A sample of 8 bits without or 16 with a sign, as 16 bits.</summary>
    internal static int Sample(ReadOnlySpan<byte> bytes, int bits) =>
        bits == 8 ? (bytes[0] - 128) << 8 : BinaryPrimitives.ReadInt16LittleEndian(bytes);

    private static short[] MakeSines()
    {
        short[] table = new short[1 << TableBits];
        for (int index = 0; index < table.Length; index++)
        {
            table[index] = (short)Math.Round(Unit * Math.Sin(2 * Math.PI * index / table.Length));
        }

        return table;
    }

    private sealed record Sound(int Rate, int Channels, int Bits);

    // A tone's energy over a window that moves along, in integers: equal on every machine.
    private sealed class Tone(int hertz, int rate, int window)
    {
        private const int QuarterTurn = 1 << (TableBits - 2);
        private readonly uint _step = (uint)(((ulong)hertz << 32) / (ulong)rate);
        private readonly int[] _sines = new int[window];
        private readonly int[] _cosines = new int[window];
        private uint _phase;
        private int _place;
        private long _sine;
        private long _cosine;

        public long Last { get; private set; }

        public long Energy(int sample)
        {
            int place = (int)(_phase >> (32 - TableBits));
            _phase += _step;
            int sine = sample * Sines[place];
            int cosine = sample * Sines[(place + QuarterTurn) & ((1 << TableBits) - 1)];
            _sine += sine - _sines[_place];
            _cosine += cosine - _cosines[_place];
            (_sines[_place], _cosines[_place]) = (sine, cosine);
            _place = _place + 1 == _sines.Length ? 0 : _place + 1;
            (long x, long y) = (_sine >> 12, _cosine >> 12);
            return Last = ((x * x) + (y * y)) >> 8;
        }
    }
}
