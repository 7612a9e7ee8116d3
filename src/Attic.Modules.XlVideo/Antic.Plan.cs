using Attic.Abi.AtariXl;

namespace Attic.Modules.XlVideo;

/// <content>Which cycles of a line are ANTIC's.</content>
internal sealed partial class Antic
{
    private const int FirstRefresh = 25;
    private const int LastRefresh = 57;
    private const int LastFetchCycle = 105;

    // Plans of undisturbed lines, by what determines them. A cache: not state.
    private readonly Dictionary<int, LinePlan> _plans = [];
    private readonly LinePlan _scratch = new();

    private int Width => _s.Dmactl & 3;

    // Scrolled lines fetch the next wider width.
    private int FetchWidth => Width is 1 or 2 && ScrollsHorizontally ? Width + 1 : Width;

    private bool ScrollsHorizontally => (_s.Instruction & 15) > Jump && (_s.Instruction & HorizontalScroll) != 0;

    private int ScrollCycles => ScrollsHorizontally ? _s.Hscrol >> 1 : 0;

    private bool FetchesPlayfield => IsDisplayLine && Mode.Rate != 0;

    /// <summary>Plans what is left of the line with the registers as they are; what has happened stays.</summary>
    private void Replan()
    {
        bool whole = _s.Done == 0 && _s.DmaClock == 0;
        LatchWindow();
        if (whole)
        {
            int key = PlanKey();
            if (!_plans.TryGetValue(key, out var plan))
            {
                plan = new LinePlan();
                _s.DmaClockAfter = Build(plan);
                _plans.Add(key, plan);
            }

            _plan = plan;
            _s.DmaClockAfter = 0;
        }
        else
        {
            _s.DmaClockAfter = Build(_scratch);
            _plan = _scratch;
        }

        Line.FreeFrom = _plan.FreeFrom;
        WatchPlayfield();
    }

    // Start and stop can be moved until they have passed; a boundary moved into the past is missed, and the clock then
    // lacks a bit or keeps one (abnormal DMA).
    private void LatchWindow()
    {
        (byte start, byte stop) = (Never, Never);
        if (FetchesPlayfield && Width != 0)
        {
            start = (byte)(34 - (8 * FetchWidth) + ScrollCycles);
            stop = (byte)(82 + (8 * FetchWidth) + ScrollCycles);
        }

        if (_s.Start >= _s.Done)
        {
            _s.Start = start >= _s.Done ? start : Never;
        }

        if (_s.Stop >= _s.Done)
        {
            _s.Stop = stop >= _s.Done ? stop : Never;
        }
    }

    private int PlanKey() =>
        (IsDisplayLine ? (_s.Instruction & 15) | 0x10 : 0)
        | (_s.LoadsLine << 5)
        | (_s.FetchesInstruction << 6)
        | (HasOperand ? 0x80 : 0)
        | (_s.Start << 8)
        | ((_s.Dmactl & 0x0C) << 16);

    // Returns the bits that are in the clock when the line ends.
    private byte Build(LinePlan plan)
    {
        var cycles = plan.Cycles;
        Array.Clear(cycles);
        byte clock = PlanPlayfield(cycles);
        PlanSpecials(cycles);
        PlanRefresh(cycles);
        plan.Finish();
        return clock;
    }

    // The clock fires a name; a bitmap byte is fetched two cycles later, a character's row three.
    private byte PlanPlayfield(AnticCycle[] cycles)
    {
        int clock = _s.DmaClock;
        if (!FetchesPlayfield)
        {
            return (byte)clock;
        }

        int rate = Mode.Rate;
        bool text = Mode.IsText;
        bool stopped = Width == 0;
        for (int cycle = 0; cycle < Scanline.Cycles; cycle++)
        {
            clock |= cycle == _s.Start ? ClockBits(cycle, rate) : 0;
            clock &= cycle == _s.Stop ? ~ClockBits(cycle, rate) : -1;
            if ((clock & (1 << (cycle & 7))) == 0)
            {
                continue;
            }

            if (text)
            {
                Mark(cycles, cycle, _s.LoadsLine != 0 ? AnticCycle.Load : AnticCycle.None, stopped);
                Mark(cycles, cycle + 3, AnticCycle.Character, stopped);
            }
            else
            {
                Mark(cycles, cycle + 2, AnticCycle.Show | (_s.LoadsLine != 0 ? AnticCycle.Load : AnticCycle.None), stopped);
            }
        }

        return (byte)clock;
    }

    private static int ClockBits(int cycle, int rate) => rate switch
    {
        2 => 0x55 << (cycle & 1),
        4 => 0x11 << (cycle & 3),
        _ => 0x01 << (cycle & 7),
    };

    private static void Mark(AnticCycle[] cycles, int cycle, AnticCycle what, bool stopped)
    {
        if (cycle < Scanline.Cycles && what != AnticCycle.None)
        {
            cycles[cycle] |= what | (stopped || cycle > LastFetchCycle ? AnticCycle.Virtual : AnticCycle.None);
        }
    }

    private void PlanSpecials(AnticCycle[] cycles)
    {
        if (!IsDisplayLine)
        {
            return;
        }

        Take(0, (_s.Dmactl & 0x0C) != 0);
        Take(1, _s.FetchesInstruction != 0);
        for (int player = 0; player < 4; player++)
        {
            Take(2 + player, (_s.Dmactl & 0x08) != 0);
        }

        bool operand = _s.FetchesInstruction != 0 && HasOperand;
        Take(6, operand);
        Take(7, operand);

        void Take(int cycle, bool taken) => cycles[cycle] |= taken ? AnticCycle.Special : AnticCycle.None;
    }

    // Nine requests, four cycles apart. One that finds its cycle taken waits, and is lost when the next one comes.
    private static void PlanRefresh(AnticCycle[] cycles)
    {
        bool pending = false;
        for (int cycle = FirstRefresh; cycle <= LastFetchCycle + 1; cycle++)
        {
            pending |= cycle <= LastRefresh && (cycle - FirstRefresh) % 4 == 0;
            bool taken = (cycles[cycle] & (AnticCycle.Load | AnticCycle.Character)) != 0 && (cycles[cycle] & AnticCycle.Virtual) == 0;
            if (pending && !taken)
            {
                cycles[cycle] |= AnticCycle.Refresh;
                pending = false;
            }
        }
    }

    private void WatchPlayfield()
    {
        if (_plan.LastFetch == 0)
        {
            return;
        }

        Watch(_s.MemoryScan);
        Watch((ushort)(_s.MemoryScan + 47));
        if (Mode.IsText)
        {
            for (int page = 0; page < 4; page++)
            {
                Watch((ushort)(((_s.Chbase & 0xFC) + page) << 8));
            }
        }
    }
}
