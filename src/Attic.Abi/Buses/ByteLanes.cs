namespace Attic.Abi.Buses;

/// <summary>Which halves of a 16-bit data bus an access uses.</summary>
[Flags]
public enum ByteLanes : byte
{
    /// <summary>LDS: D0–D7, the odd address.</summary>
    Lower = 1,

    /// <summary>UDS: D8–D15, the even address.</summary>
    Upper = 2,

    /// <summary>A word.</summary>
    Both = Lower | Upper,
}
