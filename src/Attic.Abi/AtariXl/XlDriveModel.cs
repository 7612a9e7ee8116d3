namespace Attic.Abi.AtariXl;

/// <summary>The kind of disk drives on the serial bus.</summary>
public enum XlDriveModel
{
    /// <summary>A 1050 with the US Doubler: single, enhanced and double density, high speed where the computer asks for it.</summary>
    UsDoubler,

    /// <summary>The Atari 810: single density.</summary>
    Atari810,

    /// <summary>The Atari 1050: single and enhanced density.</summary>
    Atari1050,

    /// <summary>The Atari XF551: 300 rpm, two sides, double density.</summary>
    Xf551,
}
