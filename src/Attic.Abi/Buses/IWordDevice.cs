using Attic.Abi.Time;

namespace Attic.Abi.Buses;

/// <summary>
/// Registers on a 16-bit bus. Decoding, privilege and wait states are the machine's; a device sees only accesses that
/// reached its chip select.
/// </summary>
public interface IWordDevice
{
    /// <summary>Reads registers, with all side effects of a read.</summary>
    /// <param name="address">Even 24-bit address of the word.</param>
    /// <param name="lanes">The bytes that the processor asked for.</param>
    /// <param name="at">When the access happens, wait states included.</param>
    /// <returns>The word; lanes that the device does not drive read as 1.</returns>
    ushort Read(uint address, ByteLanes lanes, MasterCycles at);

    /// <summary>Writes registers.</summary>
    /// <param name="address">Even 24-bit address of the word.</param>
    /// <param name="value">The word; a byte write puts its byte on both halves, as the 68000 does.</param>
    /// <param name="lanes">The bytes that are written.</param>
    /// <param name="at">When the access happens, wait states included.</param>
    void Write(uint address, ushort value, ByteLanes lanes, MasterCycles at);

    /// <summary>What a read would give, without its side effects: for inspectors.</summary>
    /// <param name="address">Even 24-bit address of the word.</param>
    /// <param name="at">The machine's present.</param>
    ushort Peek(uint address, MasterCycles at);
}
