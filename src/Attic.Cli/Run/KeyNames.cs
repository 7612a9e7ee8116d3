using System.Collections.Frozen;

namespace Attic.Cli.Run;

/// <summary>Names of keys in <c>--type</c> and their values of the target <c>ikbd.key</c> (the contract's ST_SC_*).</summary>
internal static class KeyNames
{
    private static readonly FrozenDictionary<string, string> Values = Build();

    /// <summary>Every name, function keys first; single letters and digits are known too.</summary>
    public static IEnumerable<string> All => Values.Keys.Where(name => name.Length > 1).Order(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="name"/> (upper case) names a key.</summary>
    public static bool IsKnown(string name) => Values.ContainsKey(name);

    /// <summary>The target's value of a known name.</summary>
    public static string ValueOf(string name) => Values[name];

    private static FrozenDictionary<string, string> Build()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RETURN"] = "ST_SC_RETURN",
            ["ENTER"] = "ST_SC_KP_ENTER",
            ["ESC"] = "ST_SC_ESC",
            ["TAB"] = "ST_SC_TAB",
            ["SPACE"] = "ST_SC_SPACE",
            ["BACKSPACE"] = "ST_SC_BACKSPACE",
            ["DELETE"] = "ST_SC_DELETE",
            ["INSERT"] = "ST_SC_INSERT",
            ["HOME"] = "ST_SC_HOME",
            ["HELP"] = "ST_SC_HELP",
            ["UNDO"] = "ST_SC_UNDO",
            ["UP"] = "ST_SC_UP",
            ["DOWN"] = "ST_SC_DOWN",
            ["LEFT"] = "ST_SC_LEFT",
            ["RIGHT"] = "ST_SC_RIGHT",
            ["SHIFT"] = "ST_SC_LSHIFT",
            ["RSHIFT"] = "ST_SC_RSHIFT",
            ["CTRL"] = "ST_SC_CONTROL",
            ["ALT"] = "ST_SC_ALTERNATE",
            ["CAPS"] = "ST_SC_CAPSLOCK",
        };
        for (int i = 1; i <= 10; i++)
        {
            values[$"F{i}"] = $"ST_SC_F{i}";
        }

        for (char c = 'A'; c <= 'Z'; c++)
        {
            values[c.ToString()] = $"ST_SC_{c}";
        }

        for (char c = '0'; c <= '9'; c++)
        {
            values[c.ToString()] = $"ST_SC_{c}";
        }

        return values.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
