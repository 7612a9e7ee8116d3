using System.Runtime.CompilerServices;
using Attic.Abi.Time;

namespace Attic.Abi.Cpu;

/// <summary>
/// All of a 68000's state between two instructions. The struct has no padding: its bytes are the state.
/// </summary>
public struct M68kRegisters
{
    /// <summary>The processor's clock; during <see cref="IM68kCpu.Run"/> as of some earlier moment, see <see cref="Buses.IM68kBus"/>.</summary>
    public CpuCycles Clock;

    /// <summary>Instructions, exception entries and idle quanta so far: the contract's ticks (R6).</summary>
    public long Ticks;

    /// <summary>D0–D7.</summary>
    public LongWords8 D;

    /// <summary>A0–A7; A7 is the active stack pointer.</summary>
    public LongWords8 A;

    /// <summary>The stack pointer of the mode that is not active: USP in supervisor mode, SSP in user mode.</summary>
    public uint InactiveStackPointer;

    /// <summary>
    /// The address of the next prefetch: the instruction about to run starts four below it.
    /// </summary>
    public uint Pc;

    /// <summary>Status register: T.S..III...XNZVC.</summary>
    public ushort Sr;

    /// <summary>The instruction about to run (IRD).</summary>
    public ushort Ird;

    /// <summary>The word after it (IRC).</summary>
    public ushort Irc;

    /// <summary>The interrupt level as last sampled, 0 to 7.</summary>
    public byte SampledLevel;

    /// <summary>The level sampled before that: level 7 interrupts on its rising edge.</summary>
    public byte PreviousLevel;

    /// <summary>What the processor does between instructions.</summary>
    public M68kRunState RunState;

    /// <summary>1 while a trace exception is due before the next instruction.</summary>
    public byte TracePending;

    /// <summary>Not used; keeps the struct free of padding.</summary>
    public ushort Spare0;

    /// <summary>Not used; keeps the struct free of padding.</summary>
    public uint Spare1;
}

/// <summary>What a 68000 does between instructions.</summary>
public enum M68kRunState : byte
{
    /// <summary>Runs instructions.</summary>
    Running,

    /// <summary>Waits for an interrupt after STOP.</summary>
    Stopped,

    /// <summary>Halted by a double fault until reset.</summary>
    Halted,
}

/// <summary>Eight 32-bit registers.</summary>
[InlineArray(8)]
public struct LongWords8
{
    private uint _first;
}
