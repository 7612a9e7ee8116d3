using System.Runtime.CompilerServices;

namespace Attic.Modules.XlVideo;

/// <content>The display list: instructions, rows, vertical scrolling, and the special cycles 0 to 7.</content>
internal sealed partial class Antic
{
    private const byte HorizontalScroll = 0x10;
    private const byte VerticalScroll = 0x20;
    private const byte LoadMemoryScan = 0x40;
    private const byte Interrupt = 0x80;
    private const int Jump = 1;

    // The mode line after a scrolled region ends early, at VSCROL.
    private int LastRow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_s.Scrolls == 0 && _s.ScrolledBefore != 0)
            {
                return _s.LatchedVscrol;
            }

            return (_s.Instruction & 15) == 0 ? (_s.Instruction >> 4) & 7 : Mode.Rows - 1;
        }
    }

    private bool IsLastRowWithInterrupt => IsDisplayLine && (_s.Instruction & Interrupt) != 0 && _s.Row == LastRow;

    private bool HasOperand => (_s.Instruction & 15) == Jump || ((_s.Instruction & 15) > Jump && (_s.Instruction & LoadMemoryScan) != 0);

    private void BeginDisplayLine()
    {
        if (_s.NextInstructionDue == 0)
        {
            return;
        }

        (_s.NextInstructionDue, _s.LoadsLine) = (0, 1);
        if ((_s.Dmactl & 0x20) != 0)
        {
            _s.Instruction = _memory.AnticRead((ushort)(_s.DisplayList & PlayfieldAtInstruction()));
            StepDisplayList();
            _s.FetchesInstruction = 1;
        }

        _s.ScrolledBefore = _s.Scrolls;
        _s.Scrolls = (byte)((_s.Instruction & 15) > Jump && (_s.Instruction & VerticalScroll) != 0 ? 1 : 0);
        _s.Row = (byte)(_s.Scrolls != 0 && _s.ScrolledBefore == 0 ? _s.Vscrol : 0);
        if ((_s.Instruction & (15 | LoadMemoryScan)) == (Jump | LoadMemoryScan) && _s.FetchesInstruction != 0)
        {
            _s.WaitingForBlank = 1;
        }
    }

    // At the end of a line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AdvanceRow()
    {
        if (!IsDisplayLine)
        {
            return;
        }

        _s.LoadedBefore = (byte)(_s.LoadsLine != 0 || _s.Row == LastRow ? 1 : 0);
        _s.LoadsLine = 0;
        if (_s.Row != LastRow)
        {
            _s.Row = (byte)((_s.Row + 1) & 15);
        }
        else if (_s.WaitingForBlank != 0)
        {
            // A waiting JVB is a blank line without end, and ends a scrolled region once.
            (_s.Scrolls, _s.ScrolledBefore, _s.Row) = (0, 0, 0);
        }
        else
        {
            _s.NextInstructionDue = 1;
        }
    }

    private void RunSpecialCycles(int from, int to)
    {
        for (int cycle = from; cycle < to; cycle++)
        {
            SeeBus(cycle);
            RunSpecialCycle(cycle);
            if (_s.Phantom != 0 && (uint)(cycle - _s.Phantom) < 4)
            {
                _gtia.LoadPlayer(cycle - _s.Phantom, _s.Bus, _s.Line, cycle);
            }
        }
    }

    // Cycles 0 to 7 at once, as nothing comes between and the playfield's clock is still.
    private void RunRegularSpecials()
    {
        if (IsDisplayLine)
        {
            FetchMissiles();
            _s.Bus = _s.FetchesInstruction != 0 ? _s.Instruction : _s.Bus;
            if ((_s.Dmactl & 0x08) != 0)
            {
                FetchPlayers();
            }

            FetchLowAddress();
            FetchHighAddress();
        }

        _s.LateMissiles = 0;
        _s.LatchedVscrol = _s.Vscrol;
        SetInterruptStatus(clearOther: true);
        _s.EnabledInTime = _s.Nmien;
        (_s.LoadIndex, _s.TextIndex) = (0, 0);
    }

    private void FetchPlayers()
    {
        bool singleLine = (_s.Dmactl & 0x10) != 0;
        int address = singleLine ? ((_s.Pmbase & 0xF8) << 8) + 0x400 + _s.Line : ((_s.Pmbase & 0xFC) << 8) + 0x200 + (_s.Line >> 1);
        int size = singleLine ? 0x100 : 0x80;
        uint players = 0;
        for (int player = 0; player < 4; player++)
        {
            players |= (uint)_memory.AnticRead((ushort)(address + (player * size))) << (8 * player);
        }

        _s.Bus = (byte)(players >> 24);
        _gtia.LoadPlayers(players, _s.Line);
    }

    private void RunSpecialCycle(int cycle)
    {
        switch (cycle)
        {
            case 0:
                FetchMissiles();
                _s.LateMissiles = 0;
                break;
            case 1:
                _s.Bus = _s.FetchesInstruction != 0 ? _s.Instruction : _s.Bus;
                break;
            case >= 2 and <= 4:
                FetchPlayer(cycle);
                break;
            case 5:
                // The last moment at which VSCROL can move a region's end under the interrupt (Acid800, VSCROL+NMI timing).
                FetchPlayer(cycle);
                _s.LatchedVscrol = _s.Vscrol;
                break;
            case 6:
                FetchLowAddress();
                SetInterruptStatus(clearOther: false);
                _s.EnabledInTime = _s.Nmien;
                break;
            case 7:
                FetchHighAddress();
                SetInterruptStatus(clearOther: true);
                (_s.LoadIndex, _s.TextIndex) = (0, 0);
                break;
            default:
                break;
        }
    }

    // What abnormal playfield DMA puts on the address bus in cycle 1, while the instruction is fetched.
    private ushort PlayfieldAtInstruction()
    {
        var mode = ModeBefore;
        if (_s.DmaClock == 0 || mode.Rate == 0)
        {
            return 0xFFFF;
        }

        bool loads = _s.LoadedBefore != 0 && (mode.IsText ? ((_s.DmaClock >> (mode.Rate - 2)) & 1) != 0 : (_s.DmaClock & 1) != 0);
        return loads ? _s.MemoryScan : (ushort)0xFFFF;
    }

    private void FetchLowAddress()
    {
        if (_s.FetchesInstruction != 0 && HasOperand)
        {
            _s.Operand = FetchOperand(6);
        }
    }

    private void FetchHighAddress()
    {
        if (_s.FetchesInstruction != 0 && HasOperand)
        {
            ushort address = (ushort)(_s.Operand | (FetchOperand(7) << 8));
            if ((_s.Instruction & 15) == Jump)
            {
                _s.DisplayList = address;
            }
            else
            {
                _s.MemoryScan = address;
            }

            WatchPlayfield();
        }
    }

    // NMIST shows the reason a cycle before the interrupt, and the other reason goes a cycle after that.
    private void SetInterruptStatus(bool clearOther)
    {
        byte reason = _s.Line == BlankLine ? (byte)0x40 : IsLastRowWithInterrupt ? (byte)0x80 : (byte)0;
        if (reason != 0)
        {
            _s.Nmist = clearOther ? (byte)((_s.Nmist & 0x20) | reason) : (byte)(_s.Nmist | reason);
        }
    }

    private byte FetchOperand(int cycle)
    {
        _s.Bus = _memory.AnticRead(Conflict(cycle, _s.DisplayList));
        StepDisplayList();
        return _s.Bus;
    }

    private void StepDisplayList() =>
        _s.DisplayList = (ushort)((_s.DisplayList & 0xFC00) | ((_s.DisplayList + 1) & 0x03FF));

    // Player DMA includes the missiles. Without either, GTIA takes the first fetch it notices, the instruction, for theirs.
    private void FetchMissiles()
    {
        if (!IsDisplayLine)
        {
            return;
        }

        if (MissileDma)
        {
            _s.Bus = _memory.AnticRead(PlayerAddress(0x180, 0));
            _gtia.LoadMissiles(_s.Bus, _s.Line, 0);
        }
        else if (_s.FetchesInstruction != 0)
        {
            _gtia.LoadMissiles(_s.Instruction, _s.Line, 1);
        }
    }

    private void FetchPlayer(int cycle)
    {
        if (IsDisplayLine && (_s.Dmactl & 0x08) != 0)
        {
            _s.Bus = _memory.AnticRead(Conflict(cycle, PlayerAddress(0x200, cycle - 2)));
            _gtia.LoadPlayer(cycle - 2, _s.Bus, _s.Line, cycle);
        }
    }

    // Half the table, and a line for two, without the single-line bit. The processor's writes there are watched from now on.
    private ushort PlayerAddress(int table, int player)
    {
        bool singleLine = (_s.Dmactl & 0x10) != 0;
        ushort address = singleLine
            ? (ushort)(((_s.Pmbase & 0xF8) << 8) + (table * 2) + (player << 8) + _s.Line)
            : (ushort)(((_s.Pmbase & 0xFC) << 8) + table + (player << 7) + (_s.Line >> 1));
        Watch(address);
        return address;
    }

    private void Watch(ushort address)
    {
        WatchedPages[address >> 8] = 1;
        _watched = NothingAsked;
    }
}
