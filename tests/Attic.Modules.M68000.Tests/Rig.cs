using Attic.Abi.Cpu;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000.Tests;

/// <summary>
/// A processor with flat memory, reset into a program at 0x1000 with its stack below 0x8000 and the clock back at 0.
/// Vector n leads to 0x2000 + 0x10 n, where NOPs lie.
/// </summary>
internal sealed class Rig
{
    public const uint Start = 0x1000;
    public const uint StackTop = 0x8000;
    public const uint UserStackTop = 0x9000;

    public Rig(params ushort[] program)
    {
        for (uint vector = 2; vector < 256; vector++)
        {
            Memory.SetLong(vector * 4, Handler(vector));
        }

        for (uint address = Start; address < 0x4000; address += 2)
        {
            Memory[address] = Nop;
        }

        Memory.SetLong(0, StackTop);
        Memory.SetLong(4, Start);
        Memory.Program(Start, program);
        Cpu = new M68000Module().Create<FlatBus, SinkTrace>(new(Memory), new(Sink));
        Cpu.Reset();
        Cpu.Registers.InactiveStackPointer = UserStackTop;
        Cpu.Registers.Clock = default;
        Cpu.Registers.Ticks = 0;
        Sink.Clear();
    }

    public const ushort Nop = 0x4E71;

    public FlatMemory Memory { get; } = new();

    public RecordingSink Sink { get; } = new();

    public IM68kCpu Cpu { get; }

    public ref M68kRegisters Registers => ref Cpu.Registers;

    /// <summary>The address of the instruction that comes next.</summary>
    public uint Next => Cpu.Registers.Pc - 4;

    public long Clock => Cpu.Registers.Clock.Count;

    public static uint Handler(uint vector) => 0x2000 + (0x10 * vector);

    /// <summary>Runs one tick and tells the cycles it took.</summary>
    public long Step()
    {
        long before = Clock;
        Cpu.Step();
        return Clock - before;
    }

    public void Run(long until) => Cpu.Run(new CpuCycles(until));

    /// <summary>Takes the supervisor bit away.</summary>
    public Rig InUserMode()
    {
        ref var r = ref Cpu.Registers;
        (r.A[7], r.InactiveStackPointer) = (r.InactiveStackPointer, r.A[7]);
        r.Sr &= 0xDFFF;
        return this;
    }

    /// <summary>Sets the interrupt mask.</summary>
    public Rig WithMask(int level)
    {
        Cpu.Registers.Sr = (ushort)((Cpu.Registers.Sr & 0xF8FF) | (level << 8));
        return this;
    }

    /// <summary>Sets the trace bit.</summary>
    public Rig Traced()
    {
        Cpu.Registers.Sr |= 0x8000;
        return this;
    }
}
