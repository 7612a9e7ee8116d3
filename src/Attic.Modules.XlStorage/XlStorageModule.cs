using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Modules;

namespace Attic.Modules.XlStorage;

/// <summary>The module's export: what is on the XL's serial bus: disk drives, a printer, a tape recorder, a socket for others.</summary>
public sealed class XlStorageModule : IChipModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The board is not an XL's.</exception>
    public IReadOnlyList<IChip> CreateChips(ChipContext context)
    {
        var board = context as XlChipContext ?? throw new ArgumentException("These drives need an XL's serial bus.", nameof(context));
        return [new DiskDrives(board, DriveModel.Of(board.Configuration.Xl.Drives)), new Printer(board), new TapeDeck(board), new SioSocket(board)];
    }
}
