using System.Runtime.CompilerServices;
using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;
using Attic.Modules.XlMachine.Cartridges;

namespace Attic.Modules.XlMachine;

/// <summary>
/// The board of a 600XL/800XL/130XE: hands cycles to the processor, decodes addresses, collects interrupts.
/// </summary>
/// <remarks>
/// Address map: $D000 GTIA, $D100 parallel bus (open), $D200 POKEY, $D300 PIA, $D400 ANTIC, $D500 cartridge control,
/// $D600–$D7FF open. An open address reads 0xFF.
/// </remarks>
internal sealed class XlBoard : IStateful, IWireSink
{
    private readonly DeadlineSlots _deadlines;
    private readonly CartridgeSlot _slot;
    private IXlVideo _video = null!;
    private IByteDevice _antic = null!;
    private IByteDevice _gtia = null!;
    private IByteDevice _pokey = null!;
    private IByteDevice _pia = null!;

    public XlBoard(PagedMemory memory, XlInterrupts interrupts, DeadlineSlots deadlines, Wire irq, CartridgeSlot slot)
    {
        (Memory, Interrupts, _deadlines, _slot) = (memory, interrupts, deadlines, slot);
        irq.Connect(this);
    }

    public PagedMemory Memory { get; }

    public XlInterrupts Interrupts { get; }

    public Scanline Line { get; private set; } = new();

    public byte[] WatchedPages { get; private set; } = [];

    /// <summary>Whether RDY made the processor repeat its last read.</summary>
    public bool IsRepeated => Interrupts.Repeated != InterruptInputs.None;

    /// <summary>Tells when the picture that is being waited for is complete: the processor's run loop looks at it.</summary>
    public bool Stop;

    /// <summary>Whether the picture that is being waited for is complete.</summary>
    public bool FrameIsComplete => _stopFrame == long.MaxValue;

    /// <summary>The fast path of the operating system's SIO, if there is one.</summary>
    public FastSio? FastSio { get; set; }

    private long _stopFrame = long.MaxValue;

    public MasterCycles Now => new((Line.Start + Line.Next) * Scanline.MasterPerCycle);

    public void Plug(IXlVideo video, IByteDevice pokey, IByteDevice pia)
    {
        (_video, Line, _pokey, _pia) = (video, video.Line, pokey, pia);
        (_antic, _gtia, WatchedPages) = (video.AnticRegisters, video.GtiaRegisters, video.WatchedPages);
    }

    /// <summary>Runs until the picture after the present one is complete.</summary>
    public void StopAfterFrame() => (Stop, _stopFrame) = (false, _video.FrameNumber);

    /// <summary>A read in a cycle that needs attention.</summary>
    /// <param name="address">Where.</param>
    /// <param name="corrected">Where RDY makes the processor repeat it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte ReadAttentively(ushort address, ushort corrected)
    {
        int cycle = Attend(corrected);
        address = IsRepeated ? corrected : address;
        int page = Memory.ProcessorReads[address >> 8];
        byte value = page >= 0 ? Memory.Bytes[page + (byte)address] : ReadDevice(address);
        Line.Bus[cycle] = value;
        return value;
    }

    /// <summary>A write in a cycle that needs attention.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteAttentively(ushort address, byte value)
    {
        int cycle = Attend(Writing);
        int page = Memory.ProcessorWrites[address >> 8];
        if (page >= 0 && WatchedPages[address >> 8] == 0)
        {
            Memory.Bytes[page + (byte)address] = value;
        }
        else
        {
            WriteSlowly(address, value);
        }

        Line.Bus[cycle] = value;
    }

    private const int LastLooks = 100;

    // In place of an address that is read.
    private const int Writing = -1;

    // Takes the processor's next cycle the long way: ends lines, lets chips act whose deadline has come, holds the processor
    // after WSYNC. RDY holds reads only, by repeating them: a write has no address here.
    private int Attend(int reading)
    {
        var line = Line;
        Interrupts.Repeated = InterruptInputs.None;
        while (true)
        {
            int cycle = line.FreeFrom[line.Next];
            var now = new MasterCycles((line.Start + cycle) * Scanline.MasterPerCycle);
            if (_deadlines.Next <= now)
            {
                _deadlines.Dispatch(_deadlines.Next);
            }
            else if (cycle == Scanline.Cycles)
            {
                EndLine();
            }
            else if (line.Start + cycle + 1 >= line.HoldFrom && reading != Writing)
            {
                Hold(line, cycle, (ushort)reading);
            }
            else
            {
                AwaitInterrupts();
                line.Latched = line.Next;
                line.Next = cycle + 1;
                LookAhead(line);
                return cycle;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte ReadDevice(ushort address)
    {
        var at = Present();
        byte value = (address >> 8) switch
        {
            0xD0 => _gtia.Read(address, at),
            0xD2 => _pokey.Read(address, at),
            0xD3 => _pia.Read(address, at),
            0xD4 => _antic.Read(address, at),
            0xD5 => _slot.Read(address),
            >= 0x80 and < 0xC0 => _slot.Touch(address),
            FastSio.Page when FastSio is not null => FastSio.Read(address),
            _ => 0xFF,
        };
        AwaitInterrupts();
        return value;
    }

    /// <summary>The interrupt inputs as latched at the processor's last access but one.</summary>
    public InterruptInputs SampleInterrupts()
    {
        long latched = Line.Start + Line.Latched;
        return (Interrupts.IrqSince <= latched ? InterruptInputs.Irq : InterruptInputs.None)
            | (Interrupts.NmiSince <= latched ? InterruptInputs.Nmi : InterruptInputs.None)
            | Interrupts.Repeated;
    }

    /// <summary>The processor has taken the NMI.</summary>
    public void AcknowledgeNmi()
    {
        Interrupts.NmiSince = long.MaxValue;
        AwaitInterrupts();
    }

    /// <summary>
    /// ANTIC's NMI is a pulse of two cycles: one that begins while the vector of another interrupt is read is over with its
    /// sequence, and lost.
    /// </summary>
    public void HoldNmi()
    {
        if ((SampleInterrupts() & InterruptInputs.Nmi) != 0)
        {
            AcknowledgeNmi();
        }
    }

    /// <summary>What a read would give, without its side effects.</summary>
    public byte Peek(ushort address)
    {
        int page = Memory.ProcessorReads[address >> 8];
        if (page >= 0)
        {
            return Memory.Bytes[page + (byte)address];
        }

        return (address >> 8) switch
        {
            0xD0 => _gtia.Peek(address, Now),
            0xD2 => _pokey.Peek(address, Now),
            0xD3 => _pia.Peek(address, Now),
            0xD4 => _antic.Peek(address, Now),
            0xD5 => _slot.Peek(address),
            >= 0x80 and < 0xC0 => _slot.PeekWindow(address),
            FastSio.Page when FastSio is not null => FastSio.At(address),
            _ => 0xFF,
        };
    }

    /// <summary>Lets ANTIC fetch what it fetches before the present access, out of memory as it is.</summary>
    public void CatchUpVideo()
    {
        if (_video is not null && Line.Next > 0)
        {
            _video.CatchUpTo(Line.Next - 1);
        }
    }

    /// <summary>Lets everything happen whose deadline has come.</summary>
    public void Dispatch()
    {
        _deadlines.Dispatch(Now);
        AwaitInterrupts();
        Line.Attention = 0;
    }

    /// <summary>A write that is not plain RAM: registers, ROM, or a page that video is about to fetch from.</summary>
    public void WriteSlowly(ushort address, byte value)
    {
        int page = Memory.ProcessorWrites[address >> 8];
        if (page >= 0)
        {
            _video.CatchUpTo(Line.Next - 1);
            Memory.Bytes[page + (byte)address] = value;
            return;
        }

        WriteDevice(address, value);
        AwaitInterrupts();
        LookAhead(Line);
    }

    /// <inheritdoc/>
    public void OnWire(Wire wire, bool level, MasterCycles at) =>
        Interrupts.IrqSince = level ? long.MaxValue : at.Count / Scanline.MasterPerCycle;

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("repeated", ref Interrupts.Repeated);
        visitor.Struct("nmi", ref Interrupts.NmiSince);
        visitor.Struct("irq", ref Interrupts.IrqSince);
        visitor.Struct("line", ref Line.Start);
        visitor.Struct("cycle", ref Line.Next);
        Confine();
        AwaitInterrupts();
        Line.Attention = 0;
    }

    // Brings what a loaded state says into the range that the tables have.
    private void Confine()
    {
        Line.Next = Math.Clamp(Line.Next, 0, Scanline.Cycles);
        Line.Latched = Line.Next;
    }

    // Lets the processor ask for its interrupt inputs only when they say something.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AwaitInterrupts()
    {
        long since = Math.Min(Interrupts.IrqSince, Interrupts.NmiSince) - Line.Start;
        Line.InterruptsFrom = IsRepeated ? 0 : (int)Math.Clamp(since, 0, Scanline.Cycles + 1);
    }

    private void WriteDevice(ushort address, byte value)
    {
        var at = Present();
        switch (address >> 8)
        {
            case 0xD0:
                _gtia.Write(address, value, at);
                break;
            case 0xD2:
                _pokey.Write(address, value, at);
                break;
            case 0xD3:
                _pia.Write(address, value, at);
                break;
            case 0xD4:
                _antic.Write(address, value, at);
                break;
            case 0xD5:
                _slot.Write(address, value);
                break;
            case >= 0x80 and < 0xC0:
                _slot.WriteWindow(address, value);
                break;
            default:
                break;
        }
    }

    // The read is repeated; its last repetition is in the cycle before RDY has risen.
    private void Hold(Scanline line, int cycle, ushort address)
    {
        int last = _video.Release() - 1;
        if (last <= cycle)
        {
            return;
        }

        bool irq = Interrupts.IrqSince <= line.Start + cycle;
        Interrupts.Repeated = InterruptInputs.Repeated | (irq ? InterruptInputs.IrqAtFirst : InterruptInputs.None);
        if (last >= Scanline.Cycles)
        {
            last -= Scanline.Cycles;
            Repeat(line, cycle, Scanline.Cycles, address);
            line.Next = Scanline.Cycles;
            _deadlines.Dispatch(Now);
            EndLine();
            cycle = 0;
        }

        Repeat(line, cycle, last, address);
        line.Next = last;
    }

    // While the processor is held, its read is on the bus.
    private void Repeat(Scanline line, int from, int to, ushort address)
    {
        for (int cycle = line.SampleFrom[from]; cycle < to; cycle = line.SampleFrom[cycle + 1])
        {
            line.Bus[cycle] = Peek(address);
        }
    }

    private void EndLine()
    {
        _video.EndLine();
        if (_video.FrameNumber > _stopFrame)
        {
            (Stop, _stopFrame) = (true, long.MaxValue);
        }
    }

    // The cycle of the access under way.
    private MasterCycles Present() => new((Line.Start + Line.Next - 1) * Scanline.MasterPerCycle);

    // Finds the next cycle that needs attention. After a cycle in which the bus is looked at comes another look; but none in the last
    // cycles of a line, where the playfield looks at every second one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LookAhead(Scanline line)
    {
        if (line.HoldFrom != long.MaxValue || IsRepeated)
        {
            line.Attention = 0;
            return;
        }

        long due = (_deadlines.Next.Count / Scanline.MasterPerCycle) - line.Start;
        int sampled = line.SampleFrom[line.Next];
        line.SampledFrom = sampled;
        line.Attention = (int)Math.Clamp(due, 0, sampled < LastLooks ? sampled + 1 : Scanline.Cycles);
    }
}
