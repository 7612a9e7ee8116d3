using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Abi.Trace;

/// <summary>
/// Watches a 68000. A type argument of the processor: with <see cref="NoTrace"/> the JIT leaves no trace of it.
/// </summary>
public interface IM68kTrace
{
    /// <summary>Whether the processor calls the other members at all; a constant of the type.</summary>
    static abstract bool Active { get; }

    /// <summary>An instruction is about to run.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="opcode">Its first word.</param>
    /// <param name="clock">Now.</param>
    void OnInstruction(uint address, ushort opcode, CpuCycles clock);

    /// <summary>A bus cycle ended.</summary>
    /// <param name="access">What it did.</param>
    void OnBus(in BusAccess access);

    /// <summary>Exception processing began.</summary>
    /// <param name="vector">The vector number, 2 to 255.</param>
    /// <param name="address">The address of the instruction that it interrupts or that caused it.</param>
    /// <param name="clock">Now.</param>
    void OnException(int vector, uint address, CpuCycles clock);
}

/// <summary>The kinds of 68000 bus cycles.</summary>
public enum BusAccessKind : byte
{
    /// <summary>A read.</summary>
    Read,

    /// <summary>A write.</summary>
    Write,

    /// <summary>The write that ends the indivisible cycle of TAS; the read that begins it is reported as a read.</summary>
    ReadModifyWrite,

    /// <summary>An interrupt acknowledge.</summary>
    InterruptAcknowledge,

    /// <summary>A read that ended in an address error (no AS).</summary>
    ReadAddressError,

    /// <summary>A write that ended in an address error (no AS).</summary>
    WriteAddressError,

    /// <summary>A cycle that ended in a bus error.</summary>
    BusError,
}

/// <summary>One 68000 bus cycle.</summary>
/// <param name="Kind">What kind of cycle.</param>
/// <param name="Function">FC2–FC0.</param>
/// <param name="Lanes">UDS and LDS.</param>
/// <param name="Address">24-bit address of the byte or word.</param>
/// <param name="Data">The word, or the byte in the lower half.</param>
/// <param name="Start">S0, wait states included in what follows.</param>
/// <param name="WaitCycles">Processor cycles that the bus held DTACK (or VPA) back.</param>
public readonly record struct BusAccess(
    BusAccessKind Kind, FunctionCode Function, ByteLanes Lanes, uint Address, ushort Data, CpuCycles Start, int WaitCycles);
