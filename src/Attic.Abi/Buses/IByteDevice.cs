using Attic.Abi.Time;

namespace Attic.Abi.Buses;

/// <summary>Registers on an 8-bit bus. Decoding is the machine's; a device sees only accesses that selected it.</summary>
public interface IByteDevice
{
    /// <summary>Reads a register, with all side effects of a read.</summary>
    /// <param name="address">The full address; a device takes the bits that its pins see.</param>
    /// <param name="at">The beginning of the cycle.</param>
    byte Read(ushort address, MasterCycles at);

    /// <summary>Writes a register.</summary>
    /// <param name="address">The full address.</param>
    /// <param name="value">The byte.</param>
    /// <param name="at">The beginning of the cycle.</param>
    void Write(ushort address, byte value, MasterCycles at);

    /// <summary>What a read would give, without its side effects: for inspectors.</summary>
    byte Peek(ushort address, MasterCycles at);
}
