using System.Buffers.Binary;

namespace Attic.Modules.StMachine.ScreenText;

/// <summary>
/// A monospaced bitmap font as its shapes: what a picture's cell must look like to be one of its characters.
/// </summary>
/// <remarks>
/// Fonts are found by their header, which GEM and every TOS share (Line-A documentation, font header): first and last
/// character at 36, offset table at 72, data at 76, bytes of a row of the form at 80, height at 82. A header is taken for
/// one only when all its parts fit each other and lie in the ROM.
/// </remarks>
internal sealed class LineAFont
{
    private const int HeaderBytes = 88;
    private const int CellBits = 128;
    private readonly Dictionary<UInt128, char> _shapes = [];

    private LineAFont(int width, int height)
    {
        Width = width;
        Height = height;
    }

    /// <summary>Pixels of a cell's width, 6 or 8.</summary>
    public int Width { get; }

    /// <summary>Pixels of a cell's height, at most 16.</summary>
    public int Height { get; }

    /// <summary>All fonts in a ROM, one of each cell size.</summary>
    /// <param name="rom">The ROM's bytes.</param>
    /// <param name="start">Its first address, which the headers' pointers are relative to.</param>
    public static IReadOnlyList<LineAFont> FindAll(ReadOnlySpan<byte> rom, uint start)
    {
        var fonts = new List<LineAFont>();
        for (int at = 0; at + HeaderBytes <= rom.Length; at += 2)
        {
            if (TryRead(rom, start, at) is { } font && !fonts.Exists(other => other.Width == font.Width && other.Height == font.Height))
            {
                fonts.Add(font);
            }
        }

        return fonts;
    }

    /// <summary>The character of a shape: one bit a pixel, row by row from the top, first pixel in the highest used bit and clear.</summary>
    public bool TryFind(UInt128 shape, out char character) => _shapes.TryGetValue(shape, out character);

    /// <summary>Makes the first pixel's bit clear, since either colour may be the paper.</summary>
    public static UInt128 Normalise(UInt128 shape, int pixels)
    {
        var all = pixels == CellBits ? UInt128.MaxValue : (UInt128.One << pixels) - 1;
        return (shape >> (pixels - 1)) != 0 ? ~shape & all : shape;
    }

    private static LineAFont? TryRead(ReadOnlySpan<byte> rom, uint start, int at)
    {
        var header = rom.Slice(at, HeaderBytes);
        int first = Word(header, 36);
        int last = Word(header, 38);
        int rowBytes = Word(header, 80);
        int height = Word(header, 82);
        if (height is < 6 or > 16 || rowBytes is < 64 or > 512 || first > 0x20 || last is < 0x7E or > 0xFF)
        {
            return null;
        }

        long offsets = Long(header, 72) - (long)start;
        long data = Long(header, 76) - (long)start;
        int characters = last - first + 1;
        bool fits = offsets >= 0 && offsets + ((characters + 1) * 2) <= rom.Length
            && data >= 0 && data + ((long)rowBytes * height) <= rom.Length;
        return fits ? Read(rom, (int)offsets, (int)data, rowBytes, height, first, characters) : null;
    }

    private static LineAFont? Read(ReadOnlySpan<byte> rom, int offsets, int data, int rowBytes, int height, int first, int characters)
    {
        int width = Word(rom, offsets + 2) - Word(rom, offsets);
        if (width is not (6 or 8) || rowBytes * 8 < characters * width)
        {
            return null;
        }

        for (int index = 0; index <= characters; index++)
        {
            if (Word(rom, offsets + (index * 2)) != index * width)
            {
                return null;
            }
        }

        var font = new LineAFont(width, height);
        var form = rom.Slice(data, rowBytes * height);

        // Some shapes serve several codes (accents, Hebrew, Greek): the plain ones win, so they go in first.
        foreach (int index in Enumerable.Range(0, characters).OrderBy(index => index + first is < 0x20 or > 0x7E))
        {
            font.Add(form, rowBytes, index, AtariStCharacters.ToUnicode(index + first));
        }

        return font;
    }

    private void Add(ReadOnlySpan<byte> form, int rowBytes, int index, char character)
    {
        UInt128 shape = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = index * Width; x < (index + 1) * Width; x++)
            {
                shape = (shape << 1) | (uint)((form[(y * rowBytes) + (x >> 3)] >> (7 - (x & 7))) & 1);
            }
        }

        shape = Normalise(shape, Width * Height);
        if (shape != 0)
        {
            _shapes.TryAdd(shape, character);
        }
    }

    private static int Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static long Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
