using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Toys.Machine;

internal sealed class ToyMachine(ChipContext context, IReadOnlyList<IChip> chips) : IMachine
{
    private State _state;

    public MachineConfiguration Configuration => context.Configuration;

    public ClockRate MasterClock => context.Configuration.MasterClock;

    public int CpuDivider => 1;

    public long NominalFrameCycles => 160_000;

    public MasterCycles Now => new(_state.Ticks * 4);

    public long Ticks => _state.Ticks;

    public long FrameNumber => _state.Frames;

    public IReadOnlyList<IChip> Chips => chips;

    public VideoFrame Frame { get; } = new(2, 1, [0]);

    public AudioBuffer Audio => context.Audio;

    public void Reset(ResetKind kind) => _state = default;

    public void RunFrame()
    {
        RunTicks(100);
        _state.Frames++;
    }

    public void RunTicks(int count)
    {
        for (int tick = 0; tick < count; tick++)
        {
            _state.Ticks++;
            Synchronize();
        }
    }

    public void Synchronize()
    {
        foreach (var chip in chips)
        {
            chip.CatchUp(Now);
        }
    }

    public void SetTrace(ITraceSink? sink)
    {
    }

    public T? Capability<T>()
        where T : class => this as T;

    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("machine", ref _state);
        foreach (var chip in chips)
        {
            visitor.Part(chip.Name, chip);
        }
    }

    private struct State
    {
        public long Ticks;
        public long Frames;
    }
}
