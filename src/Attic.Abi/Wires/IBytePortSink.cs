using Attic.Abi.Time;

namespace Attic.Abi.Wires;

/// <summary>What listens to a <see cref="BytePort"/>.</summary>
public interface IBytePortSink
{
    /// <summary>Called at every change.</summary>
    /// <param name="port">The port, for a sink with several.</param>
    /// <param name="before">The levels before.</param>
    /// <param name="value">The levels now.</param>
    /// <param name="at">When they changed.</param>
    void OnPort(BytePort port, byte before, byte value, MasterCycles at);
}
