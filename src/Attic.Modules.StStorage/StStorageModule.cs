using Attic.Abi.Chips;
using Attic.Abi.Modules;

namespace Attic.Modules.StStorage;

/// <summary>The module's exported type: the ST's DMA chip and floppy disk controller with two drives.</summary>
public sealed class StStorageModule : IChipModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IReadOnlyList<IChip> CreateChips(ChipContext context)
    {
        var fdc = new Wd1772(context);
        var dma = new DmaChip(context, fdc);
        fdc.Connect(dma);
        return [dma, fdc];
    }
}
