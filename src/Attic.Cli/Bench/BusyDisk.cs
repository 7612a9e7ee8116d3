using Attic.Cli.Machines;

namespace Attic.Cli.Bench;

/// <summary>The disk of the busy workload.</summary>
internal static class BusyDisk
{
    /// <summary>The request with the busy program's disk in drive A; as it is when the user chose a disk for A.</summary>
    public static MachineRequest InsertInto(MachineRequest request) => request;
}
