using Attic.Abi.Buses;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Abi.Cpu;

/// <summary>A 68000 without its type arguments: what a machine holds.</summary>
public interface IM68kCpu : IStateful
{
    /// <summary>The registers; to be changed only between calls of <see cref="Run"/>.</summary>
    ref M68kRegisters Registers { get; }

    /// <summary>The reset exception: reads SSP and PC from address 0 and fills the prefetch (40 cycles).</summary>
    void Reset();

    /// <summary>Runs instructions until the clock reaches <paramref name="until"/>; the last one may overshoot.</summary>
    void Run(CpuCycles until);

    /// <summary>Runs one instruction, exception entry or, when stopped or halted, one idle quantum of four cycles.</summary>
    void Step();
}

/// <summary>Makes processors fused with a machine's bus; what a CPU module exports.</summary>
public interface IM68kCpuFactory
{
    /// <summary>Makes a processor. Its registers are zero until <see cref="IM68kCpu.Reset"/> or until state is put in.</summary>
    /// <typeparam name="TBus">The machine's bus.</typeparam>
    /// <typeparam name="TTrace">Who watches: <see cref="NoTrace"/> or <see cref="SinkTrace"/>.</typeparam>
    IM68kCpu Create<TBus, TTrace>(TBus bus, TTrace trace)
        where TBus : struct, IM68kBus
        where TTrace : struct, IM68kTrace;
}
