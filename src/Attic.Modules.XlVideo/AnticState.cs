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

    /// <summary>The colour clocks of this line that GTIA has been given.</summary>
    public int Published;

    /// <summary>Where a light pen sees the beam: line, or -1, and colour clock.</summary>
    public int PenLine;
    public int PenClock;

    /// <summary>Display list counter: ten bits count, six stay.</summary>
    public ushort DisplayList;

    /// <summary>Memory scan counter: twelve bits count, four stay.</summary>
    public ushort MemoryScan;

    /// <summary>The low byte of an address that a second cycle completes.</summary>
    public ushort Operand;

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

    /// <summary>1 when rows of the line before were loaded in its last cycles.</summary>
    public byte LoadedBefore;

    /// <summary>The mode of the line before, 0 to 15: what the playfield DMA clock started is fetched in it until cycle 1.</summary>
    public byte ModeBefore;

    /// <summary>
    /// When the playfield DMA clock fired in the last eight cycles of the line before: bit 0 is its cycle 113, bit 7 cycle 106.
    /// </summary>
    public byte DmaClock;

    /// <summary>1 once the line's playfield is fetched cycle by cycle, because its DMA clock or its width was disturbed.</summary>
    public byte Disturbed;

    /// <summary>1 when the line's plan is made for a width of 0: all playfield cycles go without DMA.</summary>
    public byte Blanked;

    /// <summary>Which of the cycles 0 to 7 are DMA, as planned.</summary>
    public byte Specials;

    /// <summary>The cycle in which GTIA takes what the bus carries for player 0; 0 if it doesn't.</summary>
    public byte Phantom;

    /// <summary>1 when missiles are fetched once more: DMA was switched off in cycle 113, which is too late.</summary>
    public byte LateMissiles;

    /// <summary>1 when the line shows playfield.</summary>
    public byte Shows;

    /// <summary>Display shifter of a disturbed line.</summary>
    public byte Shifter;

    /// <summary>The last byte that was shown, and the name it belongs to.</summary>
    public byte Shown;
    public byte ShownName;

    /// <summary>The cycle in which it was fetched; 255 if none on this line.</summary>
    public byte ShownAt;

    /// <summary>1 when this line fetches an instruction.</summary>
    public byte FetchesInstruction;

    /// <summary>Where the next byte goes in the line buffer.</summary>
    public byte LoadIndex;

    /// <summary>Which byte of the line buffer the next character is.</summary>
    public byte TextIndex;

    /// <summary>The byte last seen on the data bus.</summary>
    public byte Bus;

    public LineBuffer Buffer;
}

/// <summary>ANTIC's line buffer: 48 bytes.</summary>
[InlineArray(48)]
internal struct LineBuffer
{
    private byte _first;
}
