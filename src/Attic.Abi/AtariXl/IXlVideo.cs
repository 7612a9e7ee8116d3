using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;


namespace Attic.Abi.AtariXl;

/// <summary>The seam between the XL's board and its video chips beyond wires.</summary>
public interface IXlVideo
{
    /// <summary>ANTIC, its registers at $D400–$D4FF.</summary>
    IByteDevice AnticRegisters { get; }

    /// <summary>GTIA, its registers at $D000–$D0FF.</summary>
    IByteDevice GtiaRegisters { get; }

    /// <summary>The two chips in the order in which they are synchronised.</summary>
    IReadOnlyList<IChip> Chips { get; }

    /// <summary>The line being drawn.</summary>
    Scanline Line { get; }

    /// <summary>The last completed picture.</summary>
    VideoFrame Frame { get; }

    /// <summary>Pictures completed since power-on.</summary>
    long FrameNumber { get; set; }

    /// <summary>ANTIC's display list counter: between two pictures the address at which the list begins.</summary>
    ushort DisplayList { get; }

    /// <summary>DMACTL: bits 0–1 are the playfield's width.</summary>
    byte DmaControl { get; }

    /// <summary>Ends the line: draws what is left of it and plans the next, whose cycle 0 follows.</summary>
    void EndLine();

    /// <summary>
    /// Memory pages whose content the line still has to fetch: before the processor writes into one, video must catch up
    /// to that cycle. One flag a page.
    /// </summary>
    byte[] WatchedPages { get; }

    /// <summary>Does what ANTIC does in the cycles of this line before <paramref name="cycle"/>.</summary>
    void CatchUpTo(int cycle);

    /// <summary>The processor is held: RDY rises at the cycle of this line that is returned (114 and more: of the next).</summary>
    int Release();

    /// <summary>Console keys held, bits 0–2: START, SELECT, OPTION.</summary>
    void SetConsoleKeys(byte held);

    /// <summary>
    /// Points a light pen in joystick port 1 at the picture: when the beam has passed it, ANTIC takes its position into PENH and PENV,
    /// and trigger 1 gets a pulse that only its latch notices.
    /// </summary>
    /// <param name="clock">The colour clock, 0 to 227; the standard picture has 48 to 207.</param>
    /// <param name="line">The line, 8 to 247; -1 when the pen sees no light.</param>
    void SetPen(int clock, int line);

    /// <summary>Joystick triggers held, bits 0–3; bit 3 is the cartridge's sense line on an XL.</summary>
    void SetTriggers(byte held);
}

/// <summary>The chip through which the board finds <see cref="IXlVideo"/>.</summary>
public interface IXlVideoChip
{
    /// <summary>Both chips together.</summary>
    IXlVideo Video { get; }
}

/// <summary>The XL's NMI and IRQ inputs with the moments at which they changed, as the processor's polling needs them.</summary>
public sealed class XlInterrupts
{
    /// <summary>The machine cycle from which a latched NMI edge counts; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NmiSince = long.MaxValue;

    /// <summary>The machine cycle since which IRQ has been low; <see cref="long.MaxValue"/> while it is high.</summary>
    public long IrqSince = long.MaxValue;

    /// <summary>Whether RDY made the processor repeat its last read, and whether IRQ was low at its first attempt.</summary>
    public InterruptInputs Repeated;
}
