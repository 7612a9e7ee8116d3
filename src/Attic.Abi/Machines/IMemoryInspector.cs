namespace Attic.Abi.Machines;

/// <summary>Looks at and changes memory without disturbing the machine.</summary>
public interface IMemoryInspector
{
    /// <summary>Bits of an address.</summary>
    int AddressBits { get; }

    /// <summary>Reads as the processor would, but without side effects; what nothing answers reads as 0xFF.</summary>
    void Peek(uint address, Span<byte> bytes);

    /// <summary>Writes into RAM; other addresses are left alone.</summary>
    /// <returns>The bytes that were written.</returns>
    int Poke(uint address, ReadOnlySpan<byte> bytes);

    /// <summary>The contract's region name of an address (§14: chip_ram, rom.tos, io.mfp …).</summary>
    string RegionOf(uint address);
}
