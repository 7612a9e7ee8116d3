using System.Text;

namespace Attic.Engine.Card;

/// <summary>
/// Composes text to Unicode's normalisation form C (UAX #15), so that a file name typed on one system is found on
/// another. The runtime's own normalisation needs ICU and does nothing in the invariant mode that the programs run in.
/// Marks are taken in the order in which they stand, which is the canonical one in what file systems store.
/// </summary>
internal static class UnicodeComposition
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;

    /// <summary>The composed text; the same instance when nothing composes.</summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var composed = new StringBuilder(text.Length);
        foreach (char next in text)
        {
            if (composed.Length > 0 && TryCompose(composed[^1], next, out char both))
            {
                composed[^1] = both;
            }
            else
            {
                composed.Append(next);
            }
        }

        return composed.Length == text.Length ? text : composed.ToString();
    }

    private static bool TryCompose(char first, char second, out char both) =>
        CompositionTable.Pairs.TryGetValue(CompositionTable.Key(first, second), out both)
        || TryComposeHangul(first, second, out both);

    // The Unicode Standard, §3.12: Korean syllables compose by arithmetic.
    private static bool TryComposeHangul(char first, char second, out char both)
    {
        int lead = first - LeadBase;
        int vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            both = (char)(SyllableBase + (((lead * VowelCount) + vowel) * TailCount));
            return true;
        }

        int syllable = first - SyllableBase;
        int tail = second - TailBase;
        bool open = syllable is >= 0 and < LeadCount * VowelCount * TailCount && syllable % TailCount == 0;
        both = (char)(first + tail);
        return open && tail is > 0 and < TailCount;
    }
}
