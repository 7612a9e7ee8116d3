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

    /// <summary>The kind of its disk drives.</summary>
    public XlDriveModel Drives { get; init; }

    /// <summary>
    /// Whether calls of the operating system's SIO for disks are carried out at once instead of over the serial bus. What depends on a
    /// disk's timing takes the bus in any case.
    /// </summary>
    public bool FastSio { get; init; }
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
