using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Abi.Trace;

/// <summary>No observation: costs nothing.</summary>
public readonly struct NoTrace : IM68kTrace
{
    /// <inheritdoc/>
    public static bool Active => false;

    /// <inheritdoc/>
    public void OnInstruction(uint address, ushort opcode, CpuCycles clock)
    {
    }

    /// <inheritdoc/>
    public void OnBus(in BusAccess access)
    {
    }

    /// <inheritdoc/>
    public void OnException(int vector, uint address, CpuCycles clock)
    {
    }
}
