using Attic.Abi.Chips;
using Attic.Abi.Modules;

namespace Attic.Modules.StVideo;

/// <summary>The ST's video chips: GLUE, MMU and Shifter.</summary>
public sealed class StVideoModule : IChipModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IReadOnlyList<IChip> CreateChips(ChipContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var mmu = new Mmu(context);
        var shifter = new Shifter(context.Configuration);
        return [new Glue(context, mmu, shifter), mmu, shifter];
    }
}
