namespace Attic.Abi.Buses;

/// <summary>
/// What a 6502 sees of a machine. Implemented by a struct, so that the JIT fuses processor and machine into one
/// specialised copy with the accesses inlined.
/// </summary>
/// <remarks>
/// <para>Every processor cycle is one access. The bus keeps the clock: it first lets pass the cycles in which others hold
/// the bus (HALT: DMA takes the cycle whatever the processor wanted; RDY: only reads wait), then carries the access out.</para>
/// <para>While the processor runs it carries the bus's clock from access to access, as a local variable: each access
/// depends on where in time the one before it ended, and through memory that chain would cost more than all the rest. What
/// the number means is the bus's business.</para>
/// </remarks>
public interface IMos6502Bus
{
    /// <summary>
    /// Whether this bus can tell that nothing comes between an instruction's cycles. The processor then asks
    /// <see cref="Pass"/> and the members below it, and leaves out accesses that nobody would notice. A bus on which each cycle
    /// is observed says no.
    /// </summary>
    static abstract bool TellsQuiet { get; }

    /// <summary>The processor begins to run.</summary>
    /// <returns>The clock to begin with.</returns>
    int Resume();

    /// <summary>The processor pauses, between two instructions.</summary>
    /// <param name="clock">The clock after its last access.</param>
    void Suspend(int clock);

    /// <summary>A read cycle, dummy reads included; RDY makes the bus repeat it.</summary>
    byte Read(ref int clock, ushort address);

    /// <summary>
    /// The read from an indexed address whose high byte is not corrected yet. The correction is ready a cycle later
    /// whether or not the read is: when RDY makes the bus repeat it, the repetitions read from the corrected address.
    /// </summary>
    void ReadUncorrected(ref int clock, ushort address, ushort corrected);

    /// <summary>A write cycle, dummy writes included; RDY does not hold it.</summary>
    void Write(ref int clock, ushort address, byte value);

    /// <summary>
    /// The opcode fetch that begins an instruction (SYNC high), also the one that an interrupt sequence discards.
    /// </summary>
    byte Fetch(ref int clock, ushort address);

    /// <summary>
    /// The interrupt inputs as the chip latched them in φ2 of the cycle before the most recent one, repetitions counted
    /// as cycles. Asked once or twice per instruction, after an access.
    /// </summary>
    InterruptInputs SampleInterrupts();

    /// <summary>The processor answers the latched NMI edge: the latch is cleared.</summary>
    void AcknowledgeNmi();

    /// <summary>
    /// The low byte of the vector of IRQ or BRK has just been read. From here to the end of the sequence the chip's edge detector
    /// is held: an NMI pulse that begins now and is over with the sequence is never seen (visual6502.org, "6502 Interrupt
    /// Recognition Stages and Tolerances").
    /// </summary>
    void HoldNmi();

    /// <summary>
    /// Lets so many of the processor's cycles pass at once, if in all of them nobody but DMA does anything: no interrupt input
    /// is active or becomes so, no device acts, nothing holds the processor.
    /// </summary>
    /// <param name="clock">The clock; unchanged when the answer is no.</param>
    /// <param name="cycles">1 to 8.</param>
    bool Pass(ref int clock, int cycles);

    /// <summary>Where the memory lies that a read sees, for <see cref="PeekAt"/>; negative when more than memory answers.</summary>
    /// <remarks>A page of 256 bytes is all memory, one after the other, or none of it.</remarks>
    int PlainRead(ushort address);

    /// <summary>Where a write goes, for <see cref="PokeAt"/>; negative when anybody but memory would notice it.</summary>
    int PlainWrite(ushort address);

    /// <summary>A byte of plain memory.</summary>
    byte PeekAt(int place);

    /// <summary>Changes a byte of plain memory.</summary>
    void PokeAt(int place, byte value);
}

/// <summary>A 6502's interrupt inputs.</summary>
[Flags]
public enum InterruptInputs : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>IRQ is low.</summary>
    Irq = 1,

    /// <summary>NMI fell and has not been answered.</summary>
    Nmi = 2,

    /// <summary>The most recent access was a read that RDY made the bus repeat.</summary>
    Repeated = 4,

    /// <summary>IRQ was low already when the most recent access, repeated or not, first began.</summary>
    IrqAtFirst = 8,
}
