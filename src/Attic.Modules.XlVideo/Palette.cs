using Attic.Abi.AtariXl;
using Attic.Abi.Machines;

namespace Attic.Modules.XlVideo;

/// <summary>
/// What the colour codes look like, generated as the chips and a television do it: luminance in even steps, hue as the phase of the
/// colour subcarrier against the burst.
/// </summary>
/// <remarks>
/// NTSC: hue 1 has the burst's phase, each further one is delayed by the same angle more. PAL: 22.5 degrees a hue. Sources: GTIA data
/// sheet C014889; Atari Home Computer Field Service Manual 800XL (colour adjustment); ITU-R BT.470 for the matrix of U and V.
/// </remarks>
internal static class Palette
{
    /// <summary>Codes without artifacts: hue in bits 4–7, luminance in bits 0–3, of which bit 0 counts only in GTIA mode 9.</summary>
    public const int Plain = 256;

    // Phase of hue 1 in the plane of U (0 degrees) and V (90): the burst's, and what PAL's divider makes of it.
    private const double Burst = 180;
    private const double PalFirst = 145.5;
    private const double PalStep = 22.5;
    private const double NtscAmplitude = 0.2;
    private const double PalAmplitude = 0.18;

    // The colour of a full swing between neighbouring pixels.
    private const double ArtifactAmplitude = 0.35;

    /// <summary>The colours of a region as XRGB8888: 256 plain ones, then with artifacts those of <see cref="ArtifactCodes"/>.</summary>
    public static uint[] For(VideoRegion region, XlPicture picture)
    {
        bool artifacts = picture.Artifacts && region == VideoRegion.Ntsc;
        var colours = new uint[Plain + (artifacts ? ArtifactCodes.Count : 0)];
        for (int code = 0; code < Plain; code++)
        {
            var (u, v) = Chroma(code >> 4, region, picture);
            colours[code] = Colour((code & 15) / 15.0, u, v, picture);
        }

        for (int code = Plain; code < colours.Length; code++)
        {
            var (hue, luminance, swing) = ArtifactCodes.Decode((ushort)code);
            var (u, v) = Chroma(hue, region, picture);
            double amplitude = ArtifactAmplitude * picture.Saturation * swing;
            var (cosine, sine) = Turn(Burst + picture.ArtifactHue + picture.Hue);
            colours[code] = Colour(luminance, u + (amplitude * cosine), v + (amplitude * sine), picture);
        }

        return colours;
    }

    private static (double U, double V) Chroma(int hue, VideoRegion region, XlPicture picture)
    {
        if (hue == 0)
        {
            return (0, 0);
        }

        bool pal = region == VideoRegion.Pal;
        double phase = pal ? PalFirst - ((hue - 1) * PalStep) : Burst - ((hue - 1) * picture.HueStep);
        double amplitude = (pal ? PalAmplitude : NtscAmplitude) * picture.Saturation;
        var (cosine, sine) = Turn(phase + picture.Hue);
        return (amplitude * cosine, amplitude * sine);
    }

    private static (double Cosine, double Sine) Turn(double degrees)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        return (cosine, sine);
    }

    private static uint Colour(double luminance, double u, double v, XlPicture picture)
    {
        double y = (luminance * picture.Contrast) + picture.Brightness;
        return (Channel(y + (1.13983 * v), picture.Gamma) << 16)
            | (Channel(y - (0.39465 * u) - (0.58060 * v), picture.Gamma) << 8)
            | Channel(y + (2.03211 * u), picture.Gamma);
    }

    private static uint Channel(double value, double gamma) => (uint)Math.Round(255 * Math.Pow(Math.Clamp(value, 0, 1), gamma));
}
