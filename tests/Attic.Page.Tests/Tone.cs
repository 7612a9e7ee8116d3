namespace Attic.Page.Tests;

/// <summary>Measures a steady tone in samples by the moments at which it rises through its mean.</summary>
internal sealed class Tone
{
    private readonly List<double> _crossings = [];

    /// <summary>Looks at one channel.</summary>
    public Tone(ReadOnlySpan<float> samples, double rate)
    {
        double mean = 0;
        foreach (float sample in samples)
        {
            mean += sample;
        }

        mean /= samples.Length;
        for (int i = 1; i < samples.Length; i++)
        {
            double before = samples[i - 1] - mean, after = samples[i] - mean;
            if (before < 0 && after >= 0)
            {
                _crossings.Add((i - 1 + (before / (before - after))) / rate);
            }
        }
    }

    /// <summary>Cycles from the first to the last crossing.</summary>
    public int Cycles => _crossings.Count - 1;

    /// <summary>Hz over all of them.</summary>
    public double Frequency => Cycles / (_crossings[^1] - _crossings[0]);

    /// <summary>The longest and the shortest cycle, as parts of the mean.</summary>
    public (double Shortest, double Longest) Extremes
    {
        get
        {
            var lengths = _crossings.Zip(_crossings.Skip(1), (from, to) => (to - from) * Frequency).ToList();
            return (lengths.Min(), lengths.Max());
        }
    }
}
