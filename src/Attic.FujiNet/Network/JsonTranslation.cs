using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Attic.FujiNet.Network;

/// <summary>Takes one value out of a JSON document and turns it into lines of text.</summary>
internal static class JsonTranslation
{
    private const double LargestExact = 9_007_199_254_740_992;

    /// <summary>Translates.</summary>
    /// <param name="document">The document's bytes.</param>
    /// <param name="pointer">RFC 6901; names are compared whatever their case.</param>
    /// <returns>The text; empty when there is no such value or the document is no JSON.</returns>
    public static byte[] Translate(ReadOnlyMemory<byte> document, string pointer)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { AllowTrailingCommas = false, MaxDepth = 64 });
            if (Find(json.RootElement, pointer) is not { } found)
            {
                return [];
            }

            var text = new StringBuilder();
            Write(found, text);
            return Encoding.UTF8.GetBytes(text.ToString());
        }
        catch (JsonException)
        {
            // What is no JSON holds no value.
            return [];
        }
    }

    /// <summary>Whether a text is a JSON document.</summary>
    public static bool IsDocument(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 64 });
            return true;
        }
        catch (JsonException)
        {
            // That is the answer.
            return false;
        }
    }

    private static JsonElement? Find(JsonElement element, string pointer)
    {
        if (pointer.Length == 0)
        {
            return element;
        }

        if (pointer[0] != '/')
        {
            return null;
        }

        foreach (string part in pointer[1..].Split('/'))
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (Step(element, name) is not { } next)
            {
                return null;
            }

            element = next;
        }

        return element;
    }

    private static JsonElement? Step(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject().Where(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                return property.Value;
            }
        }

        bool isIndex = element.ValueKind == JsonValueKind.Array
            && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && (name.Length == 1 || name[0] != '0');
        return isIndex && int.Parse(name, CultureInfo.InvariantCulture) is var index && index < element.GetArrayLength() ? element[index] : null;
    }

    private static void Write(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                text.Append(element.GetString());
                break;
            case JsonValueKind.True:
                text.Append("TRUE");
                break;
            case JsonValueKind.False:
                text.Append("FALSE");
                break;
            case JsonValueKind.Null:
                text.Append("NULL");
                break;
            case JsonValueKind.Number:
                text.Append(Format(element.GetDouble()));
                break;
            case JsonValueKind.Object:
                WriteLines(element.EnumerateObject(), text, property =>
                {
                    text.Append(property.Name).Append('\n');
                    Write(property.Value, text);
                });
                break;
            case JsonValueKind.Array:
                WriteLines(element.EnumerateArray(), text, item => Write(item, text));
                break;
        }
    }

    private static void WriteLines<T>(IEnumerable<T> items, StringBuilder text, Action<T> write)
    {
        bool first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                text.Append('\n');
            }

            write(item);
            first = false;
        }
    }

    private static string Format(double number) =>
        double.IsInteger(number) && Math.Abs(number) <= LargestExact
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("G10", CultureInfo.InvariantCulture).ToLowerInvariant();
}
