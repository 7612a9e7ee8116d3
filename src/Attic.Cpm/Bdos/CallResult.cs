namespace Attic.Cpm.Bdos;

/// <summary>How a call of the BDOS or BIOS ended.</summary>
internal enum CallResult
{
    /// <summary>It is done: back to the caller.</summary>
    Return,

    /// <summary>It needs a key that is not there yet: the same call comes again.</summary>
    Wait,

    /// <summary>Warm boot.</summary>
    Boot,
}
