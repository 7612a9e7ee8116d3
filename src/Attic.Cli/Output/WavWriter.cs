using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Attic.Cli.Output;

/// <summary>Writes 16-bit stereo PCM as a RIFF WAVE file; the sizes in the header are filled in by <see cref="Finish"/>.</summary>
internal sealed class WavWriter
{
    private const int HeaderLength = 44;
    private const int BytesPerFrame = 4;
    private readonly Stream _stream;
    private readonly int _sampleRate;
    private long _bytes;

    /// <summary>Starts a file in a seekable stream.</summary>
    public WavWriter(Stream stream, int sampleRate)
    {
        _stream = stream;
        _sampleRate = sampleRate;
        _stream.Write(new byte[HeaderLength]);
    }

    /// <summary>Appends interleaved samples.</summary>
    public void Append(ReadOnlySpan<short> samples)
    {
        _stream.Write(MemoryMarshal.AsBytes(samples));
        _bytes += samples.Length * sizeof(short);
    }

    /// <summary>Completes the header. A file above 4 GiB keeps the format's largest size; players read on.</summary>
    public void Finish()
    {
        uint length = (uint)Math.Min(_bytes, uint.MaxValue - HeaderLength);
        Span<byte> header = stackalloc byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], length + HeaderLength - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], _sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], _sampleRate * BytesPerFrame);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], BytesPerFrame);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], length);
        _stream.Position = 0;
        _stream.Write(header);
        _stream.Position = _stream.Length;
    }
}
