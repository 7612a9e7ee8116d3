using Attic.Abi.Cpu;

namespace Attic.Modules.M68000.Tests;

public sealed class TraceExceptionTests
{
    [Fact]
    public void A_traced_instruction_is_followed_by_the_trace_exception()
    {
        var rig = new Rig().Traced();
        Assert.Equal(4, rig.Step());
        Assert.Equal(34, rig.Step());
        Assert.Equal(Rig.Handler(9), rig.Next);
        Assert.Equal(0x2700, rig.Registers.Sr);
        Assert.Equal(0xA700, rig.Memory[Rig.StackTop - 6]);
        Assert.Equal(Rig.Start + 2, rig.Memory.Long(Rig.StackTop - 4));
    }

    [Fact]
    public void The_instruction_that_sets_T_is_not_traced_itself()
    {
        var rig = new Rig(0x007C, 0x8000); // ori #$8000,sr
        rig.Step();
        rig.Step();
        Assert.Equal(Rig.Start + 6, rig.Next);
        rig.Step();
        Assert.Equal(Rig.Handler(9), rig.Next);
    }

    [Fact]
    public void The_instruction_that_clears_T_still_is()
    {
        var rig = new Rig(0x027C, 0x7FFF).Traced(); // andi #$7fff,sr
        rig.Step();
        rig.Step();
        Assert.Equal(Rig.Handler(9), rig.Next);
        Assert.Equal(0x2700, rig.Memory[Rig.StackTop - 6]);
    }

    [Fact]
    public void After_a_traced_TRAP_the_trace_finds_its_handler()
    {
        var rig = new Rig(0x4E40).Traced(); // trap #0
        Assert.Equal(34, rig.Step());
        Assert.Equal(Rig.Handler(32), rig.Next);
        rig.Step();
        Assert.Equal(Rig.Handler(9), rig.Next);
        Assert.Equal(Rig.Handler(32), rig.Memory.Long(Rig.StackTop - 10));
    }

    [Theory]
    [InlineData(0x4AFC, 4u, false)]
    [InlineData(0xA123, 10u, false)]
    [InlineData(0xF123, 11u, false)]
    [InlineData(0x4E73, 8u, true)]
    public void An_instruction_that_was_refused_is_not_traced(ushort opcode, uint vector, bool user)
    {
        var rig = new Rig(opcode).Traced();
        if (user)
        {
            rig.InUserMode();
        }

        rig.Step();
        rig.Step();
        Assert.Equal(Rig.Handler(vector) + 2, rig.Next);
    }

    [Fact]
    public void An_instruction_that_faulted_is_not_traced()
    {
        var rig = new Rig(0x3038, 0x0001).Traced(); // move.w 1.w,d0
        rig.Step();
        rig.Step();
        Assert.Equal(Rig.Handler(3) + 2, rig.Next);
    }

    [Fact]
    public void Trace_goes_before_an_interrupt()
    {
        var rig = new Rig().Traced().WithMask(0);
        rig.Memory.InterruptLevel = 5;
        rig.Step();
        rig.Step();
        Assert.Equal(Rig.Handler(9), rig.Next);
        rig.Step();
        Assert.Equal(Rig.Handler(29), rig.Next);
        Assert.Equal(Rig.Handler(9), rig.Memory.Long(Rig.StackTop - 10));
    }

    [Fact]
    public void A_traced_STOP_does_not_stop()
    {
        var rig = new Rig(0x4E72, 0x2700).Traced();
        rig.Step();
        rig.Step();
        Assert.Equal(Rig.Handler(9), rig.Next);
        Assert.Equal(M68kRunState.Running, rig.Registers.RunState);
        Assert.Equal(Rig.Start + 4, rig.Memory.Long(Rig.StackTop - 4));
    }
}
