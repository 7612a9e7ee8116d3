using System.Diagnostics.CodeAnalysis;
using Attic.Abi.Time;

namespace Attic.Abi.Buses;

/// <summary>
/// Raised inside a bus access when BERR ends it; the processor catches it and enters its exception. It carries the
/// cycle that failed, which the processor stacks.
/// </summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made by Throw alone.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The hardware's name for the event.")]
public sealed class BusError : Exception
{
    private BusError(uint address, FunctionCode function, bool write, CpuCycles clock)
        : base("No device answered the bus cycle (BERR).")
    {
        Address = address;
        Function = function;
        Write = write;
        Clock = clock;
    }

    /// <summary>The 24-bit address of the cycle.</summary>
    public uint Address { get; }

    /// <summary>The function code of the cycle.</summary>
    public FunctionCode Function { get; }

    /// <summary>Whether it was a write.</summary>
    public bool Write { get; }

    /// <summary>The start of the cycle, with the waits until BERR came.</summary>
    public CpuCycles Clock { get; }

    /// <summary>Ends the present bus cycle with BERR.</summary>
    /// <param name="address">The address of the access.</param>
    /// <param name="function">Its function code.</param>
    /// <param name="write">Whether it is a write.</param>
    /// <param name="clock">The clock that the access was given, with the waits until BERR came added.</param>
    /// <exception cref="BusError">Always.</exception>
    [DoesNotReturn]
    public static void Throw(uint address, FunctionCode function, bool write, CpuCycles clock) =>
        throw new BusError(address, function, write, clock);
}
