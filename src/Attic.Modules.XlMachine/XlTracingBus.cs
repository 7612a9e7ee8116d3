using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Modules.XlMachine;

/// <summary>The bus of an observed processor: does what <see cref="XlBus"/> does and tells a sink of it.</summary>
/// <param name="board">The board.</param>
/// <param name="sink">The receiver.</param>
/// <param name="next">Tells what the processor is about to do: the fetch of an interrupt sequence is no instruction.</param>
internal readonly struct XlTracingBus(XlBoard board, ITraceSink sink, Func<Mos6502Next> next) : IMos6502Bus
{
    private readonly XlBus _bus = new(board);
    private readonly Scanline _line = board.Line;

    /// <inheritdoc/>
    public static bool TellsQuiet => false;

    /// <inheritdoc/>
    public int Resume() => _bus.Resume();

    /// <inheritdoc/>
    public void Suspend(int clock) => _bus.Suspend(clock);

    /// <inheritdoc/>
    public byte Read(ref int clock, ushort address)
    {
        byte value = _bus.Read(ref clock, address);
        Tell(clock, BusAccessKind.Read, address, value);
        return value;
    }

    /// <inheritdoc/>
    public byte Fetch(ref int clock, ushort address)
    {
        byte opcode = _bus.Fetch(ref clock, address);
        if (next() == Mos6502Next.Instruction)
        {
            sink.OnInstruction(address, opcode, CycleOf(clock));
        }

        Tell(clock, BusAccessKind.Read, address, opcode);
        return opcode;
    }

    /// <inheritdoc/>
    public void ReadUncorrected(ref int clock, ushort address, ushort corrected)
    {
        _bus.ReadUncorrected(ref clock, address, corrected);
        Tell(clock, BusAccessKind.Read, address, board.Peek(address));
    }

    /// <inheritdoc/>
    public void Write(ref int clock, ushort address, byte value)
    {
        _bus.Write(ref clock, address, value);
        Tell(clock, BusAccessKind.Write, address, value);
    }

    /// <inheritdoc/>
    public InterruptInputs SampleInterrupts() => _bus.SampleInterrupts();

    /// <inheritdoc/>
    public void AcknowledgeNmi() => _bus.AcknowledgeNmi();

    /// <inheritdoc/>
    public void HoldNmi() => _bus.HoldNmi();

    /// <inheritdoc/>
    public bool Pass(ref int clock, int cycles) => false;

    /// <inheritdoc/>
    public int PlainRead(ushort address) => -1;

    /// <inheritdoc/>
    public int PlainWrite(ushort address) => -1;

    /// <inheritdoc/>
    public byte PeekAt(int place) => throw NotQuiet();

    /// <inheritdoc/>
    public void PokeAt(int place, byte value) => throw NotQuiet();

    private static NotSupportedException NotQuiet() => new("Each access on this bus is observed.");

    // The cycle of the access that has just been made.
    private CpuCycles CycleOf(int clock) => new(_line.Start + clock - 1);

    private void Tell(int clock, BusAccessKind kind, ushort address, byte value) =>
        sink.OnBus(new(kind, default, ByteLanes.Lower, address, value, CycleOf(clock), 0));
}
