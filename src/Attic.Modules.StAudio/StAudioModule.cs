using Attic.Abi.Chips;
using Attic.Abi.Modules;

namespace Attic.Modules.StAudio;

/// <summary>The ST's sound: one YM2149.</summary>
public sealed class StAudioModule : IChipModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IReadOnlyList<IChip> CreateChips(ChipContext context) => [new Ym2149(context)];
}
