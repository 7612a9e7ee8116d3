namespace Attic.Tests;

/// <summary>Makes sound files of tapes.</summary>
internal static class TapeSounds
{
    /// <summary>A WAV file with the two tones of a line that is high but for the stretches between its edges.</summary>
    /// <param name="edges">In µs.</param>
    /// <param name="end">Where the sound ends, in µs.</param>
    /// <param name="rate">Samples a second.</param>
    /// <param name="noise">Amplitude of the noise beside a tone of 10,000.</param>
    /// <param name="speed">Of the tape, 1 is right.</param>
    /// <param name="channels">1, or 2 with the data on the right.</param>
    /// <param name="bits">8 or 16.</param>
    public static byte[] Wav(long[] edges, long end, int rate = 44_100, int noise = 0, double speed = 1, int channels = 1, int bits = 16)
    {
        int count = (int)(end / speed * rate / 1_000_000);
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        int frame = channels * bits / 8;
        writer.Write("RIFF"u8);
        writer.Write(36 + (count * frame));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * frame);
        writer.Write((short)frame);
        writer.Write((short)bits);
        writer.Write("data"u8);
        writer.Write(count * frame);
        var random = new Random(1);
        double phase = 0;
        int edge = 0;
        for (int index = 0; index < count; index++)
        {
            double at = index * 1e6 / rate * speed;
            while (edge < edges.Length && edges[edge] <= at)
            {
                edge++;
            }

            phase += ((edge & 1) == 0 ? 5_327 : 3_995) * speed * 2 * Math.PI / rate;
            int sample = (int)((10_000 * Math.Sin(phase)) + (noise > 0 ? random.Next(-noise, noise) : 0));
            for (int channel = 1; channel < channels; channel++)
            {
                Put(writer, random.Next(-3_000, 3_000), bits);
            }

            Put(writer, sample, bits);
        }

        return file.ToArray();
    }

    private static void Put(BinaryWriter writer, int sample, int bits)
    {
        if (bits == 8)
        {
            writer.Write((byte)((sample >> 8) + 128));
        }
        else
        {
            writer.Write((short)sample);
        }
    }

    /// <summary>The bytes that a receiver reads off a line, by the middle of each bit.</summary>
    public static byte[] Decode(ReadOnlySpan<long> edges, int baud)
    {
        var bytes = new List<byte>();
        double bit = 1e6 / baud;
        int edge = 0;
        while (edge < edges.Length)
        {
            long start = edges[edge];
            int value = 0;
            for (int place = 0; place < 8; place++)
            {
                value |= LevelAt(edges, start + (bit * (place + 1.5))) ? 1 << place : 0;
            }

            bytes.Add((byte)value);
            double stop = start + (bit * 9.5);
            while (edge < edges.Length && (edges[edge] < stop || (edge & 1) != 0))
            {
                edge++;
            }
        }

        return [.. bytes];
    }

    private static bool LevelAt(ReadOnlySpan<long> edges, double at)
    {
        int place = edges.BinarySearch((long)at);
        return ((place < 0 ? ~place : place + 1) & 1) == 0;
    }
}
