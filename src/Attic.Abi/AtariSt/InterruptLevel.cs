namespace Attic.Abi.AtariSt;

/// <summary>IPL2–IPL0 as GLUE drives them: one number that the processor's bus reads once per instruction.</summary>
public sealed class InterruptLevel
{
    /// <summary>0 (none), 2 (horizontal blank), 4 (vertical blank) or 6 (MFP).</summary>
    public int Level;
}
