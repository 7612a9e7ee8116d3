using Attic.Abi.Chips;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Abi.Wires;

namespace Attic.Abi.Machines;

/// <summary>
/// What every board has: a configuration with its crystal's rate, wires and deadline slots, chips in the order of their slots, sound, and
/// the chips' counters of activity. The processor and what it runs on are the derived machine's. Nothing here is called in a cycle.
/// </summary>
public abstract class ChipMachine : IMachine, IActivity
{
    private readonly string[] _slotOrder;
    private IChip[] _chips = [];
    private IActivity[] _activities = [];

    /// <summary>A board without chips.</summary>
    /// <param name="configuration">What is being built.</param>
    /// <param name="masterClock">The crystal.</param>
    /// <param name="slotOrder">The chips' names in the order in which simultaneous deadlines act and in which they are synchronised.</param>
    protected ChipMachine(MachineConfiguration configuration, ClockRate masterClock, string[] slotOrder)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        (MasterClock, _slotOrder) = (masterClock, slotOrder);
        Configuration = configuration with { MasterClock = masterClock };
        Audio = new AudioBuffer(configuration.SampleRate);
        Deadlines = new DeadlineSlots(slotOrder);
    }

    /// <inheritdoc/>
    public MachineConfiguration Configuration { get; }

    /// <inheritdoc/>
    public ClockRate MasterClock { get; }

    /// <inheritdoc/>
    public AudioBuffer Audio { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IChip> Chips => _chips;

    /// <inheritdoc/>
    public abstract int CpuDivider { get; }

    /// <inheritdoc/>
    public abstract long NominalFrameCycles { get; }

    /// <inheritdoc/>
    public virtual int LineCycles => 0;

    /// <inheritdoc/>
    public abstract MasterCycles Now { get; }

    /// <inheritdoc/>
    public abstract long Ticks { get; }

    /// <inheritdoc/>
    public abstract long FrameNumber { get; }

    /// <inheritdoc/>
    public abstract VideoFrame Frame { get; }

    /// <inheritdoc/>
    public long Disk => Sum(static activity => activity.Disk);

    /// <inheritdoc/>
    public long Sound => Sum(static activity => activity.Sound);

    /// <inheritdoc/>
    public long Keys => Sum(static activity => activity.Keys);

    /// <summary>The same for those who must not allocate.</summary>
    protected ReadOnlySpan<IChip> Plugged => _chips;

    /// <summary>The deadline slots.</summary>
    protected DeadlineSlots Deadlines { get; }

    /// <summary>The wires.</summary>
    protected Wiring Wiring { get; } = new();

    /// <inheritdoc/>
    public void Reset(ResetKind kind)
    {
        if (kind == ResetKind.Cold)
        {
            PowerOn();
            return;
        }

        Dispatch();
        ResetChips(kind, Now);
        ResetProcessor();
    }

    /// <inheritdoc/>
    public void Synchronize()
    {
        Dispatch();
        foreach (var chip in _chips)
        {
            chip.CatchUp(Now);
        }
    }

    /// <inheritdoc/>
    public abstract void RunFrame();

    /// <inheritdoc/>
    public abstract void RunTicks(int count);

    /// <inheritdoc/>
    public abstract void SetTrace(ITraceSink? sink);

    /// <inheritdoc/>
    public abstract T? Capability<T>()
        where T : class;

    /// <inheritdoc/>
    public abstract void Visit(StateVisitor visitor);

    /// <summary>The power comes on: nothing survives but the machine's time and its count of ticks and pictures, which never run backwards.</summary>
    protected abstract void PowerOn();

    /// <summary>Lets everything happen whose deadline has come.</summary>
    protected abstract void Dispatch();

    /// <summary>Pulls the processor's reset line, after the chips'.</summary>
    protected abstract void ResetProcessor();

    /// <summary>Plugs the chips in, in the order of their slots; those without one come last.</summary>
    protected void Plug(IEnumerable<IChip> chips)
    {
        _chips = [.. chips.OrderBy(chip => Array.IndexOf(_slotOrder, chip.Name) is var place && place >= 0 ? place : _slotOrder.Length)];
        _activities = [.. _chips.OfType<IActivity>()];
    }

    /// <summary>Resets all chips.</summary>
    /// <param name="kind">Power-on or reset line.</param>
    /// <param name="at">When.</param>
    protected void ResetChips(ResetKind kind, MasterCycles at)
    {
        foreach (var chip in _chips)
        {
            chip.Reset(kind, at);
        }
    }

    private long Sum(Func<IActivity, long> counter)
    {
        long sum = 0;
        foreach (var activity in _activities)
        {
            sum += counter(activity);
        }

        return sum;
    }
}
