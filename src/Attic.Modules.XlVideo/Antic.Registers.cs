using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Time;

namespace Attic.Modules.XlVideo;

/// <content>Registers at $D400.</content>
internal sealed partial class Antic
{
    /// <inheritdoc/>
    public byte Read(ushort address, MasterCycles at)
    {
        CatchUpTo(CycleOf(at));
        return Peek(address, at);
    }

    /// <inheritdoc/>
    public byte Peek(ushort address, MasterCycles at) => (address & 15) switch
    {
        0xB => VerticalCount(CycleOf(at)),
        0xC => _s.Penh,
        0xD => _s.Penv,
        0xF => (byte)(_s.Nmist | 0x1F),
        _ => 0xFF,
    };

    /// <inheritdoc/>
    public void Write(ushort address, byte value, MasterCycles at)
    {
        int cycle = CycleOf(at);
        CatchUpTo(cycle);
        switch (address & 15)
        {
            case 0x0:
                PublishTo(2 * cycle);
                SetDmaControl((byte)(value & 0x3F), cycle);
                break;
            case 0x1:
                _s.Chactl = (byte)(value & 7);
                break;
            case 0x2:
                _s.DisplayList = (ushort)((_s.DisplayList & 0xFF00) | value);
                break;
            case 0x3:
                _s.DisplayList = (ushort)((_s.DisplayList & 0x00FF) | (value << 8));
                break;
            case 0x4:
                PublishTo(2 * cycle);
                _s.Hscrol = (byte)(value & 15);
                Replan();
                break;
            case 0x5:
                _s.Vscrol = (byte)(value & 15);
                break;
            case 0x7:
                _s.Pmbase = (byte)(value & 0xFC);
                break;
            case 0x9:
                // Seen two cycles later, if the bus has no say in what is fetched in between.
                CatchUpTo(Math.Min(cycle + 2, _plan.SampleFrom[cycle]));
                _s.Chbase = (byte)(value & 0xFE);
                WatchPlayfield();
                break;
            case 0xA:
                Wait(_s.LineStart + cycle);
                break;
            case 0xE:
                _s.Nmien = (byte)(value & 0xC0);
                break;
            case 0xF:
                _s.Nmist = 0;
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        Add("DMACTL", _s.Dmactl);
        Add("CHACTL", _s.Chactl);
        Add("DLIST", _s.DisplayList, 16);
        Add("HSCROL", _s.Hscrol);
        Add("VSCROL", _s.Vscrol);
        Add("PMBASE", _s.Pmbase);
        Add("CHBASE", _s.Chbase);
        Add("NMIEN", _s.Nmien);
        Add("NMIST", _s.Nmist);
        Add("PENH", _s.Penh);
        Add("PENV", _s.Penv);
        Add("IR", _s.Instruction);
        Add("ROW", _s.Row);
        Add("MEMSCAN", _s.MemoryScan, 16);
        Add("LINE", (ulong)_s.Line, 16);

        void Add(string name, ulong value, int bits = 8) => registers.Add(new(Name, name, value, bits));
    }

    private void SetDmaControl(byte value, int cycle)
    {
        if (cycle == Scanline.Cycles - 1 && (_s.Dmactl & 0x0C) != 0 && (value & 0x0C) == 0)
        {
            _s.LateMissiles = 1;
        }

        _s.Dmactl = value;
        Replan();
    }

    // Steps in cycle 111; after the last line the step is seen for one cycle before the count is cleared.
    private byte VerticalCount(int cycle)
    {
        int line = cycle >= 111 ? _s.Line + 1 : _s.Line;
        if (line == _lines)
        {
            line = cycle == 111 ? line : 0;
        }

        return (byte)(line >> 1);
    }

    // A write to WSYNC waits to hold the processor from a cycle on, or (-1) none does.
    private void SetWait(long cycle)
    {
        _s.WsyncAt = cycle;
        Line.HoldFrom = cycle < 0 ? long.MaxValue : cycle + HoldDelay;
    }

    /// <inheritdoc cref="IXlVideo.Release"/>
    public int Release()
    {
        bool thisLine = IsReleasedThisLine(_s.WsyncAt);
        SetWait(-1);
        return thisLine ? ReleaseCycle : ReleaseCycle + Scanline.Cycles;
    }

    // RDY falls two cycles after the write, so one more access is made and the next is repeated until RDY has risen, in
    // cycle 105. A second write while one is pending (INC WSYNC) counts only if the line's release has passed since.
    private void Wait(long cycle)
    {
        if (_s.WsyncAt < 0 || (IsReleasedThisLine(_s.WsyncAt) && !IsReleasedThisLine(cycle)))
        {
            SetWait(cycle);
        }
    }

    private bool IsReleasedThisLine(long written) => written - _s.LineStart < LastWait;

    private const int HoldDelay = 3;
    private const int LastWait = 104;
    private const int ReleaseCycle = 106;
}
