using System.Runtime.CompilerServices;

namespace Attic.Abi.Machines;

/// <summary>
/// Sound from a machine: interleaved signed 16-bit stereo. The machine appends, its owner takes all after each frame;
/// what does not fit (nobody takes) is dropped and counted, newest first.
/// </summary>
public sealed class AudioBuffer
{
    private readonly short[] _samples;
    private int _length;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="sampleRate">Sample frames per second.</param>
    /// <param name="capacityFrames">Sample frames that it holds; one video frame takes about a fiftieth of a second.</param>
    public AudioBuffer(int sampleRate, int capacityFrames = 16_384)
    {
        SampleRate = sampleRate;
        _samples = new short[capacityFrames * 2];
    }

    /// <summary>Sample frames per second.</summary>
    public int SampleRate { get; }

    /// <summary>Sample frames dropped because the buffer was full.</summary>
    public long Dropped { get; private set; }

    /// <summary>The samples not yet taken: left, right, left, right …</summary>
    public ReadOnlySpan<short> Samples => _samples.AsSpan(0, _length);

    /// <summary>Appends one sample frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(short left, short right)
    {
        if (_length == _samples.Length)
        {
            Dropped++;
            return;
        }

        _samples[_length] = left;
        _samples[_length + 1] = right;
        _length += 2;
        Appended++;
    }

    /// <summary>Sample frames appended so far, since the buffer was made.</summary>
    public long Appended { get; private set; }

    /// <summary>The last of the samples not yet taken, to be mixed with: as many frames as there are, at most those asked for.</summary>
    /// <param name="frames">Sample frames.</param>
    public Span<short> Last(long frames) => _samples.AsSpan(_length - (int)Math.Clamp(2 * frames, 0, _length), (int)Math.Clamp(2 * frames, 0, _length));

    /// <summary>Empties the buffer.</summary>
    public void Clear() => _length = 0;
}
