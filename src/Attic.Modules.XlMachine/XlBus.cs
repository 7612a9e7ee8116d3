using System.Runtime.CompilerServices;
using Attic.Abi.AtariXl;
using Attic.Abi.Buses;

namespace Attic.Modules.XlMachine;

/// <summary>
/// The 6502's view of the board. An access takes the next cycle that ANTIC leaves free; memory is read through page
/// tables, everything else by the board.
/// </summary>
/// <param name="board">The board.</param>
internal readonly struct XlBus(XlBoard board) : IMos6502Bus
{
    private readonly Scanline _line = board.Line;
    private readonly byte[] _bytes = board.Memory.Bytes;
    private readonly int[] _reads = board.Memory.ProcessorReads;
    private readonly int[] _writes = board.Memory.ProcessorWrites;
    private readonly byte[] _watched = board.WatchedPages;
    private readonly XlInterrupts _interrupts = board.Interrupts;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Read(ushort address)
    {
        TakeCycle(reading: true);
        int page = _reads[address >> 8];
        return page >= 0 ? _bytes[page + (byte)address] : board.ReadDevice(address);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Fetch(ushort address) => Read(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUncorrected(ushort address, ushort corrected) => Read(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ushort address, byte value)
    {
        TakeCycle(reading: false);
        int page = _writes[address >> 8];
        if (page >= 0 && _watched[address >> 8] == 0)
        {
            _bytes[page + (byte)address] = value;
        }
        else
        {
            board.WriteSlowly(address, value);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InterruptInputs SampleInterrupts()
    {
        long latched = _line.Start + _line.Latched;
        return (_interrupts.IrqSince <= latched ? InterruptInputs.Irq : InterruptInputs.None)
            | (_interrupts.NmiSince <= latched ? InterruptInputs.Nmi : InterruptInputs.None)
            | _interrupts.Repeated;
    }

    /// <inheritdoc/>
    public void AcknowledgeNmi() => _interrupts.NmiSince = long.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakeCycle(bool reading)
    {
        int cycle = _line.FreeFrom[_line.Next];
        if (cycle >= _line.Attention)
        {
            cycle = board.Attend(reading);
        }

        _line.Latched = _line.Next;
        _line.Next = cycle + 1;
    }
}
