using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000.Tests;

/// <summary>What the shared vectors leave out or cannot be trusted in (MC68000 UM, tables 8-1 to 8-14).</summary>
public sealed class DurationTests
{
    [Fact]
    public void Reset_takes_40_cycles_and_reads_its_vector_from_program_space()
    {
        var rig = new Rig();
        rig.Registers = default;
        rig.Sink.Clear();
        rig.Cpu.Reset();
        Assert.Equal(40, rig.Clock);
        Assert.Equal(0x2700, rig.Registers.Sr);
        Assert.Equal(Rig.StackTop, rig.Registers.A[7]);
        Assert.Equal(Rig.Start, rig.Next);
        Assert.All(rig.Sink.Accesses, access => Assert.Equal(FunctionCode.SupervisorProgram, access.Function));
    }

    [Fact]
    public void Reset_to_an_odd_address_halts()
    {
        var rig = new Rig();
        rig.Memory.SetLong(4, 0x1001);
        rig.Cpu.Reset();
        Assert.Equal(M68kRunState.Halted, rig.Registers.RunState);
    }

    [Fact]
    public void RESET_holds_the_line_for_124_of_132_cycles()
    {
        var rig = new Rig(0x4E70);
        Assert.Equal(132, rig.Step());
        Assert.Equal([4L], rig.Memory.Resets);
    }

    [Fact]
    public void TAS_takes_14_cycles_in_memory_and_sets_the_top_bit()
    {
        var rig = new Rig(0x4AD0); // tas (a0)
        rig.Registers.A[0] = 0x5000;
        rig.Memory.Bytes[0x5000] = 0x12;
        Assert.Equal(14, rig.Step());
        Assert.Equal(0x92, rig.Memory.Bytes[0x5000]);
        Assert.Equal(
            [(BusAccessKind.Read, 0L), (BusAccessKind.ReadModifyWrite, 6L), (BusAccessKind.Read, 10L)],
            rig.Sink.Accesses.Select(access => (access.Kind, access.Start.Count)));
        Assert.Equal(0x2700, rig.Registers.Sr);
    }

    [Fact]
    public void TRAPV_takes_4_cycles_without_overflow_and_34_with()
    {
        var rig = new Rig(0x4E76, 0x4E76);
        Assert.Equal(4, rig.Step());
        rig.Registers.Sr |= 2;
        Assert.Equal(34, rig.Step());
        Assert.Equal(Rig.Handler(7), rig.Next);
        Assert.Equal(Rig.Start + 4, rig.Memory.Long(Rig.StackTop - 4));
    }

    [Fact]
    public void DBcc_that_runs_out_has_fetched_from_its_target_already()
    {
        var rig = new Rig(0x51C8, 0x0100); // dbra d0,+$100
        rig.Registers.D[0] = 0x1234_0000;
        Assert.Equal(14, rig.Step());
        Assert.Equal(0x1234_FFFFu, rig.Registers.D[0]);
        Assert.Equal(Rig.Start + 4, rig.Next);
        Assert.Equal(
            [Rig.Start + 0x102, Rig.Start + 4, Rig.Start + 6],
            rig.Sink.Accesses.Select(access => access.Address));
    }

    [Fact]
    public void MOVEM_reads_one_word_too_many()
    {
        var rig = new Rig(0x4C90, 0x0001); // movem.w (a0),d0
        rig.Registers.A[0] = 0x5000;
        Assert.Equal(16, rig.Step());
        Assert.Equal(
            [0x5000u, 0x5002u],
            rig.Sink.Accesses.Where(access => access.Function == FunctionCode.SupervisorData).Select(access => access.Address));
    }

    [Fact]
    public void CLR_reads_before_it_writes()
    {
        var rig = new Rig(0x4210); // clr.b (a0)
        rig.Registers.A[0] = 0x5001;
        Assert.Equal(12, rig.Step());
        Assert.Equal(
            [(BusAccessKind.Read, ByteLanes.Lower), (BusAccessKind.Write, ByteLanes.Lower)],
            rig.Sink.Accesses.Where(access => access.Address == 0x5001).Select(access => (access.Kind, access.Lanes)));
    }

    [Theory]
    [InlineData(0x80FC, 0, 5, 4 + 38)] // divu #0,d0
    [InlineData(0x41BC, 4, 5, 4 + 38)] // chk #4,d0: above the bound
    [InlineData(0x41BC, 4, -5, 4 + 40)] // below zero
    [InlineData(0x41BC, 9, 5, 4 + 10)] // within
    public void Traps_of_arithmetic_have_their_durations(ushort opcode, short operand, int data, int cycles)
    {
        var rig = new Rig(opcode, (ushort)operand);
        rig.Registers.D[0] = (uint)data;
        Assert.Equal(cycles, rig.Step());
    }
}
