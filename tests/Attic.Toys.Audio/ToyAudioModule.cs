using Attic.Abi.Chips;
using Attic.Abi.Modules;
using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Toys.Audio;

/// <summary>A module with one chip that counts.</summary>
public sealed class ToyAudioModule : IChipModule
{
    /// <summary>Tells the process that code of this module has run.</summary>
    public const string RunMark = "attic.toys.audio.ran";

    static ToyAudioModule() => AppDomain.CurrentDomain.SetData(RunMark, true);

    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IReadOnlyList<IChip> CreateChips(ChipContext context) => [new Counter()];

    private sealed class Counter : IChip
    {
        private State _state;

        public string Name => "counter";

        public void Reset(ResetKind kind, MasterCycles at) => _state = default;

        public void CatchUp(MasterCycles now) => _state.Count++;

        public void Visit(StateVisitor visitor) => visitor.Struct("state", ref _state);

        private struct State
        {
            public long Count;
        }
    }
}
