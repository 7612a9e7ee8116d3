using Attic.Abi.Chips;
using Attic.Abi.Modules;
using Attic.Modules.StIo.Acia;
using Attic.Modules.StIo.Ikbd;
using Attic.Modules.StIo.Mfp;

namespace Attic.Modules.StIo;

/// <summary>The ST's input and output: MFP, two ACIAs, and the keyboard processor at the end of its cable.</summary>
public sealed class StIoModule : IChipModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IReadOnlyList<IChip> CreateChips(ChipContext context)
    {
        var mfp = new Mfp68901(context);
        var keyboard = new Acia6850(context, "acia.keyboard");
        var midi = new MidiAcia(context);
        var ikbd = new IkbdProcessor(context, keyboard);
        return [mfp, keyboard, midi, ikbd];
    }
}
