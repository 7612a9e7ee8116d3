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
        if (frame.Codes.AsSpan().SequenceEqual(_codes) && frame.HalfWidth.AsSpan().SequenceEqual(_halfWidth))
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
}
