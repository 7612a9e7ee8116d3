namespace Attic.Modules.XlVideo;

/// <summary>How ANTIC fetches and draws one of its fourteen modes (Hardware Manual, table II.1).</summary>
/// <param name="Rows">Scan lines of a mode line.</param>
/// <param name="Rate">Cycles between two fetches: 2, 4 or 8.</param>
/// <param name="Pixels">What a byte becomes.</param>
internal readonly record struct AnticMode(int Rows, int Rate, PixelKind Pixels)
{
    /// <summary>The modes by the low nibble of the instruction; 0 and 1 (blank, jump) fetch nothing.</summary>
    public static readonly AnticMode[] All =
    [
        new(1, 0, PixelKind.None),
        new(1, 0, PixelKind.None),
        new(8, 2, PixelKind.HiResCharacters),
        new(10, 2, PixelKind.HiResCharacters),
        new(8, 2, PixelKind.ColourCharacters),
        new(16, 2, PixelKind.ColourCharacters),
        new(8, 4, PixelKind.WideCharacters),
        new(16, 4, PixelKind.WideCharacters),
        new(8, 8, PixelKind.TwoBitsFourClocks),
        new(4, 8, PixelKind.OneBitTwoClocks),
        new(4, 4, PixelKind.TwoBitsTwoClocks),
        new(2, 4, PixelKind.OneBitOneClock),
        new(1, 4, PixelKind.OneBitOneClock),
        new(2, 2, PixelKind.TwoBitsOneClock),
        new(1, 2, PixelKind.TwoBitsOneClock),
        new(1, 2, PixelKind.HiRes),
    ];

    /// <summary>The rate as a power of two.</summary>
    public int RateShift { get; } = System.Numerics.BitOperations.Log2((uint)Rate | 1);

    /// <summary>Whether the bytes in memory are character names.</summary>
    public bool IsText { get; } = Pixels is PixelKind.HiResCharacters or PixelKind.ColourCharacters or PixelKind.WideCharacters;

    /// <summary>Whether GTIA sees two pixels in a colour clock.</summary>
    public bool IsHiRes { get; } = Pixels is PixelKind.HiResCharacters or PixelKind.HiRes;
}

/// <summary>What ANTIC makes of a byte of graphics.</summary>
internal enum PixelKind
{
    /// <summary>Nothing: a blank line.</summary>
    None,

    /// <summary>Mode 2, 3: eight pixels of half a colour clock.</summary>
    HiResCharacters,

    /// <summary>Mode 4, 5: four pixels of two bits, bit 7 of the name chooses PF3 for 11.</summary>
    ColourCharacters,

    /// <summary>Mode 6, 7: eight pixels of one colour clock in the colour that bits 7–6 of the name choose.</summary>
    WideCharacters,

    /// <summary>Mode 8.</summary>
    TwoBitsFourClocks,

    /// <summary>Mode 9.</summary>
    OneBitTwoClocks,

    /// <summary>Mode A.</summary>
    TwoBitsTwoClocks,

    /// <summary>Mode B, C.</summary>
    OneBitOneClock,

    /// <summary>Mode D, E.</summary>
    TwoBitsOneClock,

    /// <summary>Mode F: eight pixels of half a colour clock.</summary>
    HiRes,
}
