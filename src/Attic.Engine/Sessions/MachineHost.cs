using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Engine.Inspect;
using Attic.Engine.Streams;

namespace Attic.Engine.Sessions;

/// <summary>
/// The machine of a session with its clocks and what it publishes. Everything here runs on the session's thread; in
/// steady state a slice allocates nothing.
/// </summary>
internal sealed class MachineHost
{
    private readonly SessionStreams _streams;
    private MachineRegisters _registers;
    private AccessTracer _tracer;
    private bool _tracing;
    private long _publishedFrame;

    public MachineHost(IMachine machine, SessionStreams streams, uint timelineEpoch)
    {
        (Machine, _streams, TimelineEpoch) = (machine, streams, timelineEpoch);
        Clock = new EmulatedClock(machine.MasterClock);
        Clock.Rebase(machine.Now, RuntimeClock.NowUs);
        Pacer = new Pacer(machine.MasterClock);
        _registers = new MachineRegisters(machine);
        _tracer = new AccessTracer(machine, StampOf, streams.Accesses);
        _publishedFrame = machine.FrameNumber;
    }

    public IMachine Machine { get; private set; }

    public EmulatedClock Clock { get; }

    public Pacer Pacer { get; }

    /// <summary>Rises with each restore, checkpoint load and cold reset (R7).</summary>
    public uint TimelineEpoch { get; private set; }

    /// <summary>Rises with each machine built for the session.</summary>
    public int Generation { get; private set; } = 1;

    public long Tick => Machine.Ticks;

    public long Cycle => Machine.Now.Count / Machine.CpuDivider;

    /// <summary>The present on the E-clock.</summary>
    public long StampUs => Clock.Stamp(Machine.Now);

    /// <summary>The registers of the present machine.</summary>
    public MachineRegisters Registers => _registers;

    /// <summary>Runs to the next picture.</summary>
    public void RunFrame()
    {
        Machine.RunFrame();
        Publish(muted: false);
    }

    /// <summary>Runs a share of a frame, for slow motion.</summary>
    public void RunTicks(int ticks, bool muted)
    {
        Machine.RunTicks(ticks);
        Publish(muted);
    }

    /// <summary>Hands over what a slice made, to whoever watches.</summary>
    public void Publish(bool muted)
    {
        long stamp = StampUs;
        if (Machine.FrameNumber != _publishedFrame)
        {
            _publishedFrame = Machine.FrameNumber;
            if (_streams.VideoWatched)
            {
                _streams.PublishFrame(Machine.Frame, stamp, Cycle, Machine.NominalFrameCycles);
            }
        }

        if (!Machine.Audio.Samples.IsEmpty)
        {
            if (_streams.AudioWatched)
            {
                _streams.PublishAudio(Machine.Audio, stamp, muted);
            }

            Machine.Audio.Clear();
        }

        if (_streams.RegistersWatched)
        {
            _streams.PublishRegisters(_registers, Tick, Cycle, stamp);
        }

        if (_tracing)
        {
            _tracer.Flush();
            _streams.AccessesPublished();
        }
    }

    /// <summary>Shows the present picture again, to a reader who came while the machine stands still.</summary>
    public void ShowFrame()
    {
        if (_streams.VideoWatched)
        {
            _streams.PublishFrame(Machine.Frame, StampUs, Cycle, Machine.NominalFrameCycles);
        }
    }

    /// <summary>Takes over the inspection filters: tracing is on while there are any.</summary>
    public void ApplyFilters()
    {
        var filters = _streams.AccessFilters;
        _tracer.SetFilters(filters);
        bool wanted = filters.Length > 0;
        if (wanted != _tracing)
        {
            _tracing = wanted;
            Machine.SetTrace(wanted ? _tracer : null);
        }
    }

    /// <summary>Runs <paramref name="work"/> with another trace sink and puts the old one back.</summary>
    public void Traced(ITraceSink sink, Action work)
    {
        Machine.SetTrace(_tracing ? new TwoSinks(sink, _tracer) : sink);
        try
        {
            work();
        }
        finally
        {
            Machine.SetTrace(_tracing ? _tracer : null);
        }
    }

    /// <summary>Resets the machine; a cold reset begins a new timeline.</summary>
    public void Reset(ResetKind kind)
    {
        long before = StampUs;
        Machine.Reset(kind);
        if (kind == ResetKind.Cold)
        {
            BeginTimeline(before);
        }
    }

    /// <summary>Puts another machine in place of this one.</summary>
    /// <param name="machine">The new machine.</param>
    /// <param name="newTimeline">False when it goes on from the old one's state.</param>
    public void Replace(IMachine machine, bool newTimeline)
    {
        long before = StampUs;
        Machine.SetTrace(null);
        Machine = machine;
        Generation++;
        _registers = new MachineRegisters(machine);
        _tracer = new AccessTracer(machine, StampOf, _streams.Accesses);
        _tracing = false;
        ApplyFilters();
        _publishedFrame = machine.FrameNumber;
        if (newTimeline)
        {
            BeginTimeline(before);
        }
    }

    /// <summary>The machine's counters jumped: keeps the E-clock from going backwards and begins a new timeline.</summary>
    /// <param name="stampBeforeUs">The E-clock before the jump.</param>
    public void BeginTimeline(long stampBeforeUs)
    {
        TimelineEpoch++;
        Clock.Rebase(Machine.Now, stampBeforeUs);
        _publishedFrame = -1;
        Machine.Audio.Clear();
    }

    private long StampOf(CpuCycles clock) => Clock.Stamp(clock.ToMaster(Machine.CpuDivider));

    private sealed class TwoSinks(ITraceSink first, ITraceSink second) : ITraceSink
    {
        public void OnInstruction(uint address, ushort opcode, CpuCycles clock)
        {
            first.OnInstruction(address, opcode, clock);
            second.OnInstruction(address, opcode, clock);
        }

        public void OnBus(in BusAccess access)
        {
            first.OnBus(access);
            second.OnBus(access);
        }

        public void OnException(int vector, uint address, CpuCycles clock)
        {
            first.OnException(vector, address, clock);
            second.OnException(vector, address, clock);
        }
    }
}
