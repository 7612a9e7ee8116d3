namespace Attic.Abi.Buses;

/// <summary>Main memory as a DMA master sees it: through the MMU's mapping, past the processor.</summary>
public interface IDmaMemory
{
    /// <summary>Reads a big-endian word; unmapped memory reads as 0xFFFF.</summary>
    /// <param name="address">Even 24-bit address.</param>
    ushort ReadWord(uint address);

    /// <summary>Writes a big-endian word; writes to unmapped memory are lost.</summary>
    /// <param name="address">Even 24-bit address.</param>
    /// <param name="value">The word.</param>
    void WriteWord(uint address, ushort value);

    /// <summary>Keeps the processor off the bus for this many of its cycles, at its next access.</summary>
    void StealCpuCycles(int cycles);
}
