using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000.Tests;

public sealed class InterruptTests
{
    [Fact]
    public void An_autovectored_interrupt_takes_44_cycles()
    {
        var rig = new Rig().WithMask(3);
        rig.Memory.InterruptLevel = 4;
        rig.Step();
        Assert.Equal(44, rig.Step());
        Assert.Equal(Rig.Handler(28), rig.Next);
        Assert.Equal(0x2400, rig.Registers.Sr);
        Assert.Equal([4], rig.Memory.Acknowledged);
    }

    [Fact]
    public void Its_frame_holds_the_old_status_and_the_address_to_return_to()
    {
        var rig = new Rig().WithMask(3);
        rig.Memory.InterruptLevel = 4;
        rig.Step();
        rig.Step();
        Assert.Equal(Rig.StackTop - 6, rig.Registers.A[7]);
        Assert.Equal(0x2300, rig.Memory[Rig.StackTop - 6]);
        Assert.Equal(Rig.Start + 2, rig.Memory.Long(Rig.StackTop - 4));
    }

    [Fact]
    public void The_low_word_of_PC_is_stacked_before_the_acknowledge_and_the_rest_after()
    {
        var rig = new Rig().WithMask(0);
        rig.Memory.InterruptLevel = 1;
        rig.Step();
        rig.Sink.Clear();
        rig.Step();
        var order = rig.Sink.Accesses.Take(4).Select(access => (access.Kind, access.Address, access.Start.Count - 4)).ToList();
        Assert.Equal(
            [
                (BusAccessKind.Write, Rig.StackTop - 2, 6),
                (BusAccessKind.InterruptAcknowledge, 0xFF_FFF3u, 10),
                (BusAccessKind.Write, Rig.StackTop - 6, 18),
                (BusAccessKind.Write, Rig.StackTop - 4, 22),
            ],
            order);
        Assert.Equal(FunctionCode.InterruptAcknowledge, rig.Sink.Accesses[1].Function);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(24, 24)]
    [InlineData(15, 15)]
    public void The_acknowledge_names_the_vector(int answer, uint vector)
    {
        var rig = new Rig().WithMask(0);
        (rig.Memory.InterruptLevel, rig.Memory.VectorNumber) = (6, answer);
        rig.Step();
        rig.Step();
        Assert.Equal(Rig.Handler(vector), rig.Next);
    }

    [Fact]
    public void Waits_of_the_acknowledge_lengthen_the_interrupt()
    {
        var rig = new Rig().WithMask(0);
        (rig.Memory.InterruptLevel, rig.Memory.AcknowledgeWaits) = (2, 9);
        rig.Step();
        Assert.Equal(53, rig.Step());
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 4)]
    [InlineData(0, 0)]
    public void A_level_not_above_the_mask_waits(int level, int mask)
    {
        var rig = new Rig().WithMask(mask);
        rig.Memory.InterruptLevel = level;
        rig.Run(400);
        Assert.Empty(rig.Memory.Acknowledged);
    }

    [Fact]
    public void Lowering_the_mask_lets_a_waiting_interrupt_in()
    {
        var rig = new Rig(0x46FC, 0x2200).WithMask(7); // move #$2200,sr
        rig.Memory.InterruptLevel = 3;
        rig.Step();
        Assert.Empty(rig.Memory.Acknowledged);
        rig.Step();
        Assert.Equal([3], rig.Memory.Acknowledged);
    }

    [Fact]
    public void The_level_is_sampled_once_before_the_last_prefetch()
    {
        // A NOP samples at its start: a level that comes one cycle later is seen by the next NOP only.
        var rig = new Rig().WithMask(0);
        rig.Memory.LevelChanges.Enqueue((1, 5));
        rig.Step();
        rig.Step();
        Assert.Empty(rig.Memory.Acknowledged);
        rig.Step();
        Assert.Equal([5], rig.Memory.Acknowledged);
        Assert.Equal(Rig.Start + 4, rig.Memory.Long(Rig.StackTop - 4));
    }

    [Fact]
    public void A_level_that_goes_before_it_is_sampled_was_never_there()
    {
        var rig = new Rig(0xC1C0).WithMask(0); // muls d0,d0: samples at its start, then idles
        rig.Memory.LevelChanges.Enqueue((1, 5));
        rig.Memory.LevelChanges.Enqueue((30, 0));
        rig.Step();
        rig.Step();
        rig.Step();
        Assert.Empty(rig.Memory.Acknowledged);
    }

    [Fact]
    public void Level_7_breaks_through_mask_7_once_for_each_edge()
    {
        var rig = new Rig().WithMask(7);
        rig.Memory.InterruptLevel = 7;
        rig.Run(300);
        Assert.Equal([7], rig.Memory.Acknowledged);
        rig.Memory.InterruptLevel = 6;
        rig.Run(400);
        rig.Memory.InterruptLevel = 7;
        rig.Run(600);
        Assert.Equal([7, 7], rig.Memory.Acknowledged);
    }

    [Fact]
    public void A_held_level_7_interrupts_again_when_the_mask_is_lowered()
    {
        var rig = new Rig().WithMask(7);
        rig.Memory.Program(Rig.Handler(31), 0x46FC, 0x2600); // move #$2600,sr
        rig.Memory.InterruptLevel = 7;
        rig.Step();
        rig.Step();
        rig.Step();
        rig.Step();
        Assert.Equal([7, 7], rig.Memory.Acknowledged);
    }

    [Fact]
    public void An_interrupt_in_user_mode_uses_the_supervisor_stack()
    {
        var rig = new Rig().InUserMode().WithMask(0);
        rig.Memory.InterruptLevel = 1;
        rig.Step();
        rig.Step();
        Assert.Equal(Rig.StackTop - 6, rig.Registers.A[7]);
        Assert.Equal(Rig.UserStackTop, rig.Registers.InactiveStackPointer);
        Assert.Equal(0x0000, rig.Memory[Rig.StackTop - 6]);
    }

    [Fact]
    public void STOP_sleeps_until_an_interrupt_above_its_mask()
    {
        var rig = new Rig(0x4E72, 0x2300); // stop #$2300
        rig.Memory.LevelChanges.Enqueue((1001, 3));
        rig.Memory.LevelChanges.Enqueue((2001, 4));
        rig.Run(2000);
        Assert.Equal(M68kRunState.Stopped, rig.Registers.RunState);
        rig.Run(2010);
        Assert.Equal([4], rig.Memory.Acknowledged);
        Assert.Equal(M68kRunState.Running, rig.Registers.RunState);
        Assert.Equal(2004 + 44, rig.Clock);
        Assert.Equal(0x2300, rig.Memory[Rig.StackTop - 6]);
        Assert.Equal(Rig.Start + 4, rig.Memory.Long(Rig.StackTop - 4));
    }

    [Fact]
    public void Each_quantum_of_a_stopped_processor_is_a_tick_of_four_cycles()
    {
        var once = new Rig(0x4E72, 0x2700);
        var singly = new Rig(0x4E72, 0x2700);
        once.Run(404);
        while (singly.Clock < 404)
        {
            singly.Step();
        }

        Assert.Equal(101, once.Registers.Ticks);
        Assert.Equal((once.Clock, once.Registers.Ticks), (singly.Clock, singly.Registers.Ticks));
    }

    [Fact]
    public void STOP_takes_an_interrupt_that_its_mask_admits_at_once()
    {
        var rig = new Rig(0x4E72, 0x2000);
        rig.Memory.InterruptLevel = 2;
        rig.Step();
        Assert.Equal(44, rig.Step());
    }

    [Fact]
    public void STOP_is_the_supervisors()
    {
        var rig = new Rig(0x4E72, 0x2700).InUserMode();
        Assert.Equal(34, rig.Step());
        Assert.Equal(Rig.Handler(8), rig.Next);
        Assert.Equal(Rig.Start, rig.Memory.Long(Rig.StackTop - 4));
    }
}
