using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Attic.Engine.Modules;

/// <summary>A semantic version (semver.org 2.0.0); build metadata is kept out of comparisons and text.</summary>
/// <param name="Major">Breaking changes.</param>
/// <param name="Minor">Additions.</param>
/// <param name="Patch">Mends.</param>
/// <param name="Prerelease">Dot-separated identifiers after a hyphen; empty for a release.</param>
[SuppressMessage("Design", "MA0096:A class that implements IComparable<T> should also implement IEquatable<T>", Justification = "The record does.")]
public sealed record SemanticVersion(int Major, int Minor, int Patch, string Prerelease = "") : IComparable<SemanticVersion>
{
    /// <summary>Parses <c>1.2.3</c>, <c>1.2.3-rc.1</c>, <c>1.2.3+build</c>.</summary>
    /// <returns>False when the text is not a whole semantic version.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        if (text is null || text.Length > 128)
        {
            return false;
        }

        string core = text.Split('+', 2)[0];
        string[] halves = core.Split('-', 2);
        string[] numbers = halves[0].Split('.');
        string prerelease = halves.Length == 2 ? halves[1] : "";
        if (numbers.Length != 3
            || !TryNumber(numbers[0], out int major)
            || !TryNumber(numbers[1], out int minor)
            || !TryNumber(numbers[2], out int patch)
            || (halves.Length == 2 && !prerelease.Split('.').All(IsIdentifier)))
        {
            return false;
        }

        version = new(major, minor, patch, prerelease);
        return true;
    }

    /// <summary>One number of a version: digits without a leading zero, below 2^31.</summary>
    internal static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (text.Length == 1 || text[0] != '0');

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return order != 0 ? order : ComparePrerelease(Prerelease, other.Prerelease);
    }

    /// <summary>Whether one precedes the other.</summary>
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one follows the other.</summary>
    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not follow the other.</summary>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not precede the other.</summary>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}") + (Prerelease.Length == 0 ? "" : "-" + Prerelease);

    private static bool IsIdentifier(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // semver.org §11: a release follows its prereleases; numbers compare as numbers and precede words.
    private static int ComparePrerelease(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length);
        }

        string[] a = left.Split('.');
        string[] b = right.Split('.');
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            bool numeric = long.TryParse(a[i], NumberStyles.None, CultureInfo.InvariantCulture, out long x);
            bool otherNumeric = long.TryParse(b[i], NumberStyles.None, CultureInfo.InvariantCulture, out long y);
            int order = (numeric, otherNumeric) switch
            {
                (true, true) => x.CompareTo(y),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(a[i], b[i]),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }
}
