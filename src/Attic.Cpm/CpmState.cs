namespace Attic.Cpm;

/// <summary>Why a CP/M system stopped running.</summary>
public enum CpmState
{
    /// <summary>It used its steps up and has more to do.</summary>
    Running,

    /// <summary>It waits for a key.</summary>
    WaitingForKey,

    /// <summary>The user typed EXIT.</summary>
    Ended,
}
