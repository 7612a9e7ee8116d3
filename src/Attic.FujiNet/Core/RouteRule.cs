using System.Globalization;

namespace Attic.FujiNet.Core;

/// <summary>The device ids that a transport reaches.</summary>
public sealed class RouteRule
{
    private readonly bool[] _allowed;

    private RouteRule(bool[] allowed)
    {
        _allowed = allowed;
    }

    /// <summary>Whether a device is reached.</summary>
    public bool Allows(byte deviceId) => _allowed[deviceId];

    /// <summary>Reads a list of ids and ranges in hexadecimal: <c>45,70,F0-F3</c>.</summary>
    /// <exception cref="FormatException">It is no such list.</exception>
    public static RouteRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool[] allowed = new bool[256];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !TryId(ends[0], out byte first) || !TryId(ends[^1], out byte last) || first > last)
            {
                throw new FormatException($"\"{part}\" is neither a device id (45) nor a range (F0-F3).");
            }

            allowed.AsSpan(first, last - first + 1).Fill(value: true);
        }

        return new(allowed);
    }

    private static bool TryId(string text, out byte id) => byte.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);
}
