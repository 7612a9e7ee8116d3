using System.Runtime.CompilerServices;
using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Modules.XlVideo;

/// <summary>
/// ANTIC (CO12296 NTSC, CO14887 PAL): runs the display list, fetches playfield, players and missiles, refreshes memory,
/// and hands GTIA a stream of playfield codes; raises the vertical blank and display list interrupts.
/// </summary>
/// <remarks>
/// <para>A line is 114 machine cycles. Cycle 0 fetches missiles, 1 an instruction, 2–5 players, 6–7 the instruction's
/// address; interrupts come in cycle 8; playfield is fetched between cycles 10 and 105 at a rhythm that an eight-stage
/// DMA clock gives; refresh takes nine cycles from 25 on, where playfield lets it; WSYNC releases the processor for
/// cycle 105; VCOUNT steps in cycle 111.</para>
/// <para>The chip plans each line ahead (<see cref="LinePlan"/>), so that the processor knows its free cycles, and
/// carries the plan out late: when the line ends, a register is touched, or the processor writes into a page that the
/// line still has to fetch.</para>
/// <para>Sources: Atari 400/800 Hardware Manual, part II; A. Lee, "Altirra Hardware Reference Manual", chapter 4, for
/// cycle numbers, the DMA clock and its abnormal states.</para>
/// </remarks>
internal sealed partial class Antic : IChip, IByteDevice, IDeadlineHandler, IRegisterSource, IXlVideoChip
{
    internal const int FirstDisplayLine = 8;
    internal const int BlankLine = 248;
    private const int SpecialCycles = 8;
    private const int NmiCycle = 8;
    private const byte Never = 255;

    private readonly PagedMemory _memory;
    private readonly XlInterrupts _interrupts;
    private readonly DeadlineSlots _deadlines;
    private readonly Gtia _gtia;
    private readonly int _slot;
    private readonly int _lines;
    private readonly AnticMode[] _modes = AnticMode.All;
    private AnticState _s;
    private LinePlan _plan = new();

    public Antic(PagedMemory memory, Scanline line, XlInterrupts interrupts, DeadlineSlots deadlines, Gtia gtia, VideoRegion region)
    {
        (_memory, Line, _interrupts, _deadlines, _gtia) = (memory, line, interrupts, deadlines, gtia);
        _slot = deadlines.Claim(Name, this);
        _lines = region == VideoRegion.Pal ? 312 : 262;
    }

    /// <inheritdoc/>
    public string Name => "antic";

    public Scanline Line { get; }

    /// <inheritdoc/>
    public IXlVideo Video { get; set; } = null!;

    /// <summary>Pages that the rest of the line fetches from.</summary>
    public byte[] WatchedPages { get; } = GC.AllocateArray<byte>(256, pinned: true);

    public long FrameNumber
    {
        get => _s.FrameNumber;
        set => _s.FrameNumber = value;
    }

    public ushort DisplayList => _s.DisplayList;

    public byte DmaControl => _s.Dmactl;

    /// <summary>The line's number, 0 at the top of the vertical blank's end.</summary>
    public int LineNumber => _s.Line;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            _s = new()
            {
                NextInstructionDue = 1,
                WsyncAt = -1,
                LineStart = at.Count / Scanline.MasterPerCycle,
                Start = Never,
                Stop = Never,
                ShownAt = Never,
                PenLine = -1,
            };
            (Line.Start, Line.Next, Line.Latched) = (_s.LineStart, 0, 0);
            SetWait(-1);
            WatchNothing();
            Array.Clear(_codes);
        }

        _s.Dmactl = 0;
        _s.Nmien = 0;
        UsePlan();
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now) => CatchUpTo(CycleOf(now));

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _s);
        visitor.Array<byte>("codes", _codes);
        SetWait(_s.WsyncAt);
        UsePlan();
    }

    /// <inheritdoc cref="IXlVideo.SetPen"/>
    public void SetPen(int clock, int line) => (_s.PenClock, _s.PenLine) = (clock, line);

    // In a cycle that is the processor's, and that a chip looks at, the processor's byte is on the bus.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SeeBus(int cycle)
    {
        if (_plan.SampleFrom[cycle] == cycle)
        {
            _s.Bus = Line.Bus[cycle];
        }
    }

    /// <summary>Ends the line and plans the next.</summary>
    public void EndLine()
    {
        CatchUpTo(Scanline.Cycles);
        _gtia.EndLine(_s.Line);
        LatchPen();
        _s.DmaClock = _plan.ClockAfter;
        _s.ModeBefore = (byte)(IsDisplayLine ? _s.Instruction & 15 : 0);
        AdvanceRow();
        _s.LineStart += Scanline.Cycles;
        Line.Start = _s.LineStart;
        Line.Next = 0;
        _s.Done = 0;

        if (++_s.Line == _lines)
        {
            _s.Line = 0;
        }

        BeginLine();
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at)
    {
        CatchUpTo(NmiCycle);
        if (_s.Line != BlankLine && !IsLastRowWithInterrupt)
        {
            return;
        }

        byte reason = _s.Line == BlankLine ? (byte)0x40 : (byte)0x80;
        if ((reason & (_s.Nmien | _s.EnabledInTime)) != 0)
        {
            // Enabled by a write in cycle 7, the interrupt comes a cycle later (Acid800, DLI timing).
            int late = (reason & _s.EnabledInTime) != 0 ? 0 : 1;
            _interrupts.NmiSince = Math.Min(_interrupts.NmiSince, _s.LineStart + NmiCycle + 1 + late);
        }
    }

    /// <summary>Does all that belongs to cycles before <paramref name="cycle"/> of this line.</summary>
    public void CatchUpTo(int cycle)
    {
        if (_s.Done >= cycle)
        {
            return;
        }

        int from = _s.Done;
        _s.Done = cycle;
        if (from < SpecialCycles)
        {
            from = CatchUpSpecials(from, Math.Min(cycle, SpecialCycles));
        }

        if (_plan.IsRegular)
        {
            if (cycle > _plan.FirstFetch && from < _plan.LastFetch)
            {
                RunPlayfieldCycles(Math.Max(from, _plan.FirstFetch), Math.Min(cycle, _plan.LastFetch));
            }
        }
        else
        {
            RunDisturbed(from, cycle);
        }

        if (from <= 109 && cycle > 109)
        {
            _s.LatchedVscrol = _s.Vscrol;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CatchUpSpecials(int from, int to)
    {
        if (_plan.IsRegular)
        {
            if (from == 0 && to == SpecialCycles && _s.Phantom == 0)
            {
                RunRegularSpecials();
            }
            else
            {
                RunSpecialCycles(from, to);
            }

            return to;
        }

        for (int cycle = from; cycle < to; cycle++)
        {
            RunSpecialCycles(cycle, cycle + 1);
            RunDisturbed(cycle, cycle + 1);
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CycleOf(MasterCycles at) => (int)Math.Clamp((at.Count / Scanline.MasterPerCycle) - _s.LineStart, 0, Scanline.Cycles);

    // The beam has passed the pen, whose pulse comes over a trigger input.
    private void LatchPen()
    {
        if (_s.Line == _s.PenLine && IsDisplayLine)
        {
            (_s.Penh, _s.Penv) = ((byte)_s.PenClock, (byte)(_s.Line >> 1));
            _gtia.PulseTrigger(0);
        }
    }

    private void BeginLine()
    {
        _s.FetchesInstruction = 0;
        if (_s.Line == FirstDisplayLine)
        {
            (_s.NextInstructionDue, _s.WaitingForBlank) = (1, 0);
        }
        else if (_s.Line == BlankLine)
        {
            BeginBlank();
        }

        if (IsDisplayLine)
        {
            BeginDisplayLine();
        }

        if (IsClockQuiet())
        {
            (_s.DmaClock, _s.Shifter) = (0, 0);
        }

        _s.ShownAt = Never;
        BeginCodes();
        _gtia.BeginLine(_s.Line, Mode.IsHiRes && (IsDisplayLine || _s.Shows != 0));
        PlanLine();
        bool interrupts = _s.Line == BlankLine || (IsDisplayLine && (_s.Instruction & Interrupt) != 0);
        _deadlines.Set(_slot, interrupts ? At(NmiCycle) : MasterCycles.Never);
    }

    private void BeginBlank()
    {
        _s.FrameNumber++;
        _s.LoadsLine = 0;
        WatchNothing();
        _gtia.EndFrame(_s.FrameNumber);
    }

    private bool IsDisplayLine => _s.Line is >= FirstDisplayLine and < BlankLine;

    private ref readonly AnticMode Mode => ref _modes[_s.Instruction & 15];

    private MasterCycles At(int cycle) => new((_s.LineStart + cycle) * Scanline.MasterPerCycle);
}
