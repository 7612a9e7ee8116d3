using System.Collections.Frozen;

namespace Attic.Cli.Run;

/// <summary>A control by the names of the contract's mapping profiles: <c>ikbd.key</c> with the value <c>ST_SC_A</c>.</summary>
/// <param name="Target">The control.</param>
/// <param name="Value">Its value, or null.</param>
internal readonly record struct ControlName(string Target, string? Value);

/// <summary>Names of keys in <c>--type</c> and the controls that they stand for, for one machine.</summary>
internal sealed class KeyNames
{
    private static readonly KeyNames St = new(BuildSt());
    private static readonly KeyNames Xl = new(BuildXl());

    private readonly FrozenDictionary<string, ControlName[]> _controls;

    private KeyNames(Dictionary<string, ControlName[]> controls) => _controls = controls.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every name; single letters and digits are known too.</summary>
    public IEnumerable<string> All => _controls.Keys.Where(name => name.Length > 1).Order(StringComparer.Ordinal);

    /// <summary>The names of a machine's keys.</summary>
    /// <param name="machine">Its long name.</param>
    public static KeyNames Of(string machine) => string.Equals(machine, "atari_xl", StringComparison.Ordinal) ? Xl : St;

    /// <summary>Whether <paramref name="name"/> (upper case) names a key.</summary>
    public bool IsKnown(string name) => _controls.ContainsKey(name);

    /// <summary>The controls of a known name, to be held together in order.</summary>
    public IReadOnlyList<ControlName> ControlsOf(string name) => _controls[name];

    private static Dictionary<string, ControlName[]> BuildSt()
    {
        var keys = new Dictionary<string, ControlName[]>(StringComparer.Ordinal);
        void Add(string name, string key) => keys[name] = [new("ikbd.key", "ST_SC_" + key)];
        foreach (string name in (string[])["RETURN", "ESC", "TAB", "SPACE", "BACKSPACE", "DELETE", "INSERT", "HOME", "HELP", "UNDO", "UP", "DOWN", "LEFT", "RIGHT"])
        {
            Add(name, name);
        }

        Add("ENTER", "KP_ENTER");
        Add("SHIFT", "LSHIFT");
        Add("RSHIFT", "RSHIFT");
        Add("CTRL", "CONTROL");
        Add("ALT", "ALTERNATE");
        Add("CAPS", "CAPSLOCK");
        for (int i = 1; i <= 10; i++)
        {
            Add($"F{i}", $"F{i}");
        }

        AddLettersAndDigits(Add);
        return keys;
    }

    private static Dictionary<string, ControlName[]> BuildXl()
    {
        var keys = new Dictionary<string, ControlName[]>(StringComparer.Ordinal);
        ControlName Matrix(string key) => new("keyboard.matrix", "XL_KEY_" + key);
        void Add(string name, string key) => keys[name] = [Matrix(key)];
        foreach (string name in (string[])["RETURN", "ESC", "TAB", "SPACE", "BACKSPACE", "HELP", "BREAK", "INVERSE", "CAPS", "SHIFT", "F1", "F2", "F3", "F4"])
        {
            Add(name, name);
        }

        Add("CTRL", "CONTROL");
        Add("CONTROL", "CONTROL");
        Add("DELETE", "BACKSPACE");
        foreach (string name in (string[])["START", "SELECT", "OPTION", "RESET"])
        {
            keys[name] = [new("console." + name.ToLowerInvariant(), null)];
        }

        foreach (string name in (string[])["UP", "DOWN", "LEFT", "RIGHT", "CLEAR", "INSERT"])
        {
            Add(name, name);
        }

        foreach (string stick in (string[])["UP", "DOWN", "LEFT", "RIGHT", "BUTTON"])
        {
            keys["JOY" + stick] = [new("joystick.port0." + stick.ToLowerInvariant(), null)];
        }

        AddLettersAndDigits(Add);
        return keys;
    }

    private static void AddLettersAndDigits(Action<string, string> add)
    {
        foreach (char key in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        {
            add(key.ToString(), key.ToString());
        }
    }
}
