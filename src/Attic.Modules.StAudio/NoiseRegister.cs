namespace Attic.Modules.StAudio;

/// <summary>The noise generator's shift register: 17 bits, the new one made of bit 0 and bit 3 (x^17 + x^14 + 1).</summary>
internal static class NoiseRegister
{
    /// <summary>Its longest sequence: every value but 0.</summary>
    public const int Period = (1 << 17) - 1;

    // As many shifts depend on present bits alone, and go at once.
    private const int AtOnce = 13;

    /// <summary>Shifts several times.</summary>
    public static uint Shift(uint noise, int shifts)
    {
        for (; shifts >= AtOnce; shifts -= AtOnce)
        {
            noise = Few(noise, AtOnce);
        }

        return Few(noise, shifts);
    }

    private static uint Few(uint noise, int shifts) =>
        (noise >> shifts) | (((noise ^ (noise >> 3)) & ((1u << shifts) - 1)) << (17 - shifts));
}
