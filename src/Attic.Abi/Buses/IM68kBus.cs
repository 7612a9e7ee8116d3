using Attic.Abi.Time;

namespace Attic.Abi.Buses;

/// <summary>
/// What a 68000 sees of a machine. Implemented by a struct, so that the JIT fuses processor and machine into one
/// specialised copy with the accesses inlined.
/// </summary>
/// <remarks>
/// The processor calls an access at the start of its bus cycle (S0). The bus adds wait states to <c>clock</c> when the
/// machine holds back DTACK, then carries the access out; the processor itself adds the four cycles of the bus cycle
/// afterwards. Addresses are 24 bits wide, the upper byte is zero; words are at even addresses (the processor raises
/// address errors by itself). An access that no device answers ends in <see cref="BusError.Throw"/>.
/// <para>The clock of the running instruction lives in a register of the host, and <see cref="Cpu.M68kRegisters.Clock"/> is
/// brought up to date only when <see cref="Cpu.IM68kCpu.Run"/> returns. So an inlined access must not hand <c>clock</c> itself
/// by reference to a method that is not inlined, which would put it into memory for the whole handler; it hands over a
/// copy: <c>var at = clock; value = Slow(address, ref at); clock = at;</c>.</para>
/// </remarks>
public interface IM68kBus
{
    /// <summary>Reads a word (UDS and LDS).</summary>
    ushort ReadWord(uint address, FunctionCode function, ref CpuCycles clock);

    /// <summary>Reads a byte (UDS at even, LDS at odd addresses).</summary>
    byte ReadByte(uint address, FunctionCode function, ref CpuCycles clock);

    /// <summary>Writes a word (UDS and LDS).</summary>
    void WriteWord(uint address, ushort value, FunctionCode function, ref CpuCycles clock);

    /// <summary>Writes a byte (UDS at even, LDS at odd addresses).</summary>
    void WriteByte(uint address, byte value, FunctionCode function, ref CpuCycles clock);

    /// <summary>
    /// The level on IPL2–IPL0 at <paramref name="clock"/>, 0 (none) to 7. Called once or twice per instruction; the bus
    /// lets chips whose deadline has passed act first.
    /// </summary>
    int SampleInterruptLevel(CpuCycles clock);

    /// <summary>
    /// The interrupt acknowledge cycle. The bus adds what the acknowledge takes beyond four cycles (the wait for E when
    /// VPA answers, a slow vector source).
    /// </summary>
    /// <param name="level">The level being acknowledged, 1 to 7.</param>
    /// <param name="clock">The start of the cycle; the bus adds its waits.</param>
    /// <returns>The vector number, 0 to 255: 24 + level for an autovector, 24 for a spurious interrupt.</returns>
    int AcknowledgeInterrupt(int level, ref CpuCycles clock);

    /// <summary>The RESET instruction holds the reset line for 124 cycles from <paramref name="clock"/>.</summary>
    void ResetDevices(CpuCycles clock);

    /// <summary>
    /// The next moment at which the interrupt level can change by itself: a stopped processor sleeps until then.
    /// </summary>
    CpuCycles NextInterruptChange { get; }
}
