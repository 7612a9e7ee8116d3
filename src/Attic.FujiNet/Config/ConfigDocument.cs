using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Attic.FujiNet.Config;

/// <summary>A YAML document of nested keys that keeps what it does not know.</summary>
internal sealed class ConfigDocument
{
    private readonly YamlMappingNode _root;
    private readonly Dictionary<string, string> _overrides = new(StringComparer.Ordinal);
    private bool _overriding;

    private ConfigDocument(YamlMappingNode root)
    {
        _root = root;
    }

    public static ConfigDocument Empty() => new([]);

    /// <summary>Reads a document.</summary>
    /// <exception cref="FormatException">It is no YAML, or its top is no mapping.</exception>
    public static ConfigDocument Parse(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0)
            {
                return Empty();
            }

            return stream.Documents[0].RootNode is YamlMappingNode root
                ? new(root)
                : throw new FormatException("The configuration is no set of keys.");
        }
        catch (YamlException error)
        {
            throw new FormatException($"The configuration is no YAML: line {error.Start.Line}: {error.Message}", error);
        }
    }

    /// <summary>The value of a key, or its default.</summary>
    public string Text(string path) => ValueOf(path) ?? ConfigDefaults.Of(path);

    /// <summary>The value of a key; its default if it is neither yes nor no.</summary>
    public bool Flag(string path) => AsFlag(Text(path)) ?? AsFlag(ConfigDefaults.Of(path)) ?? false;

    /// <summary>The value of a key; its default if it is no number.</summary>
    public int Number(string path) => Number(path, int.Parse(ConfigDefaults.Of(path), CultureInfo.InvariantCulture));

    /// <summary>The value of a key; another if it is no number.</summary>
    public int Number(string path, int missing) => int.TryParse(ValueOf(path), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : missing;

    /// <summary>Whether a key has a value.</summary>
    public bool Has(string path) => ValueOf(path) is not null;

    /// <summary>Sets a key, unless it is missing and this is what that means.</summary>
    public void Set(string path, string value)
    {
        if (!Has(path) && string.Equals(value, ConfigDefaults.Of(path), StringComparison.Ordinal))
        {
            return;
        }

        if (_overriding)
        {
            _overrides[path] = value;
            return;
        }

        _overrides.Remove(path);
        Put(path, new YamlScalarNode(value) { Style = StyleOf(path, value) });
    }

    /// <summary>Sets a key, unless it is missing and this is what that means.</summary>
    public void Set(string path, bool value) => Set(path, value ? "true" : "false");

    /// <summary>Sets a key, unless it is missing and this is what that means.</summary>
    public void Set(string path, int value) => Set(path, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is set meanwhile holds until it is set again, and is not written.</summary>
    public void Override(Action set)
    {
        _overriding = true;
        try
        {
            set();
        }
        finally
        {
            _overriding = false;
        }
    }

    /// <summary>Adds the keys that are missing.</summary>
    public void AddDefaults(IEnumerable<(string Key, string Missing)> defaults)
    {
        foreach (var (key, missing) in defaults.Where(entry => Find(entry.Key) is not YamlScalarNode { Value: not null }))
        {
            Put(key, new YamlScalarNode(missing) { Style = StyleOf(key, missing) });
        }
    }

    public override string ToString()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(_root)).Save(text, assignAnchors: false);

        // The library ends a document with its end mark.
        string saved = text.ToString();
        return saved.EndsWith("...\n", StringComparison.Ordinal) ? saved[..^4] : saved;
    }

    private static bool? AsFlag(string value) => value.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => null,
    };

    /// <summary>A text that another reader would take for a number or a flag is in quotes, unless it is meant as one.</summary>
    private static ScalarStyle StyleOf(string path, string value)
    {
        bool isPlain = IsPlain(value);
        return value.Length == 0 || (isPlain && !IsPlain(ConfigDefaults.Of(path))) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any;
    }

    private static bool IsPlain(string value) =>
        value.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "null" or "~"
        || double.TryParse(value, NumberStyles.Any, CultureInfo.InvariantCulture, out _);

    private string? ValueOf(string path) => _overrides.TryGetValue(path, out string? value) ? value : (Find(path) as YamlScalarNode)?.Value;

    private YamlNode? Find(string path)
    {
        YamlNode node = _root;
        foreach (string key in path.Split('.'))
        {
            if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode(key), out var next))
            {
                return null;
            }

            node = next;
        }

        return node;
    }

    private void Put(string path, YamlScalarNode value)
    {
        string[] keys = path.Split('.');
        var mapping = _root;
        foreach (string key in keys[..^1])
        {
            var name = new YamlScalarNode(key);
            if (!mapping.Children.TryGetValue(name, out var next) || next is not YamlMappingNode)
            {
                next = new YamlMappingNode();
                mapping.Children[name] = next;
            }

            mapping = (YamlMappingNode)next;
        }

        mapping.Children[new YamlScalarNode(keys[^1])] = value;
    }
}
