using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Transports;

/// <summary>What a transport has seen.</summary>
public sealed class TransportCounters
{
    private readonly long[] _faults = new long[Enum.GetValues<FujiBusFault>().Length];

    /// <summary>Bytes from the peer.</summary>
    public long BytesIn { get; internal set; }

    /// <summary>Bytes to the peer.</summary>
    public long BytesOut { get; internal set; }

    /// <summary>Requests.</summary>
    public long Requests { get; internal set; }

    /// <summary>Responses.</summary>
    public long Responses { get; internal set; }

    /// <summary>Responses to a peer that had gone.</summary>
    public long Orphans { get; internal set; }

    /// <summary>Frames that were no packets, by reason.</summary>
    public long Faults(FujiBusFault fault) => _faults[(int)fault];

    internal void Count(FujiBusFault fault) => _faults[(int)fault]++;
}
