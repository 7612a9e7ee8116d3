using System.Runtime.InteropServices;
using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.StVideo;

/// <summary>
/// GLUE's counters and interrupt encoder: sync, display enable, the horizontal (level 2) and vertical (level 4)
/// interrupts, and the register 0xFF820A. Its bus decoding is the board's.
/// </summary>
/// <remarks>
/// <para>
/// Lines follow each other as a short list of moments: vertical interrupt, counter reload, display enable on, off, end of
/// line. All of them are worked off when somebody looks (<see cref="CatchUp"/>); the deadline is only the next one that
/// others can notice by themselves. A pending horizontal interrupt cannot become more pending, so lines without a
/// picture usually need no deadline at all.
/// </para>
/// <para>
/// The display enable comparators test for equality, as the real ones do: a change of rate between two comparators'
/// positions makes a line start or end where the other rate says, or not at all. That gives plain 50/60 Hz switching its
/// meaning, for lines and for frames. Not modelled: the wake-up states, the blanking comparators, and the jitter of the
/// interrupt inputs.
/// </para>
/// </remarks>
internal sealed class Glue : IStVideo, IWordDevice, IDeadlineHandler, IWireSink, IRegisterSource
{
    private const int CpuDivider = 4;
    private const byte PinRises = 1;
    private const byte PinFalls = 2;

    private readonly DeadlineSlots _deadlines;
    private readonly Mmu _mmu;
    private readonly Shifter _shifter;
    private readonly Wire _displayEnable;
    private readonly int _displayDriver;
    private readonly int _slot;
    private LineTiming _timing = LineTiming.Of(SyncRate.Hz50);
    private GlueState _state;
    private bool _working;

    public Glue(ChipContext context, Mmu mmu, Shifter shifter)
    {
        _deadlines = context.Deadlines;
        _mmu = mmu;
        _shifter = shifter;
        mmu.Glue = this;
        shifter.Glue = this;
        _slot = _deadlines.Claim("glue", this);
        _displayEnable = context.Wiring.Wire(StPins.DisplayEnable);
        _displayDriver = _displayEnable.AddDriver();
        context.Wiring.Wire(StPins.MfpInterrupt).Connect(this);
    }

    /// <inheritdoc/>
    public string Name => "glue";

    /// <inheritdoc/>
    IWordDevice IStVideo.Glue => this;

    /// <inheritdoc/>
    IWordDevice IStVideo.Mmu => _mmu;

    /// <inheritdoc/>
    IWordDevice IStVideo.Shifter => _shifter;

    /// <inheritdoc/>
    public InterruptLevel Interrupts { get; } = new();

    /// <inheritdoc/>
    public VideoFetchWindow FetchWindow => _mmu.Window;

    /// <inheritdoc/>
    public VideoFrame Frame => _shifter.Frame;

    /// <inheritdoc/>
    public long FrameNumber
    {
        get => _state.FrameNumber;
        set => _state.FrameNumber = value;
    }

    /// <inheritdoc/>
    public MasterCycles NextFrameEnd =>
        At(_state.LineCycles + ((long)(Math.Max(_timing.Lines, _state.Line + 1) - _state.Line - 1) * _timing.Cycles));

    /// <summary>Whether the raster keeps the line in work.</summary>
    public bool LineIsVisible => _state.Line >= FrameTiming.FirstVisible;

    /// <summary>Position within the line in work, in cycles from the raster's left edge.</summary>
    public int RasterPosition(MasterCycles at) => (int)Cycle(at) - RasterLeft;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            _state = new() { FrameNumber = _state.FrameNumber, LineStart = at.Count };
            StartFrame();
            StartLine();
        }

        CatchUp(at);
        _state.HorizontalPending = 0;
        _state.VerticalPending = 0;
        WriteSync(0, at);
        EncodeLevel();
        Plan();
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        if (_working)
        {
            return;
        }

        _working = true;
        long cycle = Cycle(now);
        while (NextMoment() is var next && next <= cycle)
        {
            Act(next);
            cycle = Cycle(now);
        }

        FetchTo(cycle);
        _working = false;
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at)
    {
        CatchUp(at);
        Plan();
    }

    /// <inheritdoc/>
    public void OnWire(Wire wire, bool level, MasterCycles at)
    {
        _state.MfpPending = level ? (byte)0 : (byte)1;
        EncodeLevel();
    }

    /// <inheritdoc/>
    public void Acknowledge(int level, MasterCycles at)
    {
        CatchUp(at);
        if (level == 2)
        {
            _state.HorizontalPending = 0;
        }
        else if (level == 4)
        {
            _state.VerticalPending = 0;
        }

        EncodeLevel();
        Plan();
    }

    /// <inheritdoc/>
    public ushort Read(uint address, ByteLanes lanes, MasterCycles at) => Peek(address, at);

    /// <inheritdoc/>
    public ushort Peek(uint address, MasterCycles at) => address == 0xFF820A ? (ushort)(0xFCFF | (_state.Sync << 8)) : (ushort)0xFFFF;

    /// <inheritdoc/>
    public void Write(uint address, ushort value, ByteLanes lanes, MasterCycles at)
    {
        if (address == 0xFF820A && (lanes & ByteLanes.Upper) == ByteLanes.Upper)
        {
            WriteSync((byte)((value >> 8) & 3), at);
        }
    }

    /// <summary>Sync mode or resolution changed: comparators that have not fired yet move.</summary>
    public void RateChanged(MasterCycles at)
    {
        var rate = Rate;
        if (rate == _state.Rate)
        {
            return;
        }

        int cycle = (int)Cycle(at);
        if (cycle > LineTiming.VerticalDecided && _state.VerticalLatched == 0)
        {
            _state.VerticalLatched = 1;
            _state.VerticalRate = _state.Rate;
        }

        _state.Rate = rate;
        _timing = LineTiming.Of(rate);
        MoveComparators(cycle);
        Plan();
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _state);
        if (!IsPlausible())
        {
            throw new InvalidDataException("The state holds an impossible position of GLUE's counters.");
        }

        _timing = LineTiming.Of(_state.Rate);
        EncodeLevel();
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        registers.Add(new(Name, "SYNCMODE", _state.Sync, 8));
        registers.Add(new(Name, "IPL", (ulong)Interrupts.Level, 3));
        registers.Add(new(Name, "LINE", _state.Line, 16));
    }

    private bool IsPlausible() =>
        _state.Rate <= SyncRate.Hz71 && _state.FrameRate <= SyncRate.Hz71 && _state.VerticalRate <= SyncRate.Hz71
        && _state.DisplayPhase <= Phase.During && _state.Line < 512 && _state.LineCycles <= 512
        && _state.DisplayOn >= 0 && _state.DisplayOff >= _state.DisplayOn && _state.DisplayOff <= 512
        && _state.DrawnOn is >= 0 and <= 512 && _state.DrawnBytes <= 256;

    private LineTiming FrameTiming => LineTiming.Of(_state.FrameRate);

    private int RasterLeft => FrameTiming.DisplayOn - Shifter.LeftBorder;

    private SyncRate Rate =>
        (_shifter.Resolution & 2) != 0 ? SyncRate.Hz71 : (_state.Sync & 2) != 0 ? SyncRate.Hz50 : SyncRate.Hz60;

    private MasterCycles At(long cycle) => new(_state.LineStart + (cycle * CpuDivider));

    private long Cycle(MasterCycles at) => (at.Count - _state.LineStart) / CpuDivider;

    private void WriteSync(byte value, MasterCycles at)
    {
        CatchUp(at);
        _state.Sync = value;
        RateChanged(at);
    }

    private void MoveComparators(int cycle)
    {
        if (cycle <= LineTiming.LengthDecided)
        {
            _state.LineCycles = (ushort)_timing.Cycles;
        }

        if (_state.VerticalDisplay == 0)
        {
            return;
        }

        if (_state.DisplayPhase == Phase.Before)
        {
            bool missed = cycle > _timing.DisplayOn;
            _state.DisplayOn = (short)_timing.DisplayOn;
            _state.DisplayOff = (short)_timing.DisplayOff;
            _state.DisplayPhase = missed ? Phase.After : Phase.Before;
        }
        else if (_state.DisplayPhase == Phase.During)
        {
            _state.DisplayOff = (short)(cycle <= _timing.DisplayOff
                ? _timing.DisplayOff
                : Math.Max(cycle, _state.LineCycles - LineTiming.SyncBeforeEnd));
        }

        if (_state.PinDue != PinFalls)
        {
            _mmu.OpenWindowKeeping(_state.DisplayPhase == Phase.After ? 0 : LineBytes);
        }
    }

    private int LineBytes => ((_state.DisplayOff - _state.DisplayOn) / 2) & ~1;

    private long NextMoment()
    {
        long next = _state.LineCycles;
        if (_state.Line == 0 && _state.VerticalDone == 0)
        {
            next = LineTiming.VerticalInterrupt;
        }

        if (_state.Line == _timing.ReloadLine && _state.ReloadDone == 0)
        {
            next = Math.Min(next, LineTiming.Reload);
        }

        if (_state.PinDue != 0)
        {
            next = Math.Min(next, _state.PinAt);
        }

        return _state.DisplayPhase switch
        {
            Phase.Before => Math.Min(next, _state.DisplayOn),
            Phase.During => Math.Min(next, _state.DisplayOff),
            _ => next,
        };
    }

    private void Act(long cycle)
    {
        if (_state.PinDue != 0 && cycle == _state.PinAt)
        {
            MoveDisplayPin(cycle);
        }
        else if (_state.DisplayPhase == Phase.Before && cycle == _state.DisplayOn)
        {
            _state.DisplayPhase = Phase.During;
            (_state.PinDue, _state.PinAt) = (PinRises, (ushort)(cycle + LineTiming.PinDelay));
        }
        else if (_state.DisplayPhase == Phase.During && cycle == _state.DisplayOff)
        {
            _state.DisplayPhase = Phase.After;
            (_state.PinDue, _state.PinAt) = (PinFalls, (ushort)(cycle + LineTiming.PinDelay));
        }
        else if (_state.Line == 0 && _state.VerticalDone == 0 && cycle == LineTiming.VerticalInterrupt)
        {
            _state.VerticalDone = 1;
            _state.VerticalPending = 1;
            EncodeLevel();
        }
        else if (_state.Line == _timing.ReloadLine && _state.ReloadDone == 0 && cycle == LineTiming.Reload)
        {
            _state.ReloadDone = 1;
            _mmu.Reload();
            _mmu.OpenWindow(160);
        }
        else
        {
            EndLine();
        }
    }

    // By the time the pin falls, the last word has been fetched too.
    private void MoveDisplayPin(long cycle)
    {
        bool level = _state.PinDue == PinRises;
        if (!level)
        {
            FetchTo(cycle);
            _state.DrawnOn = _state.DisplayOn;
            _state.DrawnBytes = (ushort)LineBytes;
            _mmu.EndLine();
            _mmu.OpenWindow(LineBytes);
        }

        _state.PinDue = 0;
        _displayEnable.Drive(_displayDriver, level, At(cycle));
    }

    private void FetchTo(long cycle)
    {
        if (_state.DisplayPhase == Phase.During || _state.PinDue == PinFalls)
        {
            long reached = Math.Min(cycle - LineTiming.FetchDelay, _state.DisplayOff) - _state.DisplayOn;
            _mmu.FetchTo((int)(Math.Max(0, reached) / 2) & ~1, _shifter.LineBuffer);
        }
    }

    private void EndLine()
    {
        int on = _state.DrawnBytes > 0 ? _state.DrawnOn : -1;
        _shifter.DrawLine(_state.Line - FrameTiming.FirstVisible, RasterLeft, on, _state.DrawnBytes);
        _state.LineStart += _state.LineCycles * CpuDivider;
        _state.Line++;
        var vertical = _state.VerticalLatched != 0 ? LineTiming.Of(_state.VerticalRate) : _timing;
        if (_state.Line >= vertical.Lines)
        {
            EndFrame();
        }
        else if (_state.Line == vertical.FirstLine)
        {
            _state.VerticalDisplay = 1;
        }
        else if (_state.Line == vertical.EndLine)
        {
            _state.VerticalDisplay = 0;
            _mmu.CloseWindow();
        }

        StartLine();
        _state.HorizontalPending = 1;
        EncodeLevel();
    }

    private void EndFrame()
    {
        _state.FrameNumber++;
        _shifter.EndFrame(_state.Line - FrameTiming.FirstVisible, _state.FrameNumber);
        StartFrame();
    }

    private void StartFrame()
    {
        _state.Line = 0;
        _state.VerticalDone = 0;
        _state.ReloadDone = 0;
        _state.VerticalDisplay = 0;
        _state.FrameRate = Rate;
    }

    private void StartLine()
    {
        _state.Rate = Rate;
        _timing = LineTiming.Of(_state.Rate);
        _state.LineCycles = (ushort)_timing.Cycles;
        _state.VerticalLatched = 0;
        _state.DrawnBytes = 0;
        _state.DisplayOn = (short)_timing.DisplayOn;
        _state.DisplayOff = (short)_timing.DisplayOff;
        _state.DisplayPhase = Phase.After;
        if (_state.VerticalDisplay != 0)
        {
            _state.DisplayPhase = Phase.Before;
            _mmu.OpenWindow(LineBytes);
        }
    }

    private void EncodeLevel() =>
        Interrupts.Level = _state.MfpPending != 0 ? 6 : _state.VerticalPending != 0 ? 4 : _state.HorizontalPending != 0 ? 2 : 0;

    private void Plan() => _deadlines.Set(_slot, At(NextVisible()));

    // Noticed by others are the display enable pin, the two interrupts and the end of the picture. A horizontal interrupt
    // that waits already cannot become more pending.
    private long NextVisible()
    {
        long next = _state.HorizontalPending == 0 ? _state.LineCycles : NextFromLaterLine();
        if (_state.Line == 0 && _state.VerticalDone == 0)
        {
            next = LineTiming.VerticalInterrupt;
        }

        if (_state.PinDue != 0)
        {
            return Math.Min(next, _state.PinAt);
        }

        return _state.DisplayPhase switch
        {
            Phase.Before => Math.Min(next, _state.DisplayOn + LineTiming.PinDelay),
            Phase.During => Math.Min(next, _state.DisplayOff + LineTiming.PinDelay),
            _ => next,
        };
    }

    private long NextFromLaterLine()
    {
        if (_state.VerticalDisplay != 0)
        {
            return _state.LineCycles + (_state.Line + 1 == _timing.EndLine ? 0 : _timing.DisplayOn + LineTiming.PinDelay);
        }

        int until = _state.Line < _timing.FirstLine ? _timing.FirstLine : _timing.Lines;
        return _state.LineCycles + ((long)Math.Max(0, until - _state.Line - 1) * _timing.Cycles);
    }

    private enum Phase : byte
    {
        After,
        Before,
        During,
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct GlueState
    {
        public long LineStart;
        public long FrameNumber;
        public ushort Line;
        public ushort LineCycles;
        public short DisplayOn;
        public short DisplayOff;
        public short DrawnOn;
        public ushort DrawnBytes;
        public ushort PinAt;
        public Phase DisplayPhase;
        public SyncRate Rate;
        public SyncRate FrameRate;
        public SyncRate VerticalRate;
        public byte VerticalLatched;
        public byte VerticalDisplay;
        public byte VerticalDone;
        public byte ReloadDone;
        public byte HorizontalPending;
        public byte VerticalPending;
        public byte MfpPending;
        public byte Sync;
        public byte PinDue;
    }
}
