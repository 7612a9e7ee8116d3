using Attic.Engine.Streams;

namespace Attic.Server.WebSockets;

/// <summary>Stream settings from their names.</summary>
internal static class StreamQueries
{
    /// <summary>A video connection's settings.</summary>
    public static VideoSettings Video(string mode, string format, bool borders) => new(
        format switch { "XRGB8888" => PixelFormat.Xrgb8888, "RGB888" => PixelFormat.Rgb888, _ => PixelFormat.Rgb565 },
        borders,
        string.Equals(mode, "debug_scanline", StringComparison.Ordinal));

    /// <summary>An audio connection's settings.</summary>
    public static AudioSettings Audio(string format, long sampleRate) => new(
        string.Equals(format, "PCM_F32LE", StringComparison.Ordinal) ? SampleFormat.PcmF32Le : SampleFormat.PcmS16Le,
        (int)sampleRate);
}
