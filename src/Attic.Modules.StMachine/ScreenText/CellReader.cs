namespace Attic.Modules.StMachine.ScreenText;

/// <summary>What a cell of the picture holds.</summary>
internal enum CellKind : byte
{
    /// <summary>One colour.</summary>
    Blank,

    /// <summary>A character of the font.</summary>
    Character,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>
/// Reads the cells of one font at any place of a picture. Rows of pixels are digested once, so that a cell costs one
/// step a row.
/// </summary>
internal sealed class CellReader
{
    private const int Uniform = -1;
    private const int Colourful = -2;

    private readonly LineAFont _font;
    private readonly PixelGrid _grid;
    private readonly byte[] _masks;
    private readonly int[] _inks;
    private readonly int _strongPixels;

    /// <summary>Digests <paramref name="grid"/> for cells as wide as the font's.</summary>
    public CellReader(LineAFont font, PixelGrid grid)
    {
        _font = font;
        _grid = grid;
        _strongPixels = font.Height > 8 ? 8 : 5;
        _masks = new byte[grid.Width * grid.Height];
        _inks = new int[grid.Width * grid.Height];
        for (int y = 0; y < grid.Height; y++)
        {
            Digest(grid.Line(y), y * grid.Width);
        }
    }

    /// <summary>The font.</summary>
    public LineAFont Font => _font;

    /// <summary>The last left edge at which a cell fits.</summary>
    public int LastX => _grid.Width - _font.Width;

    /// <summary>The last top edge at which a cell fits.</summary>
    public int LastY => _grid.Height - _font.Height;

    /// <summary>Reads the cell with that upper left corner.</summary>
    /// <param name="x">0 to <see cref="LastX"/>.</param>
    /// <param name="y">0 to <see cref="LastY"/>.</param>
    /// <param name="character">The character; a blank for a blank cell, U+FFFD for anything else.</param>
    /// <param name="strong">Whether the shape has enough ink that it is hardly there by chance.</param>
    public CellKind Read(int x, int y, out char character, out bool strong)
    {
        character = AtariStCharacters.Unknown;
        strong = false;
        if (!TryShape(x, y, out var shape))
        {
            return CellKind.Other;
        }

        if (shape == 0)
        {
            character = ' ';
            return CellKind.Blank;
        }

        int pixels = _font.Width * _font.Height;
        int ink = (int)UInt128.PopCount(shape);
        strong = Math.Min(ink, pixels - ink) >= _strongPixels;
        if (!_font.TryFind(shape, out char found))
        {
            return CellKind.Other;
        }

        character = found;
        return CellKind.Character;
    }

    private bool TryShape(int x, int y, out UInt128 shape)
    {
        shape = 0;
        ushort paper = _grid.Line(y)[x];
        int ink = Uniform;
        byte all = (byte)((1 << _font.Width) - 1);
        for (int row = 0; row < _font.Height; row++)
        {
            int at = ((y + row) * _grid.Width) + x;
            ushort here = _grid.Line(y + row)[x];
            int other = _inks[at];
            byte mask = _masks[at];
            if (here != paper)
            {
                // The row begins with ink: what differs from it must be paper.
                if (other != Uniform && other != paper)
                {
                    return false;
                }

                (other, mask) = (here, (byte)(mask ^ all));
            }

            if (other != Uniform)
            {
                if (other == Colourful || (ink != Uniform && ink != other))
                {
                    return false;
                }

                ink = other;
            }

            shape = (shape << _font.Width) | mask;
        }

        return true;
    }

    private void Digest(ReadOnlySpan<ushort> line, int start)
    {
        for (int x = 0; x <= line.Length - _font.Width; x++)
        {
            int mask = 0;
            int ink = Uniform;
            for (int pixel = 0; pixel < _font.Width; pixel++)
            {
                ushort code = line[x + pixel];
                mask <<= 1;
                if (code != line[x])
                {
                    mask |= 1;
                    ink = ink == Uniform || ink == code ? code : Colourful;
                }
            }

            _masks[start + x] = (byte)mask;
            _inks[start + x] = ink;
        }
    }
}
