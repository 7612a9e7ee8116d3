using Attic.Abi.Time;

namespace Attic.Abi.Chips;

/// <summary>A chip that answers interrupt acknowledge cycles with a vector (MC68901, IACK input).</summary>
public interface IVectorSource
{
    /// <summary>Acknowledges the highest pending interrupt and moves it into service.</summary>
    /// <param name="at">When.</param>
    /// <returns>The vector number, or -1 when nothing is pending (the processor then takes the spurious interrupt).</returns>
    int Acknowledge(MasterCycles at);
}
