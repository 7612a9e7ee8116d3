namespace Attic.Modules.StVideo;

/// <summary>The three line formats that GLUE's counters can run.</summary>
internal enum SyncRate : byte
{
    /// <summary>313 lines of 512 cycles, 50.05 Hz.</summary>
    Hz50,

    /// <summary>263 lines of 508 cycles, 59.95 Hz.</summary>
    Hz60,

    /// <summary>501 lines of 224 cycles, 71.47 Hz: the monochrome monitor.</summary>
    Hz71,
}

/// <summary>
/// Where GLUE's comparators sit, in processor cycles from the start of a line and in lines from the start of a frame.
/// </summary>
/// <remarks>
/// Positions are those measured on STF machines in the most common of the four wake-up states (wake-up state 3), counted
/// so that the horizontal interrupt is cycle 0 of the line (Alien's and ijor's overscan articles; the figures are also
/// collected in the Hatari manual's video notes). The other wake-up states move them by up to four cycles; they belong
/// to the border-trick work.
/// </remarks>
/// <param name="Cycles">Length of a line.</param>
/// <param name="DisplayOn">Display enable rises.</param>
/// <param name="DisplayOff">Display enable falls.</param>
/// <param name="Lines">Lines of a frame.</param>
/// <param name="FirstLine">The first line with a picture.</param>
/// <param name="EndLine">The first line without one again.</param>
/// <param name="ReloadLine">The line on which the MMU reloads its video counter.</param>
/// <param name="FirstVisible">The first line that the raster keeps.</param>
internal sealed record LineTiming(
    int Cycles, int DisplayOn, int DisplayOff, int Lines, int FirstLine, int EndLine, int ReloadLine, int FirstVisible)
{
    /// <summary>GLUE raises the vertical interrupt this far into line 0.</summary>
    public const int VerticalInterrupt = 64;

    /// <summary>The MMU reloads its counter this far into the reload line.</summary>
    public const int Reload = 56;

    /// <summary>The video counter as it can be read, and the fetches, follow display enable by this.</summary>
    public const int FetchDelay = 8;

    /// <summary>
    /// The MFP's timer input sees display enable this much after its comparator (timer B interrupts 28 cycles after the
    /// comparator, four of which are the MFP's own).
    /// </summary>
    public const int PinDelay = 24;

    /// <summary>A change of rate up to here still decides the length of the line.</summary>
    public const int LengthDecided = 56;

    /// <summary>A change of rate up to here still decides whether the next line has a picture.</summary>
    public const int VerticalDecided = 504;

    /// <summary>Display enable that missed its comparator falls with horizontal sync, this far before the line's end.</summary>
    public const int SyncBeforeEnd = 48;

    private static readonly LineTiming[] All =
    [
        new(512, 56, 376, 313, 63, 263, 310, 34),
        new(508, 52, 372, 263, 34, 234, 260, 5),
        new(224, 4, 164, 501, 34, 434, 498, 34),
    ];

    /// <summary>The timing of a rate.</summary>
    public static LineTiming Of(SyncRate rate) => All[(int)rate];
}
