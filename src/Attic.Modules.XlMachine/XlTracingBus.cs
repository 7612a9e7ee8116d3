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

    // The cycle of the access that has just been made.
    private CpuCycles Cycle => new(_line.Start + _line.Next - 1);

    /// <inheritdoc/>
    public byte Read(ushort address) => Tell(BusAccessKind.Read, address, _bus.Read(address));

    /// <inheritdoc/>
    public byte Fetch(ushort address)
    {
        byte opcode = _bus.Fetch(address);
        if (next() == Mos6502Next.Instruction)
        {
            sink.OnInstruction(address, opcode, Cycle);
        }

        return Tell(BusAccessKind.Read, address, opcode);
    }

    /// <inheritdoc/>
    public void ReadUncorrected(ushort address, ushort corrected)
    {
        _bus.ReadUncorrected(address, corrected);
        Tell(BusAccessKind.Read, address, board.Peek(address));
    }

    /// <inheritdoc/>
    public void Write(ushort address, byte value)
    {
        _bus.Write(address, value);
        Tell(BusAccessKind.Write, address, value);
    }

    /// <inheritdoc/>
    public InterruptInputs SampleInterrupts() => _bus.SampleInterrupts();

    /// <inheritdoc/>
    public void AcknowledgeNmi() => _bus.AcknowledgeNmi();

    private byte Tell(BusAccessKind kind, ushort address, byte value)
    {
        sink.OnBus(new(kind, default, ByteLanes.Lower, address, value, Cycle, 0));
        return value;
    }
}
