using Attic.Abi.Trace;

namespace Attic.Engine.Inspect;

/// <summary>
/// What a bus or memory stream lets through (<c>bus_filter_v1</c>, <c>memory_filter_v1</c>). Selectors that are given must
/// all match; one that is absent matches everything.
/// </summary>
public sealed record AccessFilter
{
    /// <summary>Addresses; null for all.</summary>
    public IReadOnlyList<AddressRange>? Ranges { get; init; }

    /// <summary>Any of read, write, iack, dma; null for all.</summary>
    public IReadOnlySet<string>? AccessTypes { get; init; }

    /// <summary>Who drives the bus, or the chip that answers; null for all.</summary>
    public IReadOnlySet<string>? Components { get; init; }

    /// <summary>Memory regions; null for all.</summary>
    public IReadOnlySet<string>? Regions { get; init; }

    /// <summary>The chips that answer; null for all.</summary>
    public IReadOnlySet<string>? MappedTargets { get; init; }

    /// <summary>Only I/O, interrupt acknowledges, DMA and faults (level <c>info</c>); otherwise every access.</summary>
    public bool InfoOnly { get; init; }

    /// <summary>Whether interrupt acknowledges pass; they are bus cycles, not memory accesses.</summary>
    public bool MemoryOnly { get; init; }

    /// <summary>Whether <paramref name="record"/> passes.</summary>
    public bool Matches(in AccessRecord record) =>
        (Ranges is null || InRange(record.Address))
        && (AccessTypes is null || AccessTypes.Contains(record.AccessName))
        && (Regions is null || Regions.Contains(record.Region))
        && (MappedTargets is null || MappedTargets.Contains(record.Target))
        && (Components is null || Components.Contains(AccessRecord.Source) || Components.Contains(record.Target))
        && !(InfoOnly && !record.IsInformative)
        && !(MemoryOnly && record.Kind == BusAccessKind.InterruptAcknowledge);

    private bool InRange(uint address)
    {
        for (int i = 0; i < Ranges!.Count; i++)
        {
            if (Ranges[i].Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
