using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Attic.Engine.Streams;

/// <summary>
/// Turns colour codes into the pixels of one format: either the whole raster, line by line as the hardware put it out, or
/// the standard picture on a canvas of 640×400 (R73), whatever the mode. Used by one thread.
/// </summary>
public sealed class FrameConverter
{
    /// <summary>The canvas's width in pixels.</summary>
    public const int CanvasWidth = 640;

    /// <summary>The canvas's height in pixels.</summary>
    public const int CanvasHeight = 400;

    private uint[] _palette = [];
    private ushort[] _palette565 = [];
    private int[] _columns = [];
    private (int Left, int Width, bool Half, int Out) _columnsFor;

    /// <summary>Width and height of what <see cref="Convert"/> writes.</summary>
    public static (int Width, int Height) SizeOf(FrameCopy frame, bool borders) =>
        borders ? (frame.Width, frame.Height) : (CanvasWidth, CanvasHeight);

    /// <summary>Writes the pixels, top line first.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="format">How to pack them.</param>
    /// <param name="borders">The whole raster instead of the canvas.</param>
    /// <param name="pixels">Exactly width × height × bytes per pixel.</param>
    public void Convert(FrameCopy frame, PixelFormat format, bool borders, Span<byte> pixels)
    {
        PrepareColours(frame.Palette);
        var (width, height) = SizeOf(frame, borders);
        int pitch = width * format.BytesPerPixel();
        int above = -1;
        for (int y = 0; y < height; y++)
        {
            int line = borders ? y : frame.Active.Top + (y * frame.Active.Height / height);
            var row = pixels.Slice(y * pitch, pitch);
            if (line == above)
            {
                pixels.Slice((y - 1) * pitch, pitch).CopyTo(row);
                continue;
            }

            above = line;
            bool half = frame.HalfWidth[line];
            PrepareColumns(borders ? 0 : frame.Active.Left, borders ? frame.Width : frame.Active.Width, half, width);
            WriteLine(frame.Codes.AsSpan(line * frame.Width, frame.Width), format, row);
        }
    }

    private void WriteLine(ReadOnlySpan<ushort> codes, PixelFormat format, Span<byte> row)
    {
        switch (format)
        {
            case PixelFormat.Rgb565:
                WriteRgb565(codes, MemoryMarshal.Cast<byte, ushort>(row));
                break;
            case PixelFormat.Xrgb8888:
                WriteXrgb8888(codes, MemoryMarshal.Cast<byte, uint>(row));
                break;
            default:
                WriteRgb888(codes, row);
                break;
        }
    }

    private void WriteRgb565(ReadOnlySpan<ushort> codes, Span<ushort> row)
    {
        ushort[] palette = _palette565;
        int[] columns = _columns;
        for (int x = 0; x < row.Length; x++)
        {
            row[x] = palette[codes[columns[x]]];
        }
    }

    private void WriteXrgb8888(ReadOnlySpan<ushort> codes, Span<uint> row)
    {
        for (int x = 0; x < row.Length; x++)
        {
            uint colour = _palette[codes[_columns[x]]];
            row[x] = BitConverter.IsLittleEndian ? colour : BinaryPrimitives.ReverseEndianness(colour);
        }
    }

    private void WriteRgb888(ReadOnlySpan<ushort> codes, Span<byte> row)
    {
        for (int x = 0; x < row.Length / 3; x++)
        {
            uint colour = _palette[codes[_columns[x]]];
            row[3 * x] = (byte)(colour >> 16);
            row[(3 * x) + 1] = (byte)(colour >> 8);
            row[(3 * x) + 2] = (byte)colour;
        }
    }

    // Which code each pixel of a line shows.
    private void PrepareColumns(int left, int sourceWidth, bool half, int width)
    {
        var wanted = (left, sourceWidth, half, width);
        if (_columnsFor == wanted)
        {
            return;
        }

        _columnsFor = wanted;
        if (_columns.Length < width)
        {
            _columns = new int[width];
        }

        for (int x = 0; x < width; x++)
        {
            int source = left + (x * sourceWidth / width);
            _columns[x] = half ? source / 2 : source;
        }
    }

    private void PrepareColours(uint[] palette)
    {
        if (ReferenceEquals(_palette, palette))
        {
            return;
        }

        _palette = palette;
        _palette565 = new ushort[palette.Length];
        for (int i = 0; i < palette.Length; i++)
        {
            uint c = palette[i];
            ushort packed = (ushort)(((c >> 8) & 0xF800) | ((c >> 5) & 0x07E0) | ((c >> 3) & 0x001F));
            _palette565[i] = BitConverter.IsLittleEndian ? packed : BinaryPrimitives.ReverseEndianness(packed);
        }
    }
}
