using Attic.Abi.Cpu;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000.Tests;

public sealed class FaultTests
{
    private const uint Hole = 0xFF_0000;

    [Fact]
    public void A_bus_error_stacks_access_address_opcode_status_and_PC()
    {
        var rig = new Rig(0x3039, 0x00FF, 0x8000); // move.w $ff8000,d0
        rig.Memory.BusErrorsFrom = Hole;
        Assert.Equal(8 + 4 + 8 + 28 + 16 + 2, rig.Step());
        uint frame = Rig.StackTop - 14;
        Assert.Equal(frame, rig.Registers.A[7]);
        Assert.Equal(0x3035, rig.Memory[frame]); // opcode bits, read, instruction, supervisor data
        Assert.Equal(0x00FF_8000u, rig.Memory.Long(frame + 2));
        Assert.Equal(0x3039, rig.Memory[frame + 6]);
        Assert.Equal(0x2700, rig.Memory[frame + 8]);
        Assert.Equal(Rig.Start + 6, rig.Memory.Long(frame + 10));
        Assert.Equal(Rig.Handler(2), rig.Next);
    }

    [Fact]
    public void A_failed_write_clears_the_read_bit_and_names_user_data()
    {
        var rig = new Rig(0x11C0, 0x8001).InUserMode(); // move.b d0,$ffff8001.w
        rig.Memory.BusErrorsFrom = Hole;
        rig.Step();
        Assert.Equal(0x11C1, rig.Memory[Rig.StackTop - 14]);
        Assert.Equal(0xFFFF_8001u, rig.Memory.Long(Rig.StackTop - 12));
    }

    [Fact]
    public void A_prefetch_that_fails_is_a_bus_error_in_program_space()
    {
        var rig = new Rig(0x4EF9, 0x00FF, 0x0000); // jmp $ff0000
        rig.Memory.BusErrorsFrom = Hole;
        rig.Step();
        Assert.Equal(Rig.Handler(2), rig.Next);
        Assert.Equal(0x16, rig.Memory[Rig.StackTop - 14] & 0x1F);
    }

    [Fact]
    public void A_fault_while_stacking_an_exception_is_not_an_instructions()
    {
        var rig = new Rig(0x4E40); // trap #0 with an odd stack
        rig.Registers.A[7] = 0x7001;
        rig.Step();
        Assert.Equal(M68kRunState.Halted, rig.Registers.RunState);

        var other = new Rig(0x4E40);
        other.Memory.SetLong(32 * 4, 0x0000_2001); // and with an odd handler
        other.Step();
        Assert.Equal(Rig.Handler(3), other.Next);
        Assert.Equal(8, other.Memory[Rig.StackTop - 6 - 14] & 8);
    }

    [Fact]
    public void A_second_fault_on_the_way_halts_until_reset()
    {
        var rig = new Rig(0x3038, 0x0001); // move.w 1.w,d0
        rig.Registers.A[7] = Hole + 0x100;
        rig.Memory.BusErrorsFrom = Hole;
        rig.Step();
        Assert.Equal(M68kRunState.Halted, rig.Registers.RunState);

        long from = rig.Clock;
        long ticks = rig.Registers.Ticks;
        rig.Memory.InterruptLevel = 7;
        rig.Run(from + 400);
        Assert.Equal((from + 400, ticks + 100), (rig.Clock, rig.Registers.Ticks));
        Assert.Empty(rig.Memory.Acknowledged);

        rig.Cpu.Reset();
        Assert.Equal(M68kRunState.Running, rig.Registers.RunState);
        Assert.Equal(Rig.Start, rig.Next);
    }

    [Fact]
    public void The_trace_shows_the_failed_cycle()
    {
        var rig = new Rig(0x3039, 0x00FF, 0x8000);
        rig.Memory.BusErrorsFrom = Hole;
        rig.Step();
        var failed = Assert.Single(rig.Sink.Accesses, access => access.Kind == BusAccessKind.BusError);
        Assert.Equal((0xFF_8000u, 8L), (failed.Address, failed.Start.Count));
        Assert.Equal((2, Rig.Start), Assert.Single(rig.Sink.Exceptions));
    }
}
