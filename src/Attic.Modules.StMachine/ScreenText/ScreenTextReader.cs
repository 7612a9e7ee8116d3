using System.Text;
using Attic.Abi.Machines;

namespace Attic.Modules.StMachine.ScreenText;

/// <summary>
/// Reads the text in a picture with the fonts of the ROM that drew it.
/// </summary>
/// <remarks>
/// A console fills a grid of cells from the upper left corner; when most of what is on that grid is characters, the grid
/// is the answer. Otherwise (a desktop, dialogs, icons) characters are looked for at every place, and runs of them that
/// can hardly be chance are put into lines by their height on the screen. A picture that has not changed is not read again.
/// </remarks>
internal sealed class ScreenTextReader(ReadOnlyMemory<byte> rom, uint romStart, Func<VideoFrame> frame) : IScreenText
{
    private IReadOnlyList<LineAFont>? _fonts;
    private ushort[] _codes = [];
    private bool[] _halfWidth = [];
    private string _text = "";

    /// <inheritdoc/>
    public string ReadScreenText()
    {
        var picture = frame();
        if (!picture.Codes.AsSpan().SequenceEqual(_codes) || !picture.HalfWidth.AsSpan().SequenceEqual(_halfWidth))
        {
            _text = Read(picture);
            _codes = [.. picture.Codes];
            _halfWidth = [.. picture.HalfWidth];
        }

        return _text;
    }

    private string Read(VideoFrame picture)
    {
        _fonts ??= LineAFont.FindAll(rom.Span, romStart);
        var grid = new PixelGrid(picture);
        var readers = _fonts.Select(font => new CellReader(font, grid)).ToArray();
        return Trim(CellGrid(readers) ?? FreeText(readers));
    }

    // Lines of the cell grid at (0, 0), or null when it holds mostly other things.
    private static List<string>? CellGrid(IEnumerable<CellReader> readers)
    {
        List<string>? best = null;
        int most = 0;
        foreach (var reader in readers.Where(reader => reader.Font.Width == 8))
        {
            var (lines, known, other) = ReadGrid(reader);
            if (known > most && known >= other * 3)
            {
                (best, most) = (lines, known);
            }
        }

        return best;
    }

    private static (List<string> Lines, int Known, int Other) ReadGrid(CellReader reader)
    {
        var lines = new List<string>();
        int known = 0;
        int other = 0;
        for (int y = 0; y <= reader.LastY; y += reader.Font.Height)
        {
            var line = new StringBuilder();
            for (int x = 0; x <= reader.LastX; x += reader.Font.Width)
            {
                var kind = reader.Read(x, y, out char character, out _);
                known += kind == CellKind.Character ? 1 : 0;
                other += kind == CellKind.Other ? 1 : 0;
                line.Append(character);
            }

            lines.Add(line.ToString());
        }

        return (lines, known, other);
    }

    private static List<string> FreeText(CellReader[] readers)
    {
        var found = new List<TextRun>();
        foreach (var reader in readers)
        {
            for (int y = 0; y <= reader.LastY; y++)
            {
                TextRun.FindIn(reader, y, found);
            }
        }

        var kept = new List<TextRun>();
        foreach (var run in found.OrderByDescending(run => run.Score).ThenBy(run => run.Y).ThenBy(run => run.X))
        {
            if (!kept.Exists(run.Overlaps))
            {
                kept.Add(run);
            }
        }

        return Compose(kept);
    }

    // Runs whose heights on the screen overlap by more than half share a line.
    private static List<string> Compose(List<TextRun> runs)
    {
        var lines = new List<string>();
        var rest = runs.OrderBy(run => run.Y).ToList();
        while (rest.Count > 0)
        {
            var first = rest[0];
            var line = rest.Where(run => Math.Abs(run.Y - first.Y) * 2 < Math.Min(run.Height, first.Height)).OrderBy(run => run.X).ToList();
            rest.RemoveAll(line.Contains);
            lines.Add(Join(line));
        }

        return lines;
    }

    private static string Join(List<TextRun> line)
    {
        var text = new StringBuilder();
        foreach (var run in line)
        {
            int column = (run.X + (run.CellWidth / 2)) / run.CellWidth;
            int gap = column - text.Length;
            text.Append(' ', text.Length > 0 ? Math.Max(1, gap) : Math.Max(0, gap));
            text.Append(run.Text);
        }

        return text.ToString();
    }

    private static string Trim(List<string> lines) =>
        string.Join('\n', lines.Select(line => line.TrimEnd(' '))).TrimEnd('\n');
}
