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
        ["bank_ram"] = "memory",
        ["rom.os"] = "memory",
        ["rom.basic"] = "memory",
        ["rom.cartridge"] = "cartridge",
        ["io.antic"] = "antic",
        ["io.gtia"] = "gtia",
        ["io.pokey"] = "pokey",
        ["io.pia"] = "pia",
        ["io.cartridge"] = "cartridge",
        ["unmapped"] = "none",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The regions of an address space.</summary>
    public static IReadOnlyCollection<string> Regions => Targets.Keys;

    /// <summary>The chips that answer in them.</summary>
    public static IReadOnlyCollection<string> MappedTargets { get; } = Targets.Values.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The components that filters know (R31), of all machines.</summary>
    public static IReadOnlyList<string> Components => AllComponents;

    private static readonly string[] StComponents =
    [
        "cpu", "memory", "glue", "mmu", "shifter", "video", "mfp", "acia", "ikbd", "dma", "fdc", "psg", "audio", "input",
        "storage", "streams", "catalog", "scheduler",
    ];

    private static readonly string[] XlComponents =
    [
        "cpu", "memory", "mmu", "antic", "gtia", "pokey", "pia", "sio", "video", "audio", "input",
        "storage", "streams", "catalog", "scheduler",
    ];

    private static readonly string[] AllComponents = [.. StComponents.Union(XlComponents, StringComparer.Ordinal)];

    /// <summary>The components of a machine.</summary>
    /// <param name="machine">Its id; null for the ST's, which the contract names.</param>
    public static IReadOnlyList<string> ComponentsOf(string? machine) =>
        string.Equals(machine, "atari_xl", StringComparison.Ordinal) ? XlComponents : StComponents;

    /// <summary>The chip that answers in a region.</summary>
    public static string TargetOf(string region) => Targets.GetValueOrDefault(region, "none");
}
