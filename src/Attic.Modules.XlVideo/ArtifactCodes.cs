namespace Attic.Modules.XlVideo;

/// <summary>
/// Colour codes of pixels whose neighbours differ in luminance. A high-resolution pixel is half a cycle of NTSC's colour subcarrier:
/// a television sees the alternation as colour, and the mean as luminance.
/// </summary>
internal static class ArtifactCodes
{
    /// <summary>How many there are: 16 hues, 32 means, 32 swings.</summary>
    public const int Count = 1 << 14;

    private const int Middle = 16;

    /// <summary>Replaces the codes of a line by those that its pixels' neighbours ask for.</summary>
    public static void Apply(Span<ushort> line)
    {
        int before = line[0];
        for (int x = 1; x < line.Length - 1; x++)
        {
            int present = line[x];
            int left = before & 15;
            int right = line[x + 1] & 15;
            before = present;
            if (left != (present & 15) || right != (present & 15))
            {
                line[x] = Encode(present >> 4, left, present & 15, right, x);
            }
        }
    }

    /// <summary>Hue 0 to 15, luminance 0 to 1, and the swing of luminance from odd to even pixels, -1 to 1.</summary>
    public static (int Hue, double Luminance, double Swing) Decode(ushort code)
    {
        int index = code - Palette.Plain;
        return (index >> 10, ((index >> 5) & 31) / 30.0, ((index & 31) - Middle) / 15.0);
    }

    // Means and swings are weighted 1, 2, 1; they come in even steps of luminance.
    private static ushort Encode(int hue, int left, int present, int right, int x)
    {
        int mean = (left + (2 * present) + right) / 2;
        int swing = ((2 * present) - left - right) / 2;
        return (ushort)(Palette.Plain + ((hue << 10) | (mean << 5) | (Middle + ((x & 1) == 0 ? swing : -swing))));
    }
}
