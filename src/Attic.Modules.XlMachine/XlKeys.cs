using System.Collections.Frozen;

namespace Attic.Modules.XlMachine;

/// <summary>The XL's keyboard: scan codes by key name, and the keys that type a character.</summary>
/// <remarks>Source: Atari Hardware Manual, part III, keyboard codes.</remarks>
internal static class XlKeys
{
    /// <summary>SHIFT as a control number; codes 0 to 63 are the matrix.</summary>
    public const int Shift = 64;

    /// <summary>CONTROL.</summary>
    public const int Control = 65;

    /// <summary>BREAK.</summary>
    public const int Break = 66;

    /// <summary>RESET.</summary>
    public const int Reset = 67;

    /// <summary>
    /// Added to a scan code: the key together with SHIFT and CONTROL as <see cref="WithShift"/> and <see cref="WithControl"/>
    /// say, whatever else is held.
    /// </summary>
    public const int Exact = 0x100;

    /// <summary>Added to <see cref="Exact"/>: with SHIFT.</summary>
    public const int WithShift = 0x40;

    /// <summary>Added to <see cref="Exact"/>: with CONTROL.</summary>
    public const int WithControl = 0x80;

    // By scan code, eight a row: the character alone, then with SHIFT; ~ where there is none.
    private const string Plain =
        "lj;~~k+*"
        + "o~pu\ni-="
        + "v~c~~bxz"
        + "4~36\u001b521"
        + ", .n~m/~"
        + "r~ey\ttwq"
        + "9~07\b8<>"
        + "fhd~~gsa";

    private const string Shifted =
        "LJ:~~K\\^"
        + "O~PU~I_|"
        + "V~C~~BXZ"
        + "$~#&~%\"!"
        + "[~]N~M?~"
        + "R~EY~TWQ"
        + "(~)'~@~~"
        + "FHD~~GSA";

    private static readonly string?[] Names = BuildNames();
    private static readonly FrozenDictionary<string, int> Codes = BuildCodes();

    /// <summary>The control of a key by its name: <c>XL_KEY_A</c>, <c>XL_KEY_RETURN</c>.</summary>
    public static bool TryFind(string name, out int control) => Codes.TryGetValue(name, out control);

    /// <summary>The controls to hold for a character; empty when no key types it.</summary>
    public static int[] For(char character)
    {
        if (character == '~')
        {
            return [];
        }

        int code = Plain.IndexOf(character, StringComparison.Ordinal);
        int shifted = Shifted.IndexOf(character, StringComparison.Ordinal);
        return code >= 0 ? [code] : shifted >= 0 ? [Shift, shifted] : [];
    }

    private static string?[] BuildNames()
    {
        string?[] names = new string?[68];
        for (int code = 0; code < Plain.Length; code++)
        {
            names[code] = Plain[code] is >= 'a' and <= 'z' or >= '0' and <= '9' ? Plain[code..(code + 1)].ToUpperInvariant() : null;
        }

        (names[2], names[6], names[7], names[12], names[14], names[15]) = ("SEMICOLON", "PLUS", "ASTERISK", "RETURN", "MINUS", "EQUALS");
        (names[17], names[28], names[32], names[33], names[34], names[38]) = ("HELP", "ESC", "COMMA", "SPACE", "PERIOD", "SLASH");
        (names[39], names[44], names[52], names[54], names[55], names[60]) = ("INVERSE", "TAB", "BACKSPACE", "LESS", "GREATER", "CAPS");
        (names[3], names[4], names[19], names[20]) = ("F1", "F2", "F3", "F4");
        (names[Shift], names[Control], names[Break], names[Reset]) = ("SHIFT", "CONTROL", "BREAK", "RESET");
        return names;
    }

    private static FrozenDictionary<string, int> BuildCodes()
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int code = 0; code < Names.Length; code++)
        {
            if (Names[code] is { } name)
            {
                codes.Add("XL_KEY_" + name, code);
            }
        }

        // What lies on other keys' CONTROL and SHIFT (keyboard of the 800XL).
        foreach ((string name, int modifier, string key) in (ReadOnlySpan<(string, int, string)>)[
            ("UP", WithControl, "MINUS"), ("DOWN", WithControl, "EQUALS"), ("LEFT", WithControl, "PLUS"), ("RIGHT", WithControl, "ASTERISK"),
            ("CLEAR", WithShift, "LESS"), ("INSERT", WithControl, "GREATER"), ("DELETE", WithControl, "BACKSPACE")])
        {
            codes.Add("XL_KEY_" + name, Exact | modifier | codes["XL_KEY_" + key]);
        }

        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
