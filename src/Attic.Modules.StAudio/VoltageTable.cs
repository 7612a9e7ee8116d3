namespace Attic.Modules.StAudio;

/// <summary>
/// What the ST's sound pin carries for each combination of the three channels' levels. The outputs are current sources tied
/// to one 1 kΩ resistor, so that the channels do not simply add.
/// </summary>
/// <remarks>
/// Facts: 32 levels in steps of 2^(1/4) for one channel (YM2149 application manual, figure of the DAC; owners'
/// measurements agree within two percent); one channel at full level gives 5/9 of what three give, two give 5/6 (measured on
/// STs). Each channel then acts as a conductance: full level is half that of the load, and V = G / (1 + G).
/// </remarks>
internal static class VoltageTable
{
    /// <summary>What three channels at full level give.</summary>
    public const int FullScale = 30_000;

    private const int One = 1 << 20;

    /// <summary>Voltage by level of A, B and C (5 bits each; A in the lowest).</summary>
    public static ushort[] Levels { get; } = Build();

    /// <summary>The 5-bit level of a 4-bit volume: the odd steps, but silence for 0.</summary>
    public static int OfVolume(int volume) => volume == 0 ? 0 : (2 * volume) + 1;

    private static ushort[] Build()
    {
        // Only operations that IEEE 754 defines to the last bit; the square root is one of them, a power is not.
        double step = Math.Sqrt(Math.Sqrt(2));
        int[] conductance = new int[32];
        double voltage = 1.0 / 3;
        for (int level = 31; level > 0; level--)
        {
            conductance[level] = (int)((One * voltage / (1 - voltage)) + 0.5);
            voltage /= step;
        }

        var levels = new ushort[32 * 32 * 32];
        for (int index = 0; index < levels.Length; index++)
        {
            long sum = (long)conductance[index & 31] + conductance[(index >> 5) & 31] + conductance[index >> 10];
            levels[index] = (ushort)(FullScale * 5 * sum / (3 * (sum + One)));
        }

        return levels;
    }
}
