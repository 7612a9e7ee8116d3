using Attic.Abi.Machines;

namespace Attic.Cli.Bench;

/// <summary>Turns a raster of colour codes, borders included, into XRGB8888 pixels, as a window would show them.</summary>
internal sealed class ScreenConverter(VideoFrame frame)
{
    private readonly uint[] _pixels = new uint[frame.Width * frame.Height];

    /// <summary>The pixels of the last picture; a half-width line uses the first half of its row.</summary>
    public ReadOnlySpan<uint> Pixels => _pixels;

    /// <summary>Converts a picture of the size that this was made for.</summary>
    public void Convert(VideoFrame picture)
    {
        var palette = picture.Palette;
        for (int y = 0; y < picture.Height; y++)
        {
            int length = picture.HalfWidth[y] ? picture.Width / 2 : picture.Width;
            var codes = picture.Codes.AsSpan(y * picture.Width, length);
            var pixels = _pixels.AsSpan(y * picture.Width, length);
            for (int x = 0; x < codes.Length; x++)
            {
                pixels[x] = palette[codes[x]];
            }
        }
    }
}
