namespace Attic.Cpm.Terminal;

/// <summary>How a line was ended.</summary>
internal enum LineResult
{
    /// <summary>More keys are needed.</summary>
    Waiting,

    /// <summary>RETURN was typed, or the buffer is full.</summary>
    Done,

    /// <summary>^C at the line's start: warm boot.</summary>
    Reboot,
}

/// <summary>Edits a line with the keys of BDOS function 10 (CP/M 2.2 Interface Guide, Read Console Buffer), a key at a time.</summary>
internal sealed class LineEditor(ConsoleDevice console)
{
    private readonly List<byte> _line = [];
    private int _startColumn;
    private bool _editing;

    /// <summary>The characters typed so far.</summary>
    public IReadOnlyList<byte> Line => _line;

    /// <summary>Goes on with the line as far as keys are there.</summary>
    /// <param name="limit">The most characters that it may have.</param>
    public LineResult Continue(int limit)
    {
        if (!_editing)
        {
            _line.Clear();
            _startColumn = console.Column;
            _editing = true;
        }

        while (console.TryRead(out byte key))
        {
            var result = Take(key, limit);
            if (result != LineResult.Waiting)
            {
                _editing = false;
                return result;
            }
        }

        return LineResult.Waiting;
    }

    /// <summary>Forgets an unfinished line.</summary>
    public void Abandon() => _editing = false;

    private LineResult Take(byte key, int limit)
    {
        switch (key)
        {
            case AsciiCode.Return or AsciiCode.LineFeed:
                console.Write(AsciiCode.Return);
                return LineResult.Done;
            case AsciiCode.Break when _line.Count == 0:
                console.Echo(key);
                console.NewLine();
                return LineResult.Reboot;
            case AsciiCode.Backspace or AsciiCode.Delete:
                EraseLast();
                return LineResult.Waiting;
            case AsciiCode.Rubout:
                while (_line.Count > 0)
                {
                    EraseLast();
                }

                return LineResult.Waiting;
            case AsciiCode.Discard:
                NewLineAfter('#');
                _line.Clear();
                return LineResult.Waiting;
            case AsciiCode.Retype:
                NewLineAfter('#');
                _line.ForEach(console.Echo);
                return LineResult.Waiting;
            case AsciiCode.EndLine:
                console.NewLine();
                return LineResult.Waiting;
            case AsciiCode.Printer:
                console.TogglePrinter();
                return LineResult.Waiting;
            default:
                _line.Add(key);
                console.Echo(key);
                return _line.Count >= limit ? LineResult.Done : LineResult.Waiting;
        }
    }

    private void NewLineAfter(char mark)
    {
        console.Write((byte)mark);
        console.NewLine();
        console.Write(new string(' ', _startColumn));
    }

    private void EraseLast()
    {
        if (_line.Count == 0)
        {
            return;
        }

        byte last = _line[^1];
        _line.RemoveAt(_line.Count - 1);
        int width = last == AsciiCode.Tab ? 0 : last < ' ' ? 2 : 1;
        if (last == AsciiCode.Tab)
        {
            width = console.Column - ColumnAfterLine();
        }

        for (; width > 0; width--)
        {
            console.Write("\b \b");
        }
    }

    private int ColumnAfterLine()
    {
        int column = _startColumn;
        foreach (byte character in _line)
        {
            column += character == AsciiCode.Tab ? 8 - (column % 8) : character < ' ' ? 2 : 1;
        }

        return column;
    }
}
