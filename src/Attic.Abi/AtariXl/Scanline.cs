namespace Attic.Abi.AtariXl;

/// <summary>
/// The present scan line as the processor sees it: 114 machine cycles, some of them ANTIC's. The board hands cycles out
/// to the processor; ANTIC says which are free. Shared by both, so that a cycle costs two loads and a comparison.
/// </summary>
public sealed class Scanline
{
    private int _attention;
    private int _interruptsFrom;
    private int _sampledFrom;

    /// <summary>Machine cycles of a line; 228 colour clocks.</summary>
    public const int Cycles = 114;

    /// <summary>Master cycles (hi-res pixels) of a machine cycle.</summary>
    public const int MasterPerCycle = 4;

    /// <summary>The machine cycle, since power-on, at which the line began.</summary>
    public long Start;

    /// <summary>The cycle to hand out next, 0 to 114 (the line is over).</summary>
    public int Next;

    /// <summary>
    /// The cycle after the processor's last but one: up to then it had seen its interrupt inputs when it made its last
    /// access. While DMA has the bus the processor stands still and sees nothing.
    /// </summary>
    public int Latched;

    /// <summary>Before handing out this cycle or a later one, the board must look for what is due; at most 114.</summary>
    public int Attention
    {
        get => _attention;
        set => (_attention, QuietUntil) = (value, Math.Min(Math.Min(value, _interruptsFrom), _sampledFrom));
    }

    /// <summary>
    /// An interrupt input is active, or RDY has made the processor repeat its last read, once <see cref="Latched"/> has
    /// reached this; above 114 when there is nothing to see.
    /// </summary>
    public int InterruptsFrom
    {
        get => _interruptsFrom;
        set => (_interruptsFrom, QuietUntil) = (value, Math.Min(Math.Min(_attention, value), _sampledFrom));
    }

    /// <summary>From this cycle on the processor's accesses leave their bytes in <see cref="Bus"/>, at most 114.</summary>
    public int SampledFrom
    {
        get => _sampledFrom;
        set => (_sampledFrom, QuietUntil) = (value, Math.Min(Math.Min(_attention, _interruptsFrom), value));
    }

    /// <summary>
    /// The nearest of <see cref="Attention"/>, <see cref="InterruptsFrom"/> and <see cref="SampledFrom"/>: cycles before it may pass
    /// many at a time.
    /// </summary>
    public int QuietUntil { get; private set; }

    /// <summary>
    /// The machine cycle, since power-on, from which RDY is low after a write to WSYNC; <see cref="long.MaxValue"/> when none is
    /// pending. A read in the cycle before is repeated until RDY rises.
    /// </summary>
    public long HoldFrom = long.MaxValue;

    /// <summary>For each cycle the first one from there on that DMA leaves to the processor, 114 when there is none.</summary>
    public byte[] FreeFrom = new byte[Cycles + 1];

    /// <summary>
    /// Where several of the processor's cycles lead: the cycle to hand out next after <c>n</c> of them, beginning at cycle
    /// <c>c</c>, lies at <c>(n &lt;&lt; 7) + c</c>; 255 when they don't fit into the line.
    /// </summary>
    public byte[] After = new byte[AfterLength];

    /// <summary>Length of <see cref="After"/>: up to eight cycles.</summary>
    public const int AfterLength = 9 << 7;

    /// <summary>
    /// For each cycle the first one from there on whose data bus the video chips want to see when it is the processor's, 114 when
    /// there is none.
    /// </summary>
    public byte[] SampleFrom = new byte[Cycles + 1];

    /// <summary>
    /// What the processor's access put on the data bus in each cycle of <see cref="SampleFrom"/>; other cycles say nothing. The board
    /// writes it, the video chips read it when they get there.
    /// </summary>
    /// <remarks>It stays where it is, so that a bus may keep its address.</remarks>
    public byte[] Bus { get; } = GC.AllocateArray<byte>(Cycles + 1, pinned: true);
}
