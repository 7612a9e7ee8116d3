namespace Attic.Engine.Streams;

/// <summary>How pictures are packed.</summary>
public enum PixelFormat
{
    /// <summary>16 bits, little-endian.</summary>
    Rgb565,

    /// <summary>32 bits, little-endian: blue, green, red, unused.</summary>
    Xrgb8888,

    /// <summary>24 bits: red, green, blue.</summary>
    Rgb888,
}

/// <summary>How samples are packed.</summary>
public enum SampleFormat
{
    /// <summary>Signed 16 bits, little-endian.</summary>
    PcmS16Le,

    /// <summary>32-bit float, little-endian, -1 to 1.</summary>
    PcmF32Le,
}

/// <summary>What a video connection wants.</summary>
/// <param name="Format">How pictures are packed.</param>
/// <param name="Borders">The whole raster as the hardware put it out, instead of the 640×400 canvas.</param>
/// <param name="Scanlines">One more message per line (<c>mode=debug_scanline</c>).</param>
public sealed record VideoSettings(PixelFormat Format = PixelFormat.Rgb565, bool Borders = false, bool Scanlines = false);

/// <summary>What an audio connection wants.</summary>
/// <param name="Format">How samples are packed.</param>
/// <param name="SampleRate">Sample frames per second, 8000 to 96000.</param>
public sealed record AudioSettings(SampleFormat Format = SampleFormat.PcmS16Le, int SampleRate = 48_000);

/// <summary>What an input connection wants (§13).</summary>
/// <param name="BrowserSessionId">Only this browser session's events; null for all.</param>
/// <param name="HostEvents">Repeat the host's event in each translated one.</param>
/// <param name="VirtualEvents">Translated events.</param>
/// <param name="Diagnostics">Queue and sequence figures.</param>
/// <param name="PolicyEvents">Capture and policy changes.</param>
public sealed record InputSettings(
    string? BrowserSessionId = null,
    bool HostEvents = false,
    bool VirtualEvents = true,
    bool Diagnostics = true,
    bool PolicyEvents = true);

/// <summary>A ceiling on what a connection is offered; what is over it is left out, not dropped (R71).</summary>
/// <param name="PerSecond">Units a second.</param>
/// <param name="Burst">Units that may come together.</param>
public sealed record RateLimit(double PerSecond, int Burst);

/// <summary>Names of the formats.</summary>
public static class StreamFormats
{
    /// <summary>The name in messages.</summary>
    public static string ApiName(this PixelFormat format) => format switch
    {
        PixelFormat.Rgb565 => "RGB565",
        PixelFormat.Xrgb8888 => "XRGB8888",
        _ => "RGB888",
    };

    /// <summary>The name in messages.</summary>
    public static string ApiName(this SampleFormat format) => format == SampleFormat.PcmS16Le ? "PCM_S16LE" : "PCM_F32LE";

    /// <summary>Bytes of a pixel.</summary>
    public static int BytesPerPixel(this PixelFormat format) => format switch
    {
        PixelFormat.Rgb565 => 2,
        PixelFormat.Xrgb8888 => 4,
        _ => 3,
    };
}
