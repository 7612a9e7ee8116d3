using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Attic.Abi.AtariXl;
using Attic.Abi.Buses;

namespace Attic.Modules.XlMachine;

/// <summary>
/// The 6502's view of the board. An access takes the next cycle that ANTIC leaves free; memory is read through page
/// tables, everything else by the board. The clock that the processor carries is <see cref="Scanline.Next"/>, which is kept
/// up only where the board looks at it.
/// </summary>
/// <param name="board">The board.</param>
internal readonly unsafe struct XlBus(XlBoard board) : IMos6502Bus
{
    // Addresses of pinned arrays, which the board keeps alive. Indices are pages, and offsets that the board's map keeps in
    // range: checking each would cost as much as the access.
    private readonly byte* _bytes = AddressOf(board.Memory.Bytes);
    private readonly int* _reads = AddressOf(board.Memory.ProcessorReads);
    private readonly int* _writes = AddressOf(board.Memory.ProcessorWrites);
    private readonly byte* _watched = AddressOf(board.WatchedPages);
    private readonly byte* _seen = AddressOf(board.Line.Bus);
    private readonly Scanline _line = board.Line;

    /// <inheritdoc/>
    public static bool TellsQuiet => true;

    /// <inheritdoc/>
    public int Resume() => _line.Next;

    /// <inheritdoc/>
    public void Suspend(int clock) => _line.Next = clock;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Read(ref int clock, ushort address)
    {
        int cycle = NextFree(clock);
        if (cycle >= _line.Attention)
        {
            return ReadAttentively(ref clock, address, address);
        }

        _line.Latched = clock;
        clock = cycle + 1;
        return _seen[(uint)cycle] = Get(clock, address);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Fetch(ref int clock, ushort address) => Read(ref clock, address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUncorrected(ref int clock, ushort address, ushort corrected)
    {
        int cycle = NextFree(clock);
        if (cycle >= _line.Attention)
        {
            ReadAttentively(ref clock, address, corrected);
            return;
        }

        _line.Latched = clock;
        clock = cycle + 1;
        _seen[(uint)cycle] = Get(clock, address);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref int clock, ushort address, byte value)
    {
        int cycle = NextFree(clock);
        if (cycle >= _line.Attention)
        {
            WriteAttentively(ref clock, address, value);
            return;
        }

        _line.Latched = clock;
        clock = cycle + 1;
        _seen[(uint)cycle] = value;
        int page = _writes[(uint)address >> 8];
        if (page >= 0 && _watched[(uint)address >> 8] == 0)
        {
            _bytes[(uint)page + (byte)address] = value;
        }
        else
        {
            _line.Next = clock;
            board.WriteSlowly(address, value);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InterruptInputs SampleInterrupts() =>
        _line.Latched < _line.InterruptsFrom ? InterruptInputs.None : board.SampleInterrupts();

    /// <inheritdoc/>
    public void AcknowledgeNmi() => board.AcknowledgeNmi();

    /// <inheritdoc/>
    public void HoldNmi() => board.HoldNmi();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextFree(int clock) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_line.FreeFrom), (uint)clock);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Pass(ref int clock, int cycles)
    {
        int after = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_line.After), (uint)((cycles << 7) + clock));
        if (after > _line.QuietUntil)
        {
            return false;
        }

        clock = after;
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlainRead(ushort address) => _reads[(uint)address >> 8] + (byte)address;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlainWrite(ushort address) =>
        _watched[(uint)address >> 8] == 0 ? _writes[(uint)address >> 8] + (byte)address : PagedMemory.Registers;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte PeekAt(int place) => _bytes[(uint)place];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PokeAt(int place, byte value) => _bytes[(uint)place] = value;

    // In line, as a call with a reference to the clock would keep it out of the register: the board does the work.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte ReadAttentively(ref int clock, ushort address, ushort corrected)
    {
        _line.Next = clock;
        byte value = board.ReadAttentively(address, corrected);
        clock = _line.Next;
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteAttentively(ref int clock, ushort address, byte value)
    {
        _line.Next = clock;
        board.WriteAttentively(address, value);
        clock = _line.Next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Get(int clock, ushort address)
    {
        int page = _reads[(uint)address >> 8];
        if (page >= 0)
        {
            return _bytes[(uint)page + (byte)address];
        }

        _line.Next = clock;
        return board.ReadDevice(address);
    }

    private static T* AddressOf<T>(T[] pinned)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
