using Attic.Abi.Time;

namespace Attic.Modules.StIo.Serial;

/// <summary>The far end of a transmitter's wire.</summary>
internal interface ISerialLine
{
    /// <summary>A character begins.</summary>
    /// <param name="frame">The character.</param>
    /// <param name="at">The start bit's edge.</param>
    void OnFrame(in SerialFrame frame, MasterCycles at);

    /// <summary>The line is held low, or let go again.</summary>
    /// <param name="held">Whether it is held.</param>
    /// <param name="at">When that changed.</param>
    void OnBreak(bool held, MasterCycles at);
}
