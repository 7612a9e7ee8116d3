using Attic.Cpm.Drives;

namespace Attic.Cpm.Ccp;

/// <summary>A command line in parts: the verb, and what follows it.</summary>
internal sealed class CommandLine
{
    private readonly string[] _words;

    /// <summary>Parses a line; CP/M knows no lower case.</summary>
    public CommandLine(string text)
    {
        string line = text.Trim().ToUpperInvariant();
        int end = line.IndexOf(' ', StringComparison.Ordinal);
        Verb = end < 0 ? line : line[..end];
        Tail = end < 0 ? "" : line[end..];
        _words = Tail.Split([' ', '=', ','], StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The first word.</summary>
    public string Verb { get; }

    /// <summary>All after the first word, with the blank before it, as a program finds it at $0080.</summary>
    public string Tail { get; }

    /// <summary>Word 0 and on after the verb, or nothing.</summary>
    public string Word(int index) => index < _words.Length ? _words[index] : "";

    /// <summary>Splits <c>D:NAME.TYP</c>.</summary>
    /// <returns>The drive, 0 for the current one, 1 for A:, and the name.</returns>
    public static (int Drive, CpmName Name) Split(string word)
    {
        bool hasDrive = word.Length >= 2 && word[1] == ':' && word[0] is >= 'A' and <= 'P';
        return (hasDrive ? word[0] - 'A' + 1 : 0, CpmName.Parse(hasDrive ? word[2..] : word));
    }
}
