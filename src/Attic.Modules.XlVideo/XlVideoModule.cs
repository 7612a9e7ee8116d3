using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Modules;

namespace Attic.Modules.XlVideo;

/// <summary>The module's export: ANTIC and GTIA.</summary>
public sealed class XlVideoModule : IChipModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The board is not an XL's.</exception>
    public IReadOnlyList<IChip> CreateChips(ChipContext context)
    {
        var board = context as XlChipContext ?? throw new ArgumentException("ANTIC and GTIA need an XL's board.", nameof(context));
        return new XlVideo(board.Paged, board.Interrupts, board.Deadlines, board.Wiring, board.Configuration.Region, board.Configuration.Xl.Picture).Chips;
    }
}
