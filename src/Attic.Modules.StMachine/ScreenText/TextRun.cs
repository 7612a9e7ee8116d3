using System.Text;

namespace Attic.Modules.StMachine.ScreenText;

/// <summary>Characters side by side somewhere on the screen.</summary>
/// <param name="X">Left edge in pixels.</param>
/// <param name="Y">Top edge.</param>
/// <param name="CellWidth">Width of a cell.</param>
/// <param name="Height">Height of a cell.</param>
/// <param name="Text">The characters, single blanks and unreadable cells between them included.</param>
/// <param name="Score">How much speaks for it: characters whose shape is hardly chance.</param>
internal sealed record TextRun(int X, int Y, int CellWidth, int Height, string Text, int Score)
{
    // A gap wider than this ends a run; the line is put together again by position.
    private const int MostGap = 2;

    /// <summary>Whether the two claim a common pixel.</summary>
    public bool Overlaps(TextRun other) =>
        X < other.Right && other.X < Right && Y < other.Y + other.Height && other.Y < Y + Height;

    private int Right => X + (Text.Length * CellWidth);

    /// <summary>Adds all runs with their top edge at <paramref name="y"/>.</summary>
    public static void FindIn(CellReader reader, int y, List<TextRun> runs)
    {
        for (int phase = 0; phase < reader.Font.Width; phase++)
        {
            int x = phase;
            while (x <= reader.LastX)
            {
                x = Follow(reader, x, y, runs);
            }
        }
    }

    // Reads from x as far as a run goes; returns where to go on.
    private static int Follow(CellReader reader, int x, int y, List<TextRun> runs)
    {
        int width = reader.Font.Width;
        var text = new StringBuilder();
        int gap = 0;
        int strong = 0;
        int unknown = 0;
        int at = x;
        for (; at <= reader.LastX && gap <= MostGap; at += width)
        {
            var kind = reader.Read(at, y, out char character, out bool isStrong);
            if (kind == CellKind.Character)
            {
                strong += isStrong ? 1 : 0;
                gap = 0;
            }
            else if (text.Length == 0)
            {
                return at + width;
            }
            else
            {
                gap++;
                unknown += kind == CellKind.Other ? 1 : 0;
                if (kind == CellKind.Other && gap > 1)
                {
                    break;
                }
            }

            text.Append(character);
        }

        string run = text.ToString().TrimEnd(' ', AtariStCharacters.Unknown);
        int needed = width < 8 ? 3 : 2;
        if (strong >= needed && unknown * 2 <= strong)
        {
            runs.Add(new(x, y, width, reader.Font.Height, run, strong));
        }

        return at;
    }
}
