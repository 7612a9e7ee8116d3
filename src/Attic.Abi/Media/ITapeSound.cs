namespace Attic.Abi.Media;

/// <summary>What is on the other track of a cassette: speech or music, which the recorder sends to the computer's sound output.</summary>
public interface ITapeSound
{
    /// <summary>Samples per second at the tape's right speed.</summary>
    int SampleRate { get; }

    /// <summary>A sample.</summary>
    /// <param name="index">From the tape's beginning; outside of the track it is silent.</param>
    short At(long index);
}
