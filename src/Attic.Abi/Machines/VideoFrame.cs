namespace Attic.Abi.Machines;

/// <summary>
/// A picture as the video hardware put it out, borders included: colour codes, line by line. A line may be stored at half
/// the horizontal resolution (<see cref="HalfWidth"/>): each code then stands for two pixels.
/// </summary>
public sealed class VideoFrame
{
    /// <summary>Makes an empty picture.</summary>
    /// <param name="width">Pixels of a line at full resolution; even.</param>
    /// <param name="height">Lines.</param>
    /// <param name="palette">XRGB8888 of each colour code; shared, never changed.</param>
    public VideoFrame(int width, int height, uint[] palette)
    {
        Width = width;
        Height = height;
        Palette = palette;
        Codes = new ushort[width * height];
        HalfWidth = new bool[height];
    }

    /// <summary>Pixels of a line at full resolution.</summary>
    public int Width { get; }

    /// <summary>Lines of the raster that is kept.</summary>
    public int Height { get; }

    /// <summary>XRGB8888 of each colour code.</summary>
    public uint[] Palette { get; }

    /// <summary>The codes, <see cref="Width"/> a line; a half-width line uses the first half of its row.</summary>
    public ushort[] Codes { get; }

    /// <summary>For each line, whether its codes are two pixels wide.</summary>
    public bool[] HalfWidth { get; }

    /// <summary>Left edge of the standard picture within the raster, in full-resolution pixels.</summary>
    public int ActiveLeft { get; set; }

    /// <summary>Top line of the standard picture.</summary>
    public int ActiveTop { get; set; }

    /// <summary>Width of the standard picture (ST: 640).</summary>
    public int ActiveWidth { get; set; }

    /// <summary>Lines of the standard picture (ST colour: 200, mono: 400).</summary>
    public int ActiveHeight { get; set; }

    /// <summary>How often each line is repeated on a canvas with square pixels: 2 on a colour ST, 1 in mono.</summary>
    public int LineRepeat { get; set; } = 1;

    /// <summary>The picture's number, from 1.</summary>
    public long Number { get; set; }

    /// <summary>Writes line <paramref name="y"/> at full resolution into <paramref name="codes"/>.</summary>
    /// <param name="y">0 to <see cref="Height"/> - 1.</param>
    /// <param name="codes">At least <see cref="Width"/> long.</param>
    public void ReadLine(int y, Span<ushort> codes)
    {
        var row = Codes.AsSpan(y * Width, Width);
        if (!HalfWidth[y])
        {
            row.CopyTo(codes);
            return;
        }

        for (int x = 0; x < Width / 2; x++)
        {
            codes[2 * x] = row[x];
            codes[(2 * x) + 1] = row[x];
        }
    }
}
