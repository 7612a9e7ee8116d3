using Attic.Abi.Machines;
using Attic.Abi.Media;

namespace Attic.Modules.XlStorage;

/// <summary>
/// The way of a tape's sound track through the serial bus (AUDIO IN) to the computer's sound output: adds it to the samples that
/// POKEY has made. No part of the machine's state: nothing in the machine can hear it.
/// </summary>
internal sealed class TapeSoundMixer(AudioBuffer audio)
{
    // A tape is about half as loud as POKEY can be.
    private const int Shift = 1;

    // Frames that counting samples and counting cycles may be apart before the latter count.
    private const int MostDrift = 3;

    private readonly double _microsecondsPerFrame = 1e6 / audio.SampleRate;
    private long _mixed;
    private double _end;

    /// <summary>Adds the tape's sound to all frames that were appended since the last call.</summary>
    /// <param name="now">When the last of them ends, in µs since power-on.</param>
    /// <param name="sound">The sound; null when nothing is to be heard.</param>
    /// <param name="positionAt">Gives for a time in µs before <paramref name="now"/> where the tape was, in µs; below 0 when it stood.</param>
    public void Mix(double now, ITapeSound? sound, Func<double, double> positionAt)
    {
        long frames = audio.Appended - _mixed;
        _mixed = audio.Appended;
        if (sound is null)
        {
            return;
        }

        double counted = _end + (frames * _microsecondsPerFrame);
        _end = Math.Abs(now - counted) < MostDrift * _microsecondsPerFrame ? counted : now;
        var samples = audio.Last(frames);
        for (int index = 0; index < samples.Length; index += 2)
        {
            double before = now - _end + (((samples.Length - index) / 2) * _microsecondsPerFrame);
            double position = positionAt(before);
            if (position >= 0)
            {
                int heard = At(sound, position) >> Shift;
                samples[index] = (short)Math.Clamp(samples[index] + heard, short.MinValue, short.MaxValue);
                samples[index + 1] = (short)Math.Clamp(samples[index + 1] + heard, short.MinValue, short.MaxValue);
            }
        }
    }

    private static int At(ITapeSound sound, double position)
    {
        double place = position * sound.SampleRate / 1e6;
        long index = (long)place;
        int first = sound.At(index);
        return first + (int)((sound.At(index + 1) - first) * (place - index));
    }
}
