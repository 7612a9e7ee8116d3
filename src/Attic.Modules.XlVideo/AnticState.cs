using System.Runtime.CompilerServices;

namespace Attic.Modules.XlVideo;

/// <summary>ANTIC's registers, counters and latches.</summary>
internal struct AnticState
{
    /// <summary>The machine cycle at which the present line began.</summary>
    public long LineStart;

    /// <summary>Pictures completed.</summary>
    public long FrameNumber;

    /// <summary>The machine cycle of a write to WSYNC that has yet to hold the processor; -1 when there is none.</summary>
    public long WsyncAt;

    /// <summary>The scan line, 0 to 261 or 311.</summary>
    public int Line;

    /// <summary>Cycles of this line that are done.</summary>
    public int Done;

    /// <summary>Display list counter: ten bits count, six stay.</summary>
    public ushort DisplayList;

    /// <summary>Memory scan counter: twelve bits count, four stay.</summary>
    public ushort MemoryScan;

    /// <summary>The cycle in which playfield DMA starts, or started, on this line; 255 if it doesn't.</summary>
    public byte Start;

    /// <summary>The cycle in which it stops, or stopped; 255 if it doesn't.</summary>
    public byte Stop;

    public byte Dmactl;
    public byte Chactl;
    public byte Hscrol;
    public byte Vscrol;
    public byte Pmbase;
    public byte Chbase;
    public byte Nmien;
    public byte Nmist;

    /// <summary>NMIEN in cycle 6: a later write can still enable an interrupt, but not disable it.</summary>
    public byte EnabledInTime;

    public byte Penh;
    public byte Penv;

    /// <summary>Instruction register.</summary>
    public byte Instruction;

    /// <summary>1 when the instruction is a mode line with the vertical scroll bit.</summary>
    public byte Scrolls;

    /// <summary>The same of the instruction before it: a region begins and ends where they differ.</summary>
    public byte ScrolledBefore;

    /// <summary>Row counter of the mode line, 0 to 15.</summary>
    public byte Row;

    /// <summary>VSCROL as latched in cycle 5 for the interrupt and in cycle 109 for the row counter: it ends a scrolled region.</summary>
    public byte LatchedVscrol;

    /// <summary>1 when the mode line has ended and the next line fetches an instruction.</summary>
    public byte NextInstructionDue;

    /// <summary>1 while a JVB waits for the vertical blank.</summary>
    public byte WaitingForBlank;

    /// <summary>1 in the first scan line of a mode line: names and bitmap bytes are loaded.</summary>
    public byte LoadsLine;

    /// <summary>
    /// The bits that flew around the eight stages of the playfield DMA clock when the line began, bit n for cycles ≡ n mod 8.
    /// </summary>
    public byte DmaClock;

    /// <summary>The same at the line's end, as planned.</summary>
    public byte DmaClockAfter;

    /// <summary>1 when this line fetches an instruction.</summary>
    public byte FetchesInstruction;

    /// <summary>Where the next byte goes in the line buffer.</summary>
    public byte LoadIndex;

    /// <summary>Which byte of the line buffer the next character is.</summary>
    public byte TextIndex;

    /// <summary>The byte last seen on the data bus.</summary>
    public byte Bus;

    /// <summary>1 when GTIA's trigger inputs latched the light pen in this frame.</summary>
    public byte PenLatched;

    /// <summary>The low byte of an address that a second cycle completes.</summary>
    public byte Operand;

    public LineBuffer Buffer;

    public byte Spare0;
    public ushort Spare1;
    public uint Spare2;
}

/// <summary>ANTIC's line buffer: 48 bytes.</summary>
[InlineArray(48)]
internal struct LineBuffer
{
    private byte _first;
}
