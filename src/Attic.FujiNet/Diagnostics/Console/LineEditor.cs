using System.Text;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>A line as it is typed: erasing, and earlier lines by the cursor keys up and down (ECMA-48, CUU and CUD).</summary>
internal sealed class LineEditor(Action<string> show)
{
    private const int LongestLine = 1024;
    private const int MostLines = 50;
    private readonly StringBuilder _line = new();
    private readonly List<string> _history = [];
    private int _at;
    private int _escape;

    /// <summary>Earlier lines, the oldest first.</summary>
    public IReadOnlyList<string> History => _history;

    /// <summary>Another person is there.</summary>
    public void Clear()
    {
        _line.Clear();
        _escape = 0;
    }

    /// <summary>Takes a character.</summary>
    /// <returns>The line, when this ends one that is not empty; else null.</returns>
    public string? Type(char typed)
    {
        if (_escape > 0 || typed == '\u001b')
        {
            TakeEscape(typed);
            return null;
        }

        if (typed is '\r' or '\n')
        {
            return End();
        }

        if (typed is '\b' or '\x7F')
        {
            _line.Length = Math.Max(0, _line.Length - 1);
        }
        else if (!char.IsControl(typed) && _line.Length < LongestLine)
        {
            _line.Append(typed);
        }

        return null;
    }

    // ESC [ letter, perhaps with numbers between.
    private void TakeEscape(char typed)
    {
        bool goesOn = typed == '\u001b' || (_escape == 1 && typed == '[') || (_escape == 2 && (char.IsAsciiDigit(typed) || typed == ';'));
        if (goesOn)
        {
            _escape = typed == '\u001b' ? 1 : 2;
            return;
        }

        bool isKey = _escape == 2;
        _escape = 0;
        if (isKey && typed is 'A' or 'B')
        {
            Recall(typed == 'A' ? -1 : 1);
        }
    }

    private void Recall(int step)
    {
        _at = Math.Clamp(_at + step, 0, _history.Count);
        _line.Clear().Append(_at < _history.Count ? _history[_at] : string.Empty);

        // To the beginning of the line, and nothing behind it.
        show($"\r{DiagnosticsConsole.Prompt}{_line}\u001b[K");
    }

    private string? End()
    {
        string line = _line.ToString().Trim();
        _line.Clear();
        if (line.Length == 0)
        {
            return null;
        }

        if (_history.Count == 0 || !string.Equals(_history[^1], line, StringComparison.Ordinal))
        {
            _history.Add(line);
        }

        if (_history.Count > MostLines)
        {
            _history.RemoveAt(0);
        }

        _at = _history.Count;
        return line;
    }
}
