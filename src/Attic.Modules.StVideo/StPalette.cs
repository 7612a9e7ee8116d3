namespace Attic.Modules.StVideo;

/// <summary>What the colour codes look like.</summary>
internal static class StPalette
{
    /// <summary>
    /// 4096 colours, XRGB8888, by the code 0x0RGB. The ST's digital-to-analogue converters take three bits a gun, 0 to
    /// 7; the fourth bit of each nibble is the STE's and does not reach this chip's palette.
    /// </summary>
    public static uint[] Create()
    {
        var palette = new uint[4096];
        for (uint code = 0; code < palette.Length; code++)
        {
            palette[code] = (Level(code >> 8) << 16) | (Level(code >> 4) << 8) | Level(code);
        }

        return palette;
    }

    private static uint Level(uint nibble) => ((nibble & 7) * 255) / 7;
}
