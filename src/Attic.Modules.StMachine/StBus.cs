using System.Runtime.CompilerServices;
using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Modules.StMachine;

/// <summary>
/// The board as its processor sees it. A struct, so that the processor's handlers contain the RAM and ROM paths; all
/// else is a call into the <see cref="StBoard"/>, made with a copy of the clock so that the clock itself can stay in a
/// register of the host.
/// </summary>
internal readonly unsafe struct StBus(StBoard target) : IM68kBus
{
    private readonly StBoard _board = target;

    /// <inheritdoc/>
    public CpuCycles NextInterruptChange => _board.NextInterruptChange;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort ReadWord(uint address, FunctionCode function, ref CpuCycles clock)
    {
        var board = _board;
        if (address - StBoard.ProtectedEnd < board.FastRam)
        {
            Align(ref clock);
            return Swap(Unsafe.ReadUnaligned<ushort>(board.RamBytes + address));
        }

        if (address - board.RomStart < board.FastRom)
        {
            return Swap(Unsafe.ReadUnaligned<ushort>(board.RomBytes + (address - board.RomStart)));
        }

        var at = clock;
        ushort value = board.ReadWord(address, function, ref at);
        clock = at;
        return value;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte(uint address, FunctionCode function, ref CpuCycles clock)
    {
        var board = _board;
        if (address - StBoard.ProtectedEnd < board.FastRam)
        {
            Align(ref clock);
            return board.RamBytes[address];
        }

        if (address - board.RomStart < board.FastRom)
        {
            return board.RomBytes[address - board.RomStart];
        }

        var at = clock;
        byte value = board.ReadByte(address, function, ref at);
        clock = at;
        return value;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteWord(uint address, ushort value, FunctionCode function, ref CpuCycles clock)
    {
        var board = _board;
        if (address - StBoard.ProtectedEnd < board.FastRam && !board.IsAwaited(address))
        {
            Align(ref clock);
            Unsafe.WriteUnaligned(board.RamBytes + address, Swap(value));
            return;
        }

        var at = clock;
        board.WriteWord(address, value, function, ref at);
        clock = at;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(uint address, byte value, FunctionCode function, ref CpuCycles clock)
    {
        var board = _board;
        if (address - StBoard.ProtectedEnd < board.FastRam && !board.IsAwaited(address))
        {
            Align(ref clock);
            board.RamBytes[address] = value;
            return;
        }

        var at = clock;
        board.WriteByte(address, value, function, ref at);
        clock = at;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SampleInterruptLevel(CpuCycles clock) => _board.SampleInterruptLevel(clock);

    /// <inheritdoc/>
    public int AcknowledgeInterrupt(int level, ref CpuCycles clock) => _board.AcknowledgeInterrupt(level, ref clock);

    /// <inheritdoc/>
    public void ResetDevices(CpuCycles clock) => _board.ResetDevices(clock);

    // The MMU gives the processor every second slot of two cycles' memory time: its access begins on a multiple of four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Align(ref CpuCycles clock) => clock = new((clock.Count + 3) & ~3L);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Swap(ushort word) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
}
