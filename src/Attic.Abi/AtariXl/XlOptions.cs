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
