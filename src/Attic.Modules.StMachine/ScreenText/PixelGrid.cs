using Attic.Abi.Machines;

namespace Attic.Modules.StMachine.ScreenText;

/// <summary>The standard picture of a frame as colour codes, one per pixel of the resolution that is shown.</summary>
internal sealed class PixelGrid
{
    private readonly ushort[] _codes;

    /// <summary>Copies the picture without its border; 320 wide when every line is in low resolution, else 640.</summary>
    public PixelGrid(VideoFrame frame)
    {
        Height = frame.ActiveHeight;
        bool half = frame.HalfWidth.AsSpan(frame.ActiveTop, Height).IndexOf(false) < 0;
        Width = half ? frame.ActiveWidth / 2 : frame.ActiveWidth;
        _codes = new ushort[Width * Height];
        var line = new ushort[frame.Width];
        for (int y = 0; y < Height; y++)
        {
            frame.ReadLine(frame.ActiveTop + y, line);
            for (int x = 0; x < Width; x++)
            {
                _codes[(y * Width) + x] = line[frame.ActiveLeft + (half ? 2 * x : x)];
            }
        }
    }

    /// <summary>Pixels of a line.</summary>
    public int Width { get; }

    /// <summary>Lines.</summary>
    public int Height { get; }

    /// <summary>The codes of line <paramref name="y"/>.</summary>
    public ReadOnlySpan<ushort> Line(int y) => _codes.AsSpan(y * Width, Width);
}
