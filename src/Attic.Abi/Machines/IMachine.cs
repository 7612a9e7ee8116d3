using Attic.Abi.Chips;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Abi.Machines;

/// <summary>
/// A machine that runs. One thread at a time may use it. What else it can do is asked for with <see cref="Capability{T}"/>.
/// </summary>
public interface IMachine : IStateful
{
    /// <summary>What it was built from.</summary>
    MachineConfiguration Configuration { get; }

    /// <summary>The master clock's exact rate.</summary>
    ClockRate MasterClock { get; }

    /// <summary>Master cycles per processor cycle.</summary>
    int CpuDivider { get; }

    /// <summary>Processor cycles that one frame nominally takes; for pacing.</summary>
    long NominalFrameCycles { get; }

    /// <summary>The processor's cycles in a scan line, counted from power-on without a break; 0 where lines differ.</summary>
    int LineCycles => 0;

    /// <summary>The present.</summary>
    MasterCycles Now { get; }

    /// <summary>Instructions, exception entries and idle quanta since power-on (the contract's ticks).</summary>
    long Ticks { get; }

    /// <summary>Pictures completed since power-on.</summary>
    long FrameNumber { get; }

    /// <summary>The chips in the order in which they are synchronised.</summary>
    IReadOnlyList<IChip> Chips { get; }

    /// <summary>The last completed picture; overwritten while the next but one is drawn.</summary>
    VideoFrame Frame { get; }

    /// <summary>The sound made since it was last taken.</summary>
    AudioBuffer Audio { get; }

    /// <summary>Resets the machine, all chips and the processor.</summary>
    void Reset(ResetKind kind);

    /// <summary>Runs until the next picture is complete; the last instruction may overshoot.</summary>
    void RunFrame();

    /// <summary>Runs exactly <paramref name="count"/> ticks.</summary>
    void RunTicks(int count);

    /// <summary>Brings all chips to the present, in order.</summary>
    void Synchronize();

    /// <summary>Watches the processor from the next instruction on; null ends it. State is carried over, no result changes.</summary>
    void SetTrace(ITraceSink? sink);

    /// <summary>A capability of this machine, or null: <see cref="IInputPort"/>, <see cref="IFloppyDrives"/>,
    /// <see cref="ICartridgePort"/>, <see cref="IMemoryInspector"/>, <see cref="IScreenText"/>, <see cref="IActivity"/>.</summary>
    T? Capability<T>()
        where T : class;
}
