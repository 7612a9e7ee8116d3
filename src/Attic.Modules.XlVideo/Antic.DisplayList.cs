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
        (_s.LoadIndex, _s.TextIndex) = (0, 0);
        if ((_s.Dmactl & 0x20) != 0)
        {
            _s.Instruction = _memory.AnticRead(_s.DisplayList);
            Watch(_s.DisplayList);
            StepDisplayList();
            _s.FetchesInstruction = 1;
        }

        _s.ScrolledBefore = _s.Scrolls;
        _s.Scrolls = (byte)((_s.Instruction & 15) > Jump && (_s.Instruction & VerticalScroll) != 0 ? 1 : 0);
        _s.Row = (byte)(_s.Scrolls != 0 && _s.ScrolledBefore == 0 ? _s.Vscrol : 0);
        if ((_s.Instruction & 15) <= Jump)
        {
            // Blank lines and jumps stop the DMA clock.
            _s.DmaClock = 0;
        }

        if ((_s.Instruction & (15 | LoadMemoryScan)) == (Jump | LoadMemoryScan) && _s.FetchesInstruction != 0)
        {
            _s.WaitingForBlank = 1;
        }
    }

    // At the end of a line.
    private void AdvanceRow()
    {
        if (!IsDisplayLine)
        {
            return;
        }

        _s.LoadsLine = 0;
        (_s.LoadIndex, _s.TextIndex) = (0, 0);
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
            switch (cycle)
            {
                case 0:
                    FetchMissiles();
                    break;
                case >= 2 and <= 4:
                    FetchPlayer(cycle - 2);
                    break;
                case 5:
                    // The last moment at which VSCROL can move a region's end under the interrupt (Acid800, VSCROL+NMI timing).
                    FetchPlayer(3);
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
                    break;
                default:
                    break;
            }
        }
    }

    private void FetchLowAddress()
    {
        if (_s.FetchesInstruction != 0 && HasOperand)
        {
            _s.Operand = FetchOperand();
        }
    }

    private void FetchHighAddress()
    {
        if (_s.FetchesInstruction != 0 && HasOperand)
        {
            ushort address = (ushort)(_s.Operand | (FetchOperand() << 8));
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

    private byte FetchOperand()
    {
        byte value = _memory.AnticRead(_s.DisplayList);
        StepDisplayList();
        return value;
    }

    private void StepDisplayList() =>
        _s.DisplayList = (ushort)((_s.DisplayList & 0xFC00) | ((_s.DisplayList + 1) & 0x03FF));

    // Player DMA includes the missiles.
    private void FetchMissiles()
    {
        if (IsDisplayLine && (_s.Dmactl & 0x0C) != 0)
        {
            _gtia.LoadMissiles(_memory.AnticRead(PlayerAddress(0x180, 0)), _s.Line);
        }
    }

    private void FetchPlayer(int player)
    {
        if (IsDisplayLine && (_s.Dmactl & 0x08) != 0)
        {
            _gtia.LoadPlayer(player, _memory.AnticRead(PlayerAddress(0x200, player)), _s.Line);
        }
    }

    // Half the table, and a line for two, without the single-line bit.
    private ushort PlayerAddress(int table, int player)
    {
        bool singleLine = (_s.Dmactl & 0x10) != 0;
        ushort address = singleLine
            ? (ushort)(((_s.Pmbase & 0xF8) << 8) + (table * 2) + (player << 8) + _s.Line)
            : (ushort)(((_s.Pmbase & 0xFC) << 8) + table + (player << 7) + (_s.Line >> 1));
        Watch(address);
        return address;
    }

    private void Watch(ushort address) => WatchedPages[address >> 8] = 1;
}
