using Attic.Abi.Machines;

namespace Attic.Cli.Run;

/// <summary>Tells whether a picture differs from the one before.</summary>
internal sealed class PictureWatch
{
    private ushort[] _codes = [];
    private bool[] _halfWidth = [];

    /// <summary>Compares with the picture of the last call and keeps a copy; the first picture counts as changed.</summary>
    public bool Changed(VideoFrame frame)
    {
        if (_codes.Length == frame.Codes.Length && frame.HalfWidth.AsSpan().SequenceEqual(_halfWidth) && SameLines(frame))
        {
            return false;
        }

        if (_codes.Length != frame.Codes.Length || _halfWidth.Length != frame.HalfWidth.Length)
        {
            _codes = new ushort[frame.Codes.Length];
            _halfWidth = new bool[frame.HalfWidth.Length];
        }

        frame.Codes.CopyTo(_codes, 0);
        frame.HalfWidth.CopyTo(_halfWidth, 0);
        return true;
    }

    // Behind the codes of a half-width line lies what an earlier full one left there.
    private bool SameLines(VideoFrame frame)
    {
        for (int y = 0; y < frame.Height; y++)
        {
            int start = y * frame.Width;
            int length = frame.HalfWidth[y] ? frame.Width / 2 : frame.Width;
            if (!frame.Codes.AsSpan(start, length).SequenceEqual(_codes.AsSpan(start, length)))
            {
                return false;
            }
        }

        return true;
    }
}
