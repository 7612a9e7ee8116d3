namespace Attic.Abi.AtariXl;

/// <summary>
/// How the television is adjusted that an XL is connected to: what its colour codes look like. The machine itself behaves the same
/// whatever is chosen.
/// </summary>
public sealed record XlPicture
{
    /// <summary>A television as the maker sold it.</summary>
    public static XlPicture Default { get; } = new();

    /// <summary>Turns all hues, in degrees, -180 to 180.</summary>
    public double Hue { get; init; }

    /// <summary>
    /// Degrees between neighbouring hues of an NTSC machine, 20 to 30: its colour potentiometer. At 25.7, as the field service manual
    /// asks, hue 15 just meets hue 1. PAL machines have 22.5 by a divider.
    /// </summary>
    public double HueStep { get; init; } = 25.7;

    /// <summary>Colour, 0 (none) to 4; 1 is usual.</summary>
    public double Saturation { get; init; } = 1;

    /// <summary>The distance of white from black, 0 to 4; 1 is usual.</summary>
    public double Contrast { get; init; } = 1;

    /// <summary>Added to everything, -1 to 1.</summary>
    public double Brightness { get; init; }

    /// <summary>Exponent of the picture tube against the viewer's screen, 0.25 to 4; 1 for the same.</summary>
    public double Gamma { get; init; } = 1;

    /// <summary>
    /// Whether an NTSC television takes fine luminance patterns for colour: single pixels of high-resolution modes are then coloured.
    /// Has no effect on PAL.
    /// </summary>
    public bool Artifacts { get; init; }

    /// <summary>The hue of even pixels, in degrees from the colour burst; odd ones have its complement. Differs between machines.</summary>
    public double ArtifactHue { get; init; } = -65;
}
