using System.Diagnostics.CodeAnalysis;

namespace Attic.Abi.Buses;

/// <summary>
/// Raised inside a bus access when BERR ends it; the processor catches it and enters its exception. One instance
/// serves all, so that a program probing for hardware allocates nothing of ours.
/// </summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "One preallocated instance; never constructed by others.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The hardware's name for the event.")]
public sealed class BusError : Exception
{
    private static readonly BusError Instance = new();

    private BusError()
        : base("No device answered the bus cycle (BERR).")
    {
    }

    /// <summary>Ends the present bus cycle with BERR.</summary>
    /// <exception cref="BusError">Always.</exception>
    [DoesNotReturn]
    public static void Throw() => throw Instance;
}
