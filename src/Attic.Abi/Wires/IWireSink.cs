using Attic.Abi.Time;

namespace Attic.Abi.Wires;

/// <summary>An input pin.</summary>
public interface IWireSink
{
    /// <summary>Called at every change of the wire's level.</summary>
    /// <param name="wire">The wire, for a sink with several inputs.</param>
    /// <param name="level">The new level: true is high (for an active-low line, inactive).</param>
    /// <param name="at">When it changed.</param>
    void OnWire(Wire wire, bool level, MasterCycles at);
}
