using System.Runtime.CompilerServices;

namespace Attic.Abi.AtariXl;

/// <summary>
/// All memory of the machine in one array, and where each of the 256 pages of the address space lies in it. The board's
/// MMU changes the tables; the processor and ANTIC read through them. A page of registers is <see cref="Registers"/>.
/// </summary>
/// <remarks>The arrays stay where they are, so that a bus may keep addresses of them.</remarks>
/// <param name="size">Bytes of RAM, ROM and cartridge together.</param>
public sealed class PagedMemory(int size)
{
    /// <summary>The table entry of a page that no memory answers: registers, or nothing.</summary>
    public const int Registers = int.MinValue;

    /// <summary>The memory.</summary>
    public byte[] Bytes { get; } = GC.AllocateArray<byte>(size, pinned: true);

    /// <summary>Offset into <see cref="Bytes"/> of each page that the processor reads.</summary>
    public int[] ProcessorReads { get; } = GC.AllocateArray<int>(256, pinned: true);

    /// <summary>Offset of each page that the processor writes; <see cref="Registers"/> for ROM too.</summary>
    public int[] ProcessorWrites { get; } = GC.AllocateArray<int>(256, pinned: true);

    /// <summary>Offset of each page that ANTIC reads: on a 130XE it may see another bank than the processor.</summary>
    public int[] AnticReads { get; } = GC.AllocateArray<int>(256, pinned: true);

    /// <summary>A byte as ANTIC sees it; 0xFF where no memory answers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte AnticRead(ushort address)
    {
        int page = AnticReads[address >> 8];
        return page >= 0 ? Bytes[page + (byte)address] : (byte)0xFF;
    }
}
