using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Attic.FujiNet.Config;

/// <summary>A YAML document of nested keys that keeps what it does not know.</summary>
internal sealed class ConfigDocument
{
    private readonly YamlMappingNode _root;

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

    public bool Has(string key) => _root.Children.ContainsKey(new YamlScalarNode(key));

    public string Text(string path, string missing) => Find(path) is YamlScalarNode { Value: { } value } ? value : missing;

    public bool Flag(string path, bool missing) => Text(path, string.Empty).ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => missing,
    };

    public int Number(string path, int missing) =>
        int.TryParse(Text(path, string.Empty), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : missing;

    public void Set(string path, string value)
    {
        var style = value.Length == 0 || NeedsQuotes(value) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any;
        Put(path, new YamlScalarNode(value) { Style = style });
    }

    public void Set(string path, bool value) => Put(path, new YamlScalarNode(value ? "true" : "false"));

    public void Set(string path, int value) => Put(path, new YamlScalarNode(value.ToString(CultureInfo.InvariantCulture)));

    public override string ToString()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(_root)).Save(text, assignAnchors: false);

        // The library ends a document with its end mark.
        string saved = text.ToString();
        return saved.EndsWith("...\n", StringComparison.Ordinal) ? saved[..^4] : saved;
    }

    private static bool NeedsQuotes(string value) =>
        value.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "null" or "~"
        || double.TryParse(value, NumberStyles.Any, CultureInfo.InvariantCulture, out _);

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
