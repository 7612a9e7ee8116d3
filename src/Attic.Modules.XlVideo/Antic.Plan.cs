using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Attic.Abi.AtariXl;

namespace Attic.Modules.XlVideo;

/// <content>
/// Which cycles of a line are ANTIC's. Playfield is fetched when the playfield DMA clock fires: a bit that goes round a chain of
/// two, four or eight stages, by the mode's rate. It is put in at the cycle where the playfield starts and taken out where it
/// stops. Moved at the wrong moment, start and stop miss each other, and bits stay in the chain (abnormal DMA).
/// </content>
internal sealed partial class Antic
{
    private const int FirstRefresh = 25;
    private const int LastRefresh = 57;

    // Later fetches of a line, and one in cycle 0, are made without DMA.
    private const int LastFetchCycle = 105;

    // From here on the next line's first row may be loaded.
    private const int RowEndCycle = 112;

    // The clock's delay to a byte of bitmap and to a character's row.
    private const int BitmapDelay = 2;
    private const int CharacterDelay = 3;

    // Plans of undisturbed lines, by what determines them. A cache: not state.
    private readonly PlanCache _plans = new();
    private readonly LinePlan _scratch = new();
    private int _planKey = -1;

    /// <summary>How many plans are kept.</summary>
    internal int PlansKept => _plans.Count;

    /// <summary>The key of the line's plan; -1 when it has one of its own.</summary>
    internal int PlanInUse => _planKey;

    private int Width => _s.Dmactl & 3;

    // Scrolled lines fetch the next wider width.
    private int FetchWidth => Width is 1 or 2 && ScrollsHorizontally ? Width + 1 : Width;

    private bool ScrollsHorizontally => (_s.Instruction & 15) > Jump && (_s.Instruction & HorizontalScroll) != 0;

    private int ScrollCycles => ScrollsHorizontally ? _s.Hscrol >> 1 : 0;

    private bool FetchesPlayfield => IsDisplayLine && Mode.Rate != 0;

    /// <summary>Plans a line that has not begun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PlanLine()
    {
        (_s.Start, _s.Stop) = Window();
        _s.Disturbed = 0;
        _s.Phantom = Phantoms();
        UsePlan();
    }

    /// <summary>Plans what is left of the line with the registers as they are; what has happened stays.</summary>
    private void Replan()
    {
        // A boundary is decided in the cycle before it: one that is moved later than that has been met or missed (Acid800,
        // Playfield start and stop timing).
        int decided = _s.Done + 2;
        (byte start, byte stop) = Window();
        start = _s.Start < decided ? _s.Start : start >= decided ? start : Never;
        stop = _s.Stop < decided ? _s.Stop : stop >= decided ? stop : Never;
        if (_s.Done == 0 && (start, stop) == Window())
        {
            PlanLine();
        }
        else if ((start, stop, Width == 0) != (_s.Start, _s.Stop, _s.Blanked != 0) || (_s.Done < SpecialCycles && Specials() != _s.Specials))
        {
            EnterDisturbed();
            (_s.Start, _s.Stop, _s.Disturbed) = (start, stop, 1);
            UsePlan();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (byte Start, byte Stop) Window() => FetchesPlayfield && Width != 0
        ? ((byte)(34 - (8 * FetchWidth) + ScrollCycles), (byte)(82 + (8 * FetchWidth) + ScrollCycles))
        : (Never, Never);

    // Takes the plan that the state asks for.
    private void UsePlan()
    {
        (_s.Blanked, _s.Specials) = ((byte)(Width == 0 ? 1 : 0), Specials());
        if (_s.Disturbed == 0 && _s.DmaClock == 0)
        {
            int key = PlanKey();
            if (key != _planKey)
            {
                Take(Cached(key), key);
            }
        }
        else
        {
            _s.Disturbed = 1;
            Build(_scratch);
            Take(_scratch, -1);
        }

        Line.Attention = 0;
        WatchFetches();
    }

    private void Take(LinePlan plan, int key)
    {
        (_plan, _planKey) = (plan, key);
        Line.FreeFrom = plan.FreeFrom;
        Line.After = plan.After;
        Line.SampleFrom = plan.SampleFrom;
    }

    // Whether nothing of the clock's past comes out again. A character's row fetched in cycle 0 does not count: the line buffer's
    // counters are cleared after it, and it is not seen.
    private bool IsClockQuiet()
    {
        if (_s.DmaClock == 0)
        {
            return true;
        }

        int rate = LineMode.Rate;
        int before = ModeBefore.Rate;
        int stages = 3 | ((1 << rate) - 1) | (before == 0 ? 0 : 1 << (before - 1));
        return (_s.DmaClock & stages) == 0;
    }

    private LinePlan Cached(int key)
    {
        if (!_plans.TryGet(key, out var plan))
        {
            plan = _plans.Add(key);
            Build(plan);
        }

        return plan;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlanKey() =>
        (IsDisplayLine ? (_s.Instruction & 15) | 0x10 : 0)
        | (_s.LoadsLine << 5)
        | (_s.Blanked << 6)
        | (_s.Specials << 8)
        | (_s.Phantom << 16)
        | (_s.Start << 20);

    // The special cycles that are DMA: bit n is cycle n.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Specials()
    {
        if (!IsDisplayLine)
        {
            return 0;
        }

        int specials = _s.FetchesInstruction != 0 ? 0x02 : 0;
        specials |= _s.FetchesInstruction != 0 && HasOperand ? 0xC0 : 0;
        specials |= MissileDma ? 0x01 : 0;
        return (byte)(specials | ((_s.Dmactl & 0x08) != 0 ? 0x3C : 0));
    }

    // GTIA finds players by HALT: the missiles' cycle is the first in a line with HALT low, players follow from the second
    // cycle after it, whether ANTIC fetches them or not. 0: nowhere to be seen; else the first player's cycle.
    private byte Phantoms()
    {
        if (!IsDisplayLine || (_s.Dmactl & 0x08) != 0 || !_gtia.TakesPlayers)
        {
            return 0;
        }

        return MissileDma ? (byte)2 : _s.FetchesInstruction != 0 ? (byte)3 : (byte)0;
    }

    private bool MissileDma => (_s.Dmactl & 0x0C) != 0 || _s.LateMissiles != 0;

    private void Build(LinePlan plan)
    {
        var cycles = plan.Cycles;
        Array.Clear(cycles);
        plan.ClockAfter = PlanPlayfield(cycles);
        for (int cycle = 0; cycle < SpecialCycles; cycle++)
        {
            cycles[cycle] |= (_s.Specials & (1 << cycle)) != 0 ? AnticCycle.Special : AnticCycle.None;
        }

        for (int player = 0; player < 4 && _s.Phantom != 0; player++)
        {
            cycles[_s.Phantom + player] |= AnticCycle.Phantom;
        }

        PlanRefresh(cycles);
        plan.Finish(_s.Disturbed == 0);
    }

    // Returns the clock's last eight cycles.
    private byte PlanPlayfield(AnticCycle[] cycles)
    {
        int clock = _s.DmaClock;
        for (int cycle = 0; cycle < Scanline.Cycles; cycle++)
        {
            ref readonly var mode = ref (cycle == 0 ? ref ModeBefore : ref LineMode);
            bool fires = mode.Rate != 0 && (cycle == _s.Start || ((clock >> (mode.Rate - 1)) & 1) != 0) && cycle != _s.Stop;
            clock = (clock << 1) | (fires ? 1 : 0);
            mode = ref (cycle < 2 ? ref ModeBefore : ref LineMode);
            if (mode.Rate != 0)
            {
                cycles[cycle] = Playfield(in mode, clock, cycle);
            }
        }

        return (byte)clock;
    }

    private AnticCycle Playfield(in AnticMode mode, int clock, int cycle)
    {
        bool loads = cycle < 2 ? _s.LoadedBefore != 0 : _s.LoadsLine != 0;
        var what = AnticCycle.None;
        if (mode.IsText)
        {
            what |= (clock & 1) != 0 && (loads || cycle >= RowEndCycle) ? AnticCycle.Load : AnticCycle.None;
            what |= (clock & (1 << CharacterDelay)) != 0 ? AnticCycle.Character : AnticCycle.None;
        }
        else if ((clock & (1 << BitmapDelay)) != 0)
        {
            what = AnticCycle.Show | (loads || cycle >= RowEndCycle ? AnticCycle.Load : AnticCycle.None);
        }

        bool withoutDma = _s.Blanked != 0 || cycle is 0 or > LastFetchCycle;
        what |= withoutDma && (what & (AnticCycle.Load | AnticCycle.Character)) != 0 ? AnticCycle.Virtual : AnticCycle.None;
        return what | ((clock & 0x555) != 0 ? AnticCycle.Step : AnticCycle.None);
    }

    // Nine requests, four cycles apart. One that finds its cycle taken waits, and is lost when the next one comes.
    private static void PlanRefresh(AnticCycle[] cycles)
    {
        bool pending = false;
        for (int cycle = FirstRefresh; cycle <= LastFetchCycle + 1; cycle++)
        {
            pending |= cycle <= LastRefresh && (cycle - FirstRefresh) % 4 == 0;
            if (pending && !LinePlan.IsTaken(cycles[cycle]))
            {
                cycles[cycle] |= AnticCycle.Refresh;
                pending = false;
            }
        }
    }

    // The mode whose playfield a line shows; none outside the display.
    private ref readonly AnticMode LineMode => ref _modes[IsDisplayLine ? _s.Instruction & 15 : 0];

    private ref readonly AnticMode ModeBefore => ref _modes[_s.ModeBefore];

    // The pages of this line alone: a program that writes elsewhere, be it on the screen, need not wait for ANTIC.
    private void WatchFetches()
    {
        // Most lines fetch from where the line before did.
        ulong asked = _s.FetchesInstruction != 0 ? NothingAsked : WatchKey();
        if (asked == _watched && asked != NothingAsked)
        {
            return;
        }

        WatchNothing();
        if (IsDisplayLine)
        {
            WatchInstruction();
            WatchObjects();
        }

        WatchPlayfield();
        _watched = asked;
    }

    private const ulong NothingAsked = ulong.MaxValue;

    // What determines the watched pages of a line that fetches no instruction, as it was when they were marked.
    private ulong _watched = NothingAsked;

    private ulong WatchKey() => _s.MemoryScan
        | ((ulong)_s.Pmbase << 16)
        | ((ulong)_s.Chbase << 24)
        | ((ulong)_s.Dmactl << 32)
        | ((ulong)(_s.Instruction & 15) << 40)
        | (MissileDma ? 1UL << 44 : 0)
        | (_plan.LastFetch != 0 ? 1UL << 45 : 0)
        | (IsDisplayLine ? 1UL << 46 : 0);

    // The instruction's operand, and the playfield to which it will lead.
    private void WatchInstruction()
    {
        if (_s.FetchesInstruction == 0 || !HasOperand || _s.Done >= SpecialCycles)
        {
            return;
        }

        ushort second = (ushort)((_s.DisplayList & 0xFC00) | ((_s.DisplayList + 1) & 0x03FF));
        Watch(_s.DisplayList);
        Watch(second);
        WatchScan((ushort)(_memory.AnticRead(_s.DisplayList) | (_memory.AnticRead(second) << 8)));
    }

    private void WatchObjects()
    {
        if (!MissileDma)
        {
            return;
        }

        bool singleLine = (_s.Dmactl & 0x10) != 0;
        int first = singleLine ? (_s.Pmbase & 0xF8) + 3 : (_s.Pmbase & 0xFC) + 1;
        int pages = (_s.Dmactl & 0x08) == 0 ? 1 : singleLine ? 5 : 3;
        for (int page = first; page < first + pages; page++)
        {
            WatchedPages[page & 0xFF] = 1;
        }
    }

    private void WatchNothing()
    {
        ref byte flags = ref MemoryMarshal.GetArrayDataReference(WatchedPages);
        for (nuint page = 0; page < 256; page += (nuint)Vector256<byte>.Count)
        {
            Vector256<byte>.Zero.StoreUnsafe(ref flags, page);
        }

        _watched = NothingAsked;
    }

    private void WatchScan(ushort address)
    {
        Watch(address);
        Watch((ushort)((address & 0xF000) | ((address + 64) & 0x0FFF)));
    }

    private void WatchPlayfield()
    {
        if (_plan.LastFetch == 0)
        {
            return;
        }

        WatchScan(_s.MemoryScan);
        if (Mode.IsText)
        {
            for (int page = 0; page < 4; page++)
            {
                Watch((ushort)(((_s.Chbase & 0xFC) + page) << 8));
            }
        }
    }
}
