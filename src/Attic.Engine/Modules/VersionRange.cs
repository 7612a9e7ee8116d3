using System.Diagnostics.CodeAnalysis;

namespace Attic.Engine.Modules;

/// <summary>
/// A set of versions: <c>*</c>, <c>1.2.3</c> (exactly), <c>1.2</c>, <c>1.2.x</c>, <c>1.x</c>, <c>^1.2.3</c> (same major),
/// <c>~1.2.3</c> (same minor), comparisons <c>&gt;= &gt; &lt;= &lt; =</c>, and several of them separated by blanks, all
/// of which must hold. A prerelease is in a range only if the range names one.
/// </summary>
public sealed class VersionRange
{
    private readonly string _text;
    private readonly Bound[] _bounds;

    private VersionRange(string text, Bound[] bounds)
    {
        _text = text;
        _bounds = bounds;
    }

    // What a version must not be below, and what it must stay below; null is open.
    private readonly record struct Bound(SemanticVersion? From, SemanticVersion? Below, bool AllowsPrerelease);

    /// <summary>Parses a range.</summary>
    /// <returns>False when the text is not one.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VersionRange? range)
    {
        range = null;
        string[] terms = text is null || text.Length > 256 ? [] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var bounds = new Bound[terms.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            if (!TryTerm(terms[i], out bounds[i]))
            {
                return false;
            }
        }

        range = terms.Length == 0 ? null : new(text!.Trim(), bounds);
        return range is not null;
    }

    /// <summary>Whether a version is in the range.</summary>
    public bool Contains(SemanticVersion version) =>
        (version.Prerelease.Length == 0 || _bounds.Any(bound => bound.AllowsPrerelease))
        && _bounds.All(bound => (bound.From is null || version >= bound.From) && (bound.Below is null || version < bound.Below));

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static bool TryTerm(string term, out Bound bound)
    {
        string sign = new([.. term.TakeWhile(c => c is '^' or '~' or '<' or '>' or '=')]);
        bound = default;
        if (!TryPartial(term[sign.Length..], out var low, out int given))
        {
            return false;
        }

        // The least version above all that the (possibly partial) version stands for.
        var next = given switch
        {
            0 => null,
            1 => Next(low.Major, -1, -1),
            2 => Next(low.Major, low.Minor, -1),
            _ => Next(low.Major, low.Minor, low.Patch),
        };
        bool prerelease = low.Prerelease.Length > 0;
        switch (sign)
        {
            case "" or "=":
                bound = new(low, prerelease ? new(low.Major, low.Minor, low.Patch, low.Prerelease + ".0") : next, prerelease);
                return true;
            case "^":
                bound = new(low, Caret(low, given), prerelease);
                return given > 0;
            case "~":
                bound = new(low, given == 1 ? Next(low.Major, -1, -1) : Next(low.Major, low.Minor, -1), prerelease);
                return given > 0;
            case ">=":
                bound = new(low, null, prerelease);
                return given > 0;
            case ">":
                bound = new(next, null, prerelease);
                return given > 0 && !prerelease;
            case "<":
                bound = new(null, low, prerelease);
                return given > 0;
            case "<=":
                bound = new(null, next, prerelease);
                return given > 0 && !prerelease;
            default:
                return false;
        }
    }

    // Below 1.0.0 the minor number is the breaking one, below 0.1.0 the patch.
    private static SemanticVersion Caret(SemanticVersion low, int given) => (low.Major, low.Minor) switch
    {
        (0, 0) when given == 3 => Next(0, 0, low.Patch),
        (0, _) when given >= 2 => Next(0, low.Minor, -1),
        _ => Next(low.Major, -1, -1),
    };

    // The first prerelease of the next version, so that 2.0.0-rc is not taken for a 1.x.
    private static SemanticVersion Next(int major, int minor, int patch) => (minor, patch) switch
    {
        ( < 0, _) => new(Increment(major), 0, 0, "0"),
        (_, < 0) => new(major, Increment(minor), 0, "0"),
        _ => new(major, minor, Increment(patch), "0"),
    };

    private static int Increment(int number) => number == int.MaxValue ? number : number + 1;

    private static bool TryPartial(string text, out SemanticVersion low, out int given)
    {
        low = new(0, 0, 0);
        given = 0;
        if (SemanticVersion.TryParse(text, out var whole))
        {
            (low, given) = (whole, 3);
            return true;
        }

        string[] parts = text.Split('.');
        if (parts.Length > 3)
        {
            return false;
        }

        Span<int> numbers = stackalloc int[3];
        bool open = false;
        foreach (string part in parts)
        {
            bool wild = part is "*" or "x" or "X";
            open |= wild;
            if (wild)
            {
                continue;
            }

            if (open || !SemanticVersion.TryNumber(part, out numbers[given]))
            {
                return false;
            }

            given++;
        }

        low = new(numbers[0], numbers[1], numbers[2]);
        return true;
    }
}
