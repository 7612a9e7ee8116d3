using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Abi.Trace;

/// <summary>Receives what a traced processor does, on the machine's thread; it must be quick and must not touch the machine.</summary>
public interface ITraceSink
{
    /// <inheritdoc cref="IM68kTrace.OnInstruction"/>
    void OnInstruction(uint address, ushort opcode, CpuCycles clock);

    /// <inheritdoc cref="IM68kTrace.OnBus"/>
    void OnBus(in BusAccess access);

    /// <inheritdoc cref="IM68kTrace.OnException"/>
    void OnException(int vector, uint address, CpuCycles clock);
}

/// <summary>The trace argument of an observed processor: hands everything to a sink.</summary>
/// <param name="sink">The receiver.</param>
public readonly struct SinkTrace(ITraceSink sink) : IM68kTrace
{
    /// <inheritdoc/>
    public static bool Active => true;

    /// <inheritdoc/>
    public void OnInstruction(uint address, ushort opcode, CpuCycles clock) => sink.OnInstruction(address, opcode, clock);

    /// <inheritdoc/>
    public void OnBus(in BusAccess access) => sink.OnBus(access);

    /// <inheritdoc/>
    public void OnException(int vector, uint address, CpuCycles clock) => sink.OnException(vector, address, clock);
}
