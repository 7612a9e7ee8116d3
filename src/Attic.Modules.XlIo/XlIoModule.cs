using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Modules;

namespace Attic.Modules.XlIo;

/// <summary>The module's export: POKEY and PIA.</summary>
public sealed class XlIoModule : IChipModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The board is not an XL's.</exception>
    public IReadOnlyList<IChip> CreateChips(ChipContext context)
    {
        var board = context as XlChipContext ?? throw new ArgumentException("POKEY and PIA need an XL's board.", nameof(context));
        return [new Pokey(board), new Pia(board.Wiring)];
    }
}
