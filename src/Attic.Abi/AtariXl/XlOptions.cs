namespace Attic.Abi.AtariXl;

/// <summary>What can be chosen about an XL besides its region and memory; equal options make equal machines.</summary>
public sealed record XlOptions
{
    /// <summary>An 800XL as it comes out of the box.</summary>
    public static XlOptions Default { get; } = new();

    /// <summary>
    /// Console keys held while the machine powers on, until it turns to a disk or two seconds have passed: OPTION keeps
    /// BASIC off, START boots from cassette.
    /// </summary>
    public XlConsoleKeys BootKeys { get; init; }

    /// <summary>How the television is adjusted.</summary>
    public XlPicture Picture { get; init; } = XlPicture.Default;

    /// <summary>The kind of its disk drives.</summary>
    public XlDriveModel Drives { get; init; }

    /// <summary>
    /// Whether calls of the operating system's SIO for disks are carried out at once instead of over the serial bus. What depends on a
    /// disk's timing takes the bus in any case.
    /// </summary>
    public bool FastSio { get; init; }

    /// <summary>How memory beyond 64 KB is reached; of no meaning to a machine without.</summary>
    public XlMemoryExpansion Expansion { get; init; }

    /// <summary>What memory holds when the power comes on.</summary>
    public XlPowerOnMemory PowerOnMemory { get; init; }
}

/// <summary>The console keys, as GTIA's CONSOL has them (there a held key reads 0).</summary>
[Flags]
public enum XlConsoleKeys : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>START.</summary>
    Start = 1,

    /// <summary>SELECT.</summary>
    Select = 2,

    /// <summary>OPTION.</summary>
    Option = 4,
}

/// <summary>Who made the memory beyond 64 KB: which bits of PIA's port B choose the bank, and whether ANTIC has its own switch.</summary>
public enum XlMemoryExpansion
{
    /// <summary>What is usual for the size: the 130XE's for 128 KB, Rambo's for 192 KB and more.</summary>
    Usual,

    /// <summary>Rambo XL and its descendants: processor and ANTIC see the same bank.</summary>
    Rambo,

    /// <summary>Compy-Shop: ANTIC has its own switch, bit 5, as in a 130XE.</summary>
    CompyShop,
}

/// <summary>What memory holds when the power comes on.</summary>
public enum XlPowerOnMemory
{
    /// <summary>Noise, the same for the same seed.</summary>
    Random,

    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>Rows of 0x00 and 0xFF, 128 bytes each, as dynamic memory often wakes up.</summary>
    Pattern,
}
