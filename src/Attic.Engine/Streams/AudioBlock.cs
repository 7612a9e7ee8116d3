namespace Attic.Engine.Streams;

/// <summary>The sound of one slice of a machine's time.</summary>
public sealed class AudioBlock
{
    private short[] _samples = new short[4096];

    /// <summary>Interleaved stereo.</summary>
    public ReadOnlySpan<short> Samples => _samples.AsSpan(0, Length);

    /// <summary>Values in <see cref="Samples"/>: twice the sample frames.</summary>
    public int Length { get; private set; }

    /// <summary>When its first sample sounded, E-clock.</summary>
    public long StampUs { get; private set; }

    /// <summary>Sample frames per second.</summary>
    public int SampleRate { get; private set; }

    /// <summary>Copies <paramref name="samples"/>.</summary>
    /// <param name="samples">Interleaved stereo.</param>
    /// <param name="sampleRate">Sample frames per second.</param>
    /// <param name="endUs">When the last one ended, E-clock.</param>
    /// <param name="muted">Keeps the length, not the sound: what a slowed machine makes has the wrong pitch.</param>
    public void Take(ReadOnlySpan<short> samples, int sampleRate, long endUs, bool muted)
    {
        if (_samples.Length < samples.Length)
        {
            _samples = new short[samples.Length * 2];
        }

        (Length, SampleRate) = (samples.Length, sampleRate);
        StampUs = endUs - (samples.Length / 2 * 1_000_000L / sampleRate);
        if (muted)
        {
            _samples.AsSpan(0, Length).Clear();
        }
        else
        {
            samples.CopyTo(_samples);
        }
    }
}
