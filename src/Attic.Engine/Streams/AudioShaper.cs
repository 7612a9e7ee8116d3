using System.Buffers.Binary;

namespace Attic.Engine.Streams;

/// <summary>
/// Cuts sound into chunks of equal length in one format and at one rate; other rates than the machine's are interpolated
/// linearly. Used by one thread.
/// </summary>
internal sealed class AudioShaper(AudioSettings settings)
{
    /// <summary>Sample frames of a chunk (R73).</summary>
    public const int ChunkFrames = 1024;

    private readonly short[] _chunk = new short[ChunkFrames * 2];
    private int _filled;
    private long _chunkStampUs;

    // Where between the last sample frame and the next one the next output lies, in output rate units.
    private long _phase;
    private short _lastLeft;
    private short _lastRight;

    public AudioSettings Settings => settings;

    public int PayloadBytes => ChunkFrames * 2 * (settings.Format == SampleFormat.PcmS16Le ? 2 : 4);

    /// <summary>Takes a block in and hands each chunk that it completes to <paramref name="emit"/> with its stamp.</summary>
    public void Take(AudioBlock block, Action<AudioShaper, long> emit)
    {
        var samples = block.Samples;
        for (int i = 0; i < samples.Length; i += 2)
        {
            while (_phase < settings.SampleRate)
            {
                if (_filled == 0)
                {
                    _chunkStampUs = block.StampUs + (i / 2 * 1_000_000L / block.SampleRate);
                }

                _chunk[_filled] = Between(_lastLeft, samples[i]);
                _chunk[_filled + 1] = Between(_lastRight, samples[i + 1]);
                _filled += 2;
                if (_filled == _chunk.Length)
                {
                    _filled = 0;
                    emit(this, _chunkStampUs);
                }

                _phase += block.SampleRate;
            }

            _phase -= settings.SampleRate;
            (_lastLeft, _lastRight) = (samples[i], samples[i + 1]);
        }
    }

    /// <summary>Writes the chunk just completed.</summary>
    public void Write(Span<byte> payload)
    {
        if (settings.Format == SampleFormat.PcmS16Le)
        {
            for (int i = 0; i < _chunk.Length; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(payload[(2 * i)..], _chunk[i]);
            }
        }
        else
        {
            for (int i = 0; i < _chunk.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(payload[(4 * i)..], _chunk[i] / 32768f);
            }
        }
    }

    // At equal rates the phase is 0 at every sample and the sample before is passed on unchanged.
    private short Between(short before, short after) =>
        _phase == 0 ? before : (short)(before + ((after - before) * _phase / settings.SampleRate));
}
