using Attic.Abi.Buses;
using Attic.Abi.Trace;

namespace Attic.Engine.Inspect;

/// <summary>One traced bus cycle with its place and moment.</summary>
public readonly record struct AccessRecord
{
    /// <summary>Who drives the bus in every cycle that a processor's trace shows.</summary>
    public const string Source = "cpu";

    /// <summary>The kind of cycle.</summary>
    public BusAccessKind Kind { get; init; }

    /// <summary>Address of the byte or word.</summary>
    public uint Address { get; init; }

    /// <summary>The word, or the byte in the lower half.</summary>
    public ushort Data { get; init; }

    /// <summary>1 or 2 bytes.</summary>
    public byte Size { get; init; }

    /// <summary>Processor cycles that the bus was held.</summary>
    public int WaitStates { get; init; }

    /// <summary>The machine's tick counter.</summary>
    public long Tick { get; init; }

    /// <summary>Processor cycle at which the bus cycle began.</summary>
    public long Cycle { get; init; }

    /// <summary>E-clock.</summary>
    public long StampUs { get; init; }

    /// <summary>The region that the address lies in.</summary>
    public string Region { get; init; }

    /// <summary>The contract's access type.</summary>
    public string AccessName => Kind switch
    {
        BusAccessKind.Write or BusAccessKind.WriteAddressError or BusAccessKind.ReadModifyWrite => "write",
        BusAccessKind.InterruptAcknowledge => "iack",
        _ => "read",
    };

    /// <summary>The chip that answers there.</summary>
    public string Target => InspectNames.TargetOf(Region);

    /// <summary>Whether level <c>info</c> shows it: anything but plain memory traffic (R74).</summary>
    public bool IsInformative =>
        Kind is not (BusAccessKind.Read or BusAccessKind.Write or BusAccessKind.ReadModifyWrite)
        || Region.StartsWith("io.", StringComparison.Ordinal)
        || string.Equals(Region, "unmapped", StringComparison.Ordinal);

    /// <summary>Bytes that the lanes carry.</summary>
    public static byte SizeOf(ByteLanes lanes) => (byte)System.Numerics.BitOperations.PopCount((uint)lanes);
}
