namespace Attic.Modules.StMachine.ScreenText;

/// <summary>The ST's character set in Unicode (the Unicode Consortium's mapping file for the Atari ST).</summary>
internal static class AtariStCharacters
{
    /// <summary>What stands for a cell that is no character of any font.</summary>
    public const char Unknown = '\uFFFD';

    // 0x00-0x1F are pictures (arrows, the Atari sign, LCD digits); only a few have a counterpart.
    private const string Pictures =
        " ⇧⇩⇨⇦\uFFFD\uFFFD\uFFFD✓\uFFFD\uFFFD♪\uFFFD\uFFFD\uFFFD\uFFFD0123456789ə\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD";

    private const string Upper =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥ßƒáíóúñÑªº¿⌐¬½¼¡«»ãõØøœŒÀÃÕ¨´†¶©®™" +
        "ĳĲאבגדהוזחטיכלמנסעפצקרשתןךםףץ§∧∞αβΓπΣσµτΦΘΩδ∮φ∈∩≡±≥≤⌠⌡÷≈°•·√ⁿ²³¯";

    /// <summary>The character of a code.</summary>
    public static char ToUnicode(int code) => code switch
    {
        < 0x20 => Pictures[code],
        0x7F => 'Δ',
        < 0x80 => (char)code,
        _ => Upper[code - 0x80],
    };
}
