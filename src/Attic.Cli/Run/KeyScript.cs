using System.Text;

namespace Attic.Cli.Run;

/// <summary>Keys held together: either one character that the machine knows how to type, or named keys.</summary>
/// <param name="Character">The character; null for named keys.</param>
/// <param name="Names">Names from <see cref="KeyNames"/>, held in order; the last may be a single character.</param>
internal sealed record KeyStroke(Rune? Character, IReadOnlyList<string> Names)
{
    public override string ToString() => Character is { } character ? $"'{character}'" : $"{{{string.Join('+', Names)}}}";
}

/// <summary>
/// The little language of <c>--type</c>: characters stand for themselves; <c>\n</c> is Return, <c>\t</c> Tab, <c>\b</c>
/// Backspace, <c>\e</c> Escape, <c>\\</c> and <c>\{</c> are themselves; <c>{F1}</c>, <c>{UP}</c>, <c>{CTRL+C}</c> are keys by name.
/// </summary>
internal static class KeyScript
{
    private const string Help = "Escapes: \\n \\t \\b \\e \\\\ \\{ and keys by name: {F1} {UP} {ESC} {CTRL+C}.";

    /// <summary>The strokes of a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="keys">The machine's keys.</param>
    /// <exception cref="CommandFailure">The script is malformed; the message says at which character.</exception>
    public static IReadOnlyList<KeyStroke> Parse(string script, KeyNames keys)
    {
        var strokes = new List<KeyStroke>();
        int at = 0;
        while (at < script.Length)
        {
            strokes.Add(script[at] switch
            {
                '\\' => ReadEscape(script, ref at),
                '{' => ReadNamed(script, keys, ref at),
                _ => ReadCharacter(script, ref at),
            });
        }

        return strokes;
    }

    private static KeyStroke ReadCharacter(string script, ref int at)
    {
        if (!Rune.TryGetRuneAt(script, at, out var rune))
        {
            throw CommandFailure.BadInput($"--type: half a surrogate pair at character {at + 1}.");
        }

        at += rune.Utf16SequenceLength;
        return rune.Value switch
        {
            '\n' or '\r' => Named("RETURN"),
            '\t' => Named("TAB"),
            _ => new KeyStroke(rune, []),
        };
    }

    private static KeyStroke ReadEscape(string script, ref int at)
    {
        char next = at + 1 < script.Length ? script[at + 1] : '\0';
        KeyStroke stroke = next switch
        {
            'n' or 'r' => Named("RETURN"),
            't' => Named("TAB"),
            'b' => Named("BACKSPACE"),
            'e' => Named("ESC"),
            '\\' or '{' or '}' => new KeyStroke(new Rune(next), []),
            _ => throw CommandFailure.BadInput($"--type: unknown escape at character {at + 1} of \"{script}\".", Help),
        };
        at += 2;
        return stroke;
    }

    private static KeyStroke ReadNamed(string script, KeyNames keys, ref int at)
    {
        int end = script.IndexOf('}', at + 1);
        if (end < 0)
        {
            throw CommandFailure.BadInput($"--type: the brace at character {at + 1} of \"{script}\" is never closed.", Help);
        }

        string[] names = script[(at + 1)..end].ToUpperInvariant().Split('+', StringSplitOptions.TrimEntries);
        foreach (string name in names)
        {
            if (!keys.IsKnown(name))
            {
                throw CommandFailure.BadInput($"--type: there is no key {{{name}}}.", $"Known keys: {string.Join(' ', keys.All)}.");
            }
        }

        at = end + 1;
        return new KeyStroke(null, names);
    }

    private static KeyStroke Named(string name) => new(null, [name]);
}
