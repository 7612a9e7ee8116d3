using Attic.Abi.Machines;

namespace Attic.Modules.XlVideo;

/// <summary>
/// Colours of the 128 (256) codes, generated as the chips generate them: luminance in even steps, hue as the phase of
/// the colour subcarrier.
/// </summary>
/// <param name="FirstHue">Phase of hue 1 in degrees from the colour burst's I/Q (NTSC) or U/V (PAL) axes.</param>
/// <param name="HueStep">Degrees between neighbouring hues.</param>
/// <param name="Saturation">Amplitude of colour, 0 to 1.</param>
/// <param name="Black">Luminance of luma 0, 0 to 1.</param>
/// <param name="White">Luminance of luma 15, 0 to 1.</param>
public sealed record Palette(double FirstHue, double HueStep, double Saturation, double Black, double White)
{
    /// <summary>A television adjusted as Atari's field service manual asks: hue 15 just meets hue 1.</summary>
    public static Palette Ntsc { get; } = new(-57, 25.7, 0.20, 0.0, 1.0);

    /// <summary>PAL: 22.5 degrees a step, with the burst's reversed phase.</summary>
    public static Palette Pal { get; } = new(-22.5, 22.5, 0.18, 0.0, 1.0);

    /// <summary>The default colours of a region as 256 XRGB8888 values.</summary>
    public static uint[] For(VideoRegion region) => (region == VideoRegion.Pal ? Pal : Ntsc).Generate();

    /// <summary>The colours as 256 XRGB8888 values; the lowest bit of a code counts only in GTIA mode 9.</summary>
    public uint[] Generate()
    {
        var colours = new uint[256];
        for (int code = 0; code < colours.Length; code++)
        {
            double y = Black + ((White - Black) * (code & 15) / 15);
            int hue = code >> 4;
            double phase = (FirstHue + ((hue - 1) * HueStep)) * Math.PI / 180;
            double amplitude = hue == 0 ? 0 : Saturation;
            double i = amplitude * Math.Cos(phase);
            double q = amplitude * Math.Sin(phase);
            colours[code] = (Channel(y + (0.956 * i) + (0.621 * q)) << 16)
                | (Channel(y - (0.272 * i) - (0.647 * q)) << 8)
                | Channel(y - (1.107 * i) + (1.704 * q));
        }

        return colours;
    }

    private static uint Channel(double value) => (uint)Math.Clamp(Math.Round(value * 255), 0, 255);
}
