using System.Runtime.CompilerServices;
using Attic.Abi.Cpu;
using Attic.Abi.State;

namespace Attic.Abi.Tests;

public sealed class StateTests
{
    [Fact]
    public void What_was_saved_comes_back()
    {
        var machine = new Toy { Registers = new() { Counter = 7, Mode = 3 } };
        machine.Ram[5] = 9;
        machine.Registers.Fifo[1] = 4;
        byte[] saved = new StateSaver().Save(machine).ToArray();
        string hash = StateHasher.Hash(machine);

        StateEraser.Erase(machine);
        Assert.Equal(0, machine.Registers.Counter);
        new StateLoader().Load(machine, saved);

        Assert.Equal(7, machine.Registers.Counter);
        Assert.Equal(9, machine.Ram[5]);
        Assert.Equal(hash, StateHasher.Hash(machine));
    }

    [Fact]
    public void A_difference_is_named_by_part_register_and_value()
    {
        var machine = new Toy();
        var before = StateCollector.Collect(machine);
        machine.Registers.Mode = 0x12;
        machine.Ram[5] = 9;

        Assert.Equal(
            ["chip/registers.Mode: 0x0000 → 0x0012", "chip/ram[0x5]: 0x00 → 0x09"],
            StateCollector.Differences(before, StateCollector.Collect(machine)));
    }

    [Fact]
    public void A_state_of_another_size_is_refused()
    {
        byte[] saved = new StateSaver().Save(new Toy()).ToArray();

        Assert.Throws<InvalidDataException>(() => new StateLoader().Load(new Toy(), saved.AsSpan(0, saved.Length - 1)));
        Assert.Throws<InvalidDataException>(() => new StateLoader().Load(new Toy(), [.. saved, 0]));
    }

    [Fact]
    public void A_struct_with_padding_is_refused() =>
        Assert.Throws<InvalidOperationException>(StateLayout.Of<Padded>);

    [Fact]
    public void A_layout_names_nested_fields_and_arrays() =>
        Assert.Equal("ToyState{Counter:i32@0,Mode:u16@4,Fifo:u8*2@6}", StateLayout.Of<ToyState>().ToString());

    [Fact]
    public void The_68000s_registers_have_no_padding() =>
        Assert.Equal(Unsafe.SizeOf<M68kRegisters>(), StateLayout.Of<M68kRegisters>().Size);

    [Fact]
    public void A_second_save_allocates_nothing()
    {
        var machine = new Toy();
        var saver = new StateSaver();

        Assert.Equal(0, Allocation.Of(() => saver.Save(machine)));
    }

    private struct ToyState
    {
        public int Counter;
        public ushort Mode;
        public Pair Fifo;
    }

    [InlineArray(2)]
    private struct Pair
    {
        private byte _first;
    }

    private readonly record struct Padded(byte Small, int Large);

    private sealed class Toy : IStateful
    {
        private readonly Chip _chip;

        public Toy() => _chip = new(this);

        public ToyState Registers;

        public byte[] Ram { get; } = new byte[16];

        public void Visit(StateVisitor visitor) => visitor.Part("chip", _chip);

        private sealed class Chip(Toy toy) : IStateful
        {
            public void Visit(StateVisitor visitor)
            {
                visitor.Struct("registers", ref toy.Registers);
                visitor.Memory("ram", toy.Ram);
            }
        }
    }
}
