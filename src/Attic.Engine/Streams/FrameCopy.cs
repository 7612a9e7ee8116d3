using Attic.Abi.Machines;

namespace Attic.Engine.Streams;

/// <summary>A picture as the machine's thread handed it over: colour codes, not yet converted.</summary>
public sealed class FrameCopy
{
    /// <summary>The codes, <see cref="Width"/> a line.</summary>
    public ushort[] Codes { get; private set; } = [];

    /// <summary>For each line, whether its codes are two pixels wide.</summary>
    public bool[] HalfWidth { get; private set; } = [];

    /// <summary>XRGB8888 of each code; never changed.</summary>
    public uint[] Palette { get; private set; } = [];

    /// <summary>Pixels of a line.</summary>
    public int Width { get; private set; }

    /// <summary>Lines.</summary>
    public int Height { get; private set; }

    /// <summary>The standard picture: left, top, width, height, and how often a line repeats.</summary>
    public (int Left, int Top, int Width, int Height, int Repeat) Active { get; private set; }

    /// <summary>When it was complete, E-clock.</summary>
    public long StampUs { get; private set; }

    /// <summary>Processor cycle at which it was complete.</summary>
    public long Cycle { get; private set; }

    /// <summary>Processor cycles of a frame.</summary>
    public long FrameCycles { get; private set; }

    /// <summary>Copies <paramref name="frame"/>; allocates only when the machine's raster has grown.</summary>
    public void Take(VideoFrame frame, long stampUs, long cycle, long frameCycles)
    {
        if (Codes.Length < frame.Codes.Length || HalfWidth.Length < frame.Height)
        {
            Codes = new ushort[frame.Codes.Length];
            HalfWidth = new bool[frame.Height];
        }

        frame.Codes.CopyTo(Codes, 0);
        frame.HalfWidth.CopyTo(HalfWidth, 0);
        (Palette, Width, Height) = (frame.Palette, frame.Width, frame.Height);
        Active = (frame.ActiveLeft, frame.ActiveTop, frame.ActiveWidth, frame.ActiveHeight, frame.LineRepeat);
        (StampUs, Cycle, FrameCycles) = (stampUs, cycle, frameCycles);
    }
}
