using System.Collections.Frozen;

namespace Attic.Engine.Inspect;

/// <summary>The contract's names of regions and components (§5.3, R74).</summary>
public static class InspectNames
{
    private static readonly FrozenDictionary<string, string> Targets = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["chip_ram"] = "memory",
        ["rom.tos"] = "memory",
        ["cartridge"] = "cartridge",
        ["io.mmu"] = "mmu",
        ["io.video"] = "video",
        ["io.dma"] = "dma",
        ["io.psg"] = "psg",
        ["io.dmasound"] = "dmasound",
        ["io.blitter"] = "blitter",
        ["io.mfp"] = "mfp",
        ["io.acia"] = "acia",
        ["io.rtc"] = "rtc",
        ["unmapped"] = "none",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The regions of an address space.</summary>
    public static IReadOnlyCollection<string> Regions => Targets.Keys;

    /// <summary>The chips that answer in them.</summary>
    public static IReadOnlyCollection<string> MappedTargets { get; } = Targets.Values.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The components that health and filters know (R31).</summary>
    public static IReadOnlyList<string> Components { get; } =
    [
        "cpu", "memory", "glue", "mmu", "shifter", "video", "mfp", "acia", "ikbd", "dma", "fdc", "psg", "audio", "input",
        "storage", "streams", "catalog", "scheduler",
    ];

    /// <summary>The chip that answers in a region.</summary>
    public static string TargetOf(string region) => Targets.GetValueOrDefault(region, "none");
}
