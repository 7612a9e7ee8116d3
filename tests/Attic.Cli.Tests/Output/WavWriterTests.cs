using System.Buffers.Binary;
using Attic.Cli.Output;

namespace Attic.Cli.Tests.Output;

public class WavWriterTests
{
    [Fact]
    public void The_header_tells_rate_channels_and_length()
    {
        using var file = new MemoryStream();
        var wav = new WavWriter(file, 48_000);
        wav.Append([1, -1, 2, -2]);
        wav.Append([3, -3]);
        wav.Finish();
        byte[] bytes = file.ToArray();
        Assert.Equal("RIFF", System.Text.Encoding.ASCII.GetString(bytes, 0, 4));
        Assert.Equal(bytes.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)));
        Assert.Equal(48_000, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(24)));
        Assert.Equal(12, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(40)));
        Assert.Equal(-3, BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(54)));
    }
}
