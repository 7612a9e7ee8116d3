using Attic.Abi.Buses;
using Attic.Abi.State;

namespace Attic.Abi.Cpu;

/// <summary>A 6502 without its type arguments: what a machine holds.</summary>
public interface IMos6502Cpu : IStateful
{
    /// <summary>The registers; to be changed only between two steps.</summary>
    ref Mos6502Registers Registers { get; }

    /// <summary>Pulls the RES line: the next step is the reset sequence (7 cycles).</summary>
    void Reset();

    /// <summary>Runs one instruction or interrupt sequence, or one idle cycle when jammed.</summary>
    void Step();

    /// <summary>Runs instructions until <paramref name="stop"/>, which the bus sets, is true.</summary>
    void Run(ref readonly bool stop);
}

/// <summary>Makes processors fused with a machine's bus; what a CPU module exports.</summary>
public interface IMos6502CpuFactory
{
    /// <summary>Makes a processor, in the middle of nowhere until <see cref="IMos6502Cpu.Reset"/> or state is put in.</summary>
    /// <typeparam name="TBus">The machine's bus.</typeparam>
    IMos6502Cpu Create<TBus>(TBus bus)
        where TBus : struct, IMos6502Bus;
}
