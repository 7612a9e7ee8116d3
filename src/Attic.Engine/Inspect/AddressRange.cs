using System.Globalization;

namespace Attic.Engine.Inspect;

/// <summary>Addresses from first to last, both included.</summary>
/// <param name="First">First address.</param>
/// <param name="Last">Last address, not below the first.</param>
public readonly record struct AddressRange(uint First, uint Last)
{
    /// <summary>Reads <c>0xA-0xB</c>.</summary>
    /// <returns>False when it is not of that form or runs backwards.</returns>
    public static bool TryParse(string? text, out AddressRange range)
    {
        range = default;
        int dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 0 || !TryHex(text.AsSpan(0, dash), out uint first) || !TryHex(text.AsSpan(dash + 1), out uint last) || last < first)
        {
            return false;
        }

        range = new(first, last);
        return true;
    }

    /// <summary>Whether <paramref name="address"/> lies in it.</summary>
    public bool Contains(uint address) => address >= First && address <= Last;

    /// <summary>Whether they share an address.</summary>
    public bool Overlaps(AddressRange other) => First <= other.Last && other.First <= Last;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{First:X8}-0x{Last:X8}");

    private static bool TryHex(ReadOnlySpan<char> text, out uint value)
    {
        value = 0;
        text = text.Trim();
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
