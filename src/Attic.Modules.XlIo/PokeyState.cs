using System.Runtime.CompilerServices;
using Attic.Abi.Machines;

namespace Attic.Modules.XlIo;

/// <summary>Everything that POKEY remembers. Moments are machine cycles since power-on.</summary>
internal struct PokeyState
{
    /// <summary>All events up to this cycle have happened.</summary>
    public long Now;

    /// <summary>The cycle up to which sound has been made.</summary>
    public long SoundAt;

    /// <summary>When each timer underflows, or underflowed with its borrow still to come; <see cref="Pokey.Never"/> while it stands still.</summary>
    public FourTimes Underflow;

    /// <summary>From when on a reload takes <see cref="Audf"/> and no more <see cref="AudfBefore"/>.</summary>
    public FourTimes AudfSince;

    /// <summary>When timers 1 and 2 begin anew in two-tone mode; <see cref="Pokey.Never"/> when that is not under way.</summary>
    public long Resync;

    /// <summary>When all timers begin anew after STIMER.</summary>
    public long Restart;

    /// <summary>When the serial output's divider steps, a little after its timer's borrow.</summary>
    public long OutTick;

    /// <summary>A tick of the 64 kHz clock, the first since initialisation.</summary>
    public long Slow64;

    /// <summary>A tick of the 15 kHz clock.</summary>
    public long Slow15;

    /// <summary>When the polynomial counters left, or entered, initialisation.</summary>
    public long PolySince;

    /// <summary>Index of the polynomial counters when initialisation took hold: what shifts out.</summary>
    public long PolyHalted;

    /// <summary>The next look of the keyboard scanner that matters.</summary>
    public long KeyTick;

    /// <summary>When POTGO was written.</summary>
    public long PotSince;

    /// <summary>When the byte on the input line began.</summary>
    public long InSince;

    /// <summary>When the byte on the output line began.</summary>
    public long OutSince;

    /// <summary>Keys held, a bit for each scan code.</summary>
    public ulong Keys;

    /// <summary>Where <see cref="SoundAt"/> lies within an output sample, in 2^-64 samples.</summary>
    public ulong SampleFraction;

    /// <summary>What the coupling capacitor holds, the running mean of the output.</summary>
    public long Mean;

    /// <summary>Changes of audible registers so far.</summary>
    public long AudibleChanges;

    /// <summary>Bytes sent and received so far.</summary>
    public long SerialBytes;

    /// <summary>Keys recognised so far.</summary>
    public long KeysSeen;

    /// <summary>Steps still to be added to samples that are not finished.</summary>
    public StepRow Steps;

    /// <summary>The sample under way within <see cref="Steps"/>.</summary>
    public int StepHead;

    /// <summary>The last finished sample before DC removal.</summary>
    public int Integral;

    /// <summary>The output's level.</summary>
    public int Level;

    /// <summary>Machine cycles of a bit on the input line.</summary>
    public int InBitCycles;

    /// <summary>The ten bits on the input line, the first in bit 0.</summary>
    public ushort InLine;

    /// <summary>The bits received so far.</summary>
    public ushort InShift;

    /// <summary>The bits still to be sent, the next in bit 0.</summary>
    public ushort OutShift;

    public FourBytes Counter;
    public FourBytes Audf;
    public FourBytes AudfBefore;
    public FourBytes Audc;

    /// <summary>The channels' noise flip-flops.</summary>
    public FourBytes Output;

    public EightBytes PotLevel;
    public EightBytes PotLatch;

    public byte Audctl;
    public byte Irqen;

    /// <summary>IRQST: 0 is an interrupt.</summary>
    public byte Irqst;
    public byte Skctl;

    /// <summary>Error bits of SKSTAT (7–5): 0 is an error.</summary>
    public byte Errors;
    public byte Kbcode;

    /// <summary>The scanner's state, 0 to 3.</summary>
    public byte KeyState;

    /// <summary>The scan code that the scanner compares.</summary>
    public byte KeyLatch;

    /// <summary>SHIFT (1), CONTROL (2), BREAK (4) held.</summary>
    public byte Modifiers;

    /// <summary>The same as the scanner last saw them.</summary>
    public byte ModifiersSeen;

    /// <summary>High-pass flip-flops, bits 0 and 1.</summary>
    public byte HighPass;

    /// <summary>1 while a pot scan counts.</summary>
    public byte PotScan;

    /// <summary>ALLPOT: 1 while a line is below its threshold.</summary>
    public byte Allpot;
    public byte Serin;
    public byte Serout;

    /// <summary>1 when <see cref="Serout"/> waits for the shift register.</summary>
    public byte SeroutFull;

    /// <summary>Bits still to be sent, the present one included; 0 when idle.</summary>
    public byte OutBits;

    /// <summary>The output clock's divider by two.</summary>
    public byte OutPhase;

    /// <summary>The output line.</summary>
    public byte OutLine;

    /// <summary>Bits received of the byte under way; 0 when idle.</summary>
    public byte InBits;

    /// <summary>The input clock's divider by two.</summary>
    public byte InPhase;

    /// <summary>1 while timers 3 and 4 run for a byte in asynchronous mode.</summary>
    public byte InRunning;

    /// <summary>1 when the speaker in the machine is pulled.</summary>
    public byte Speaker;

    /// <summary>The byte being sent.</summary>
    public byte OutByte;
    public ushort Spare0;
    public uint Spare1;
}

/// <summary>A moment for each channel.</summary>
[InlineArray(4)]
internal struct FourTimes
{
    private long _first;
}

/// <summary>A byte for each channel.</summary>
[InlineArray(4)]
internal struct FourBytes
{
    private byte _first;
}

/// <summary>A byte for each pot.</summary>
[InlineArray(8)]
internal struct EightBytes
{
    private byte _first;
}

/// <summary>Room for a step and for some samples before its place has to be moved back.</summary>
[InlineArray(4 * StepKernel.Taps)]
internal struct StepRow
{
    private int _first;
}
