using Attic.Abi.Media;

namespace Attic.Media.Cassettes;

/// <summary>The left track of a stereo sound file.</summary>
/// <param name="data">The file's samples.</param>
/// <param name="rate">Samples a second.</param>
/// <param name="bits">8 or 16 bits a sample.</param>
internal sealed class WavTapeSound(ReadOnlyMemory<byte> data, int rate, int bits) : ITapeSound
{
    private readonly int _frame = bits / 4;

    /// <inheritdoc/>
    public int SampleRate => rate;

    /// <inheritdoc/>
    public short At(long index) =>
        index >= 0 && index < data.Length / _frame ? (short)WavTape.Sample(data.Span[(int)(index * _frame)..], bits) : (short)0;
}
