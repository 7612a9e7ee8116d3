using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Modules.StMachine.Tests;

/// <summary>
/// Cycles between two points of a program in RAM: the figures of Niclas Thisell's cycle tester as the Hatari project
/// publishes them for a real ST.
/// </summary>
public class CycleTests
{
    private const uint Routine = 0x10000;
    private const ushort Nop = 0x4E71;
    private const ushort Exg = 0xC141;
    private const ushort Rts = 0x4E75;

    public static TheoryData<string, int, ushort[]> Figures => new()
    {
        { "one nop", 4, [Nop] },
        { "two nops", 8, [Nop, Nop] },
        { "lsl #0", 12, [0x7000, 0xE1A9] },
        { "lsl #6", 24, [0x7006, 0xE1A9] },
        { "nop+exg+dbra", 28, [0x7400, Nop, Exg, 0x51CA, 0x0002] },
        { "exg+nop+dbra", 32, [0x7400, Exg, Nop, 0x51CA, 0x0002] },
        { "nop+exg+move", 20, [Nop, Exg, 0x1220] },
        { "exg+nop+move", 24, [Exg, Nop, 0x1220] },
        { "nop+asr+add", 28, [0x7002, Nop, 0xE061, 0xD260] },
        { "asr+nop+add", 32, [0x7002, 0xE061, Nop, 0xD260] },
        { "nop+cmp+bra", 20, [Nop, 0xB080, 0x6002, Nop] },
        { "cmp+nop+bra", 24, [0xB080, Nop, 0x6002, Nop] },
        { "clr+sub+move", 32, [0x4242, 0x9090, 0x3230, 0x2000] },
        { "sub+clr+move", 36, [0x9090, 0x4242, 0x3230, 0x2000] },
        { "move ff820a", 12, [0x1038, 0x820A] },
        { "move ff8800", 16, [0x1038, 0x8800] },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_routine_takes_the_cycles_it_takes_on_an_ST(string name, int cycles, ushort[] code)
    {
        Assert.True(Measure(code) - Measure([]) == cycles, $"{name}: {Measure(code) - Measure([])} instead of {cycles}");
    }

    [Fact]
    public void Rom_costs_no_wait_for_the_memory_slot()
    {
        var bus = Bus();
        var clock = new CpuCycles(2);
        bus.ReadWord(0xFC0000, FunctionCode.SupervisorProgram, ref clock);
        Assert.Equal(2, clock.Count);
        bus.ReadWord(0x10000, FunctionCode.SupervisorData, ref clock);
        Assert.Equal(4, clock.Count);
    }

    [Theory]
    [InlineData(0xFFFA00, 100, 104)]
    [InlineData(0xFF8800, 100, 101)]
    [InlineData(0xFF8240, 102, 104)]
    [InlineData(0xFF8200, 102, 104)]
    [InlineData(0xFFFC00, 100, 106)]
    [InlineData(0xFFFC00, 102, 116)]
    [InlineData(0xFFFC00, 108, 116)]
    public void Chips_hold_the_processor_back_as_the_board_wires_them(uint address, long from, long access)
    {
        var bus = Bus();
        var clock = new CpuCycles(from);
        bus.ReadWord(address, FunctionCode.SupervisorData, ref clock);
        Assert.Equal(access, clock.Count);
    }

    [Theory]
    [InlineData(1000, 1006)]
    [InlineData(1002, 1016)]
    [InlineData(1008, 1016)]
    public void An_autovector_waits_for_E(long from, long end)
    {
        var bus = Bus();
        var clock = new CpuCycles(from);
        Assert.Equal(28, bus.AcknowledgeInterrupt(4, ref clock));
        Assert.Equal(end, clock.Count);
    }

    [Fact]
    public void An_acknowledge_that_the_mfp_does_not_answer_is_spurious()
    {
        var bus = Bus();
        var clock = new CpuCycles(1000);
        Assert.Equal(24, bus.AcknowledgeInterrupt(6, ref clock));
        Assert.Equal(1008, clock.Count);
    }

    [Fact]
    public void Stolen_cycles_are_paid_at_the_next_access_once()
    {
        var machine = TestMachine.Build(0x60FE);
        var bus = new StBus(machine.Board);
        machine.Board.StealCpuCycles(16);
        var clock = new CpuCycles(100);
        bus.ReadWord(0x10000, FunctionCode.SupervisorData, ref clock);
        Assert.Equal(116, clock.Count);
        bus.ReadWord(0x10000, FunctionCode.SupervisorData, ref clock);
        Assert.Equal(116, clock.Count);
    }

    private static StBus Bus() => new(TestMachine.Build(0x60FE).Board);

    // jsr routine; nop. All targets of branches are behind the routine's code, where its rts lies.
    private static long Measure(ushort[] code)
    {
        var machine = TestMachine.Build(0x60FE);
        machine.PokeWords(0x8000, 0x4EB9, 0x0001, 0x0000, Nop, Nop, Nop);
        machine.PokeWords(Routine, [.. code, Rts]);
        machine.Registers.A[0] = 0x20000;
        machine.Registers.A[7] = 0x7000;
        machine.Registers.Clock = new((machine.Registers.Clock.Count + 3) & ~3L);
        machine.Jump(0x8000);
        long start = machine.Registers.Clock.Count;
        while (machine.Registers.Pc != 0x8006 + 4)
        {
            machine.RunTicks(1);
        }

        return machine.Registers.Clock.Count - start;
    }
}
