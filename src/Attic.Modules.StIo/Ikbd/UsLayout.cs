using System.Collections.Frozen;
using System.Text;

namespace Attic.Modules.StIo.Ikbd;

/// <summary>Which keys of the US layout type a character.</summary>
internal static class UsLayout
{
    private const int Shift = 0x2A;
    private const int Control = 0x1D;

    // One string for each row of the keyboard, from its first scan code on.
    private static readonly (int First, string Plain, string Shifted)[] Rows =
    [
        (0x02, "1234567890-=", "!@#$%^&*()_+"),
        (0x10, "qwertyuiop[]", "QWERTYUIOP{}"),
        (0x1E, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
        (0x2B, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    ];

    private static readonly FrozenDictionary<Rune, int[]> Keys = Build().ToFrozenDictionary();

    /// <summary>The scan codes to hold together, in the order of pressing; empty when there is no way.</summary>
    public static IReadOnlyList<int> KeysFor(Rune character) => Keys.TryGetValue(character, out int[]? keys) ? keys : [];

    private static Dictionary<Rune, int[]> Build()
    {
        var keys = new Dictionary<Rune, int[]>();
        foreach (var (first, plain, shifted) in Rows)
        {
            for (int key = 0; key < plain.Length; key++)
            {
                keys[new Rune(plain[key])] = [first + key];
                keys[new Rune(shifted[key])] = [Shift, first + key];
                if (char.IsAsciiLetterLower(plain[key]))
                {
                    keys[new Rune(plain[key] - 'a' + 1)] = [Control, first + key];
                }
            }
        }

        keys[new Rune(' ')] = [0x39];
        keys[new Rune('\n')] = [0x1C];
        keys[new Rune('\r')] = [0x1C];
        keys[new Rune('\t')] = [0x0F];
        keys[new Rune('\b')] = [0x0E];
        keys[new Rune(0x1B)] = [0x01];
        keys[new Rune(0x7F)] = [0x53];
        return keys;
    }
}
