using Attic.Abi.Buses;

namespace Attic.Modules.XlMachine;

/// <summary>No chip of this board has DMA by words: ANTIC reads bytes through the page tables.</summary>
internal sealed class NoDma : IDmaMemory
{
    /// <inheritdoc/>
    public ushort ReadWord(uint address) => throw NotThere();

    /// <inheritdoc/>
    public void WriteWord(uint address, ushort value) => throw NotThere();

    /// <inheritdoc/>
    public void StealCpuCycles(int cycles) => throw NotThere();

    private static NotSupportedException NotThere() => new("The XL's board has no DMA by words.");
}
