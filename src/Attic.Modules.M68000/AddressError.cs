using System.Diagnostics.CodeAnalysis;
using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Modules.M68000;

/// <summary>A word access at an odd address: leaves the instruction on the way to its exception.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Never leaves the processor.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "As above.")]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The manual's name for the event.")]
internal sealed class AddressError(uint address, FunctionCode function, bool write, CpuCycles clock) : Exception
{
    public uint Address { get; } = address;

    public FunctionCode Function { get; } = function;

    public bool Write { get; } = write;

    public CpuCycles Clock { get; } = clock;
}
