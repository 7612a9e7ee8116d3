using Attic.Cpm.Z80;

namespace Attic.Cpm.Tests.Z80;

public sealed class InstructionTests
{
    private readonly Z80<FlatZ80Bus> _cpu = new(FlatZ80Bus.Create(0x42));

    [Fact]
    public void DAA_makes_15_plus_27_decimal_42()
    {
        Run(0x3E, 0x15, 0xC6, 0x27, 0x27);
        Assert.Equal(0x42, _cpu.State.A);
    }

    [Fact]
    public void LDIR_copies_up_and_takes_21_cycles_a_byte_and_16_for_the_last()
    {
        Run(0x21, 0x00, 0x40, 0x11, 0x00, 0x50, 0x01, 0x03, 0x00);
        "abc"u8.CopyTo(_cpu.Bus.Memory.AsSpan(0x4000));
        long before = _cpu.State.Cycles;
        Steps(3, 0xED, 0xB0);
        Assert.Equal("abc"u8.ToArray(), _cpu.Bus.Memory[0x5000..0x5003]);
        Assert.Equal(21 + 21 + 16, _cpu.State.Cycles - before);
    }

    [Fact]
    public void A_prefix_makes_H_and_L_halves_of_IX_but_not_beside_a_displacement()
    {
        Run(0xDD, 0x21, 0x00, 0x40, 0xDD, 0x26, 0x41, 0xDD, 0x36, 0x05, 0x99, 0xDD, 0x66, 0x05);
        Assert.Equal(0x4100, _cpu.State.Ix);
        Assert.Equal(0x99, _cpu.State.H);
    }

    [Theory]
    [InlineData(0, 0xCF, 0x0008)]
    [InlineData(1, 0xCF, 0x0038)]
    [InlineData(2, 0x10, 0x1234)]
    public void An_interrupt_goes_where_its_mode_says(byte mode, byte vector, ushort target)
    {
        (_cpu.State.InterruptMode, _cpu.State.I, _cpu.State.Iff1) = (mode, 0x80, true);
        (_cpu.Bus.Memory[0x8010], _cpu.Bus.Memory[0x8011]) = (0x34, 0x12);
        Assert.True(_cpu.Interrupt(vector));
        Assert.Equal(target, _cpu.State.Pc);
        Assert.False(_cpu.State.Iff1);
    }

    [Fact]
    public void EI_takes_effect_after_the_next_instruction()
    {
        Run(0xFB);
        Assert.False(_cpu.Interrupt());
        Steps(1, 0x00);
        Assert.True(_cpu.Interrupt());
    }

    [Fact]
    public void NMI_leaves_HALT_and_RETN_restores_the_interrupt_enable()
    {
        _cpu.Bus.Memory[0x66] = 0xED;
        _cpu.Bus.Memory[0x67] = 0x45;
        Run(0xFB, 0x76, 0x00);
        _cpu.NonMaskableInterrupt();
        Assert.Equal(0x66, _cpu.State.Pc);
        _cpu.Step();
        Assert.True(_cpu.State.Iff1);
        Assert.False(_cpu.State.Halted);
    }

    [Fact]
    public void IN_from_C_sets_flags_and_OUT_of_register_6_writes_0()
    {
        Run(0x01, 0x34, 0x12, 0xED, 0x50, 0xED, 0x71);
        Assert.Equal(0x42, _cpu.State.D);
        Assert.Equal([((ushort)0x1234, (byte)0)], _cpu.Bus.Output);
    }

    private void Run(params byte[] program)
    {
        int end = _cpu.State.Pc + program.Length;
        program.CopyTo(_cpu.Bus.Memory, _cpu.State.Pc);
        while (_cpu.State.Pc < end && !_cpu.State.Halted)
        {
            _cpu.Step();
        }
    }

    private void Steps(int count, params byte[] program)
    {
        program.CopyTo(_cpu.Bus.Memory, _cpu.State.Pc);
        for (; count > 0; count--)
        {
            _cpu.Step();
        }
    }
}
