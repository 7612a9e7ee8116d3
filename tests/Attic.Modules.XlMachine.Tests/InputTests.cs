using System.Text;
using Attic.Abi.Machines;

namespace Attic.Modules.XlMachine.Tests;

public class InputTests
{
    // SKCTL = 3, then loops.
    private static readonly byte[] Scans = [0xA9, 0x03, 0x8D, 0x0F, 0xD2, 0x4C, 0x05, 0xE0];

    [Fact]
    public void A_held_key_shows_in_KBCODE_with_shift()
    {
        var machine = TestMachine.Build(Scans);
        var input = machine.Capability<IInputPort>()!;
        machine.RunFrames(2);
        var keys = input.KeysFor(new Rune('A'));
        Assert.Equal([64, 63], keys);
        foreach (int key in keys)
        {
            input.Apply(key, InputPhase.Press, 0);
        }

        machine.RunFrames(3);
        Assert.Equal(0x7F, machine.PeekByte(0xD209));
        Assert.Equal(0, machine.PeekByte(0xD20F) & 0x0C);
        foreach (int key in keys)
        {
            input.Apply(key, InputPhase.Release, 0);
        }

        machine.RunFrames(3);
        Assert.Equal(0x0C, machine.PeekByte(0xD20F) & 0x0C);
        Assert.Equal(0, input.Pending);
    }

    [Fact]
    public void Sticks_triggers_and_console_keys_show_in_their_registers()
    {
        var machine = TestMachine.Build(Scans);
        var input = machine.Capability<IInputPort>()!;
        Press("joystick.port0.left");
        Press("joystick.port1.button");
        Press("console.select");
        Assert.Equal(0xFB, Inputs(machine));
        Assert.Equal(1, machine.PeekByte(0xD010));
        Assert.Equal(0, machine.PeekByte(0xD011));
        Assert.Equal(5, machine.PeekByte(0xD01F));

        void Press(string target)
        {
            Assert.True(input.TryResolve(target, null, out int control));
            input.Apply(control, InputPhase.Press, 0);
        }

        // PORTA reads through once PACTL chooses the port.
        static byte Inputs(XlMachine machine)
        {
            machine.RunFrames(1);
            return Select(machine);
        }

        static byte Select(XlMachine machine)
        {
            machine.Chips.OfType<Attic.Abi.Buses.IByteDevice>().First(chip => ((Attic.Abi.Chips.IChip)chip).Name == "pia")
                .Write(0xD302, 4, machine.Now);
            return machine.PeekByte(0xD300);
        }
    }

    [Fact]
    public void A_character_is_typed_as_itself_although_the_users_shift_is_held()
    {
        var machine = TestMachine.Build(Scans);
        var input = machine.Capability<IInputPort>()!;
        machine.RunFrames(2);
        Assert.True(input.TryResolve("keyboard.char", "*", out int star));
        input.Apply(64, InputPhase.Press, 0);
        input.Apply(star, InputPhase.Press, 0);
        machine.RunFrames(3);
        Assert.Equal(7, machine.PeekByte(0xD209));
        input.Apply(star, InputPhase.Release, 0);
        machine.RunFrames(3);
        Assert.Equal(0, machine.PeekByte(0xD20F) & 0x08);
    }

    [Theory]
    [InlineData("keyboard.matrix", "XL_KEY_RETURN", 12)]
    [InlineData("keyboard.matrix", "33", 33)]
    [InlineData("keyboard.char", "q", 0x100 | 47)]
    [InlineData("keyboard.char", "Q", 0x140 | 47)]
    [InlineData("keyboard.matrix", "XL_KEY_UP", 0x180 | 14)]
    [InlineData("paddle.3", null, 103)]
    [InlineData("console.reset", null, 67)]
    public void Targets_resolve(string target, string? value, int expected)
    {
        Assert.True(TestMachine.Build(Scans).Capability<IInputPort>()!.TryResolve(target, value, out int control));
        Assert.Equal(expected, control);
    }

    [Theory]
    [InlineData("keyboard.matrix", "64")]
    [InlineData("keyboard.char", "ab")]
    [InlineData("paddle.8", null)]
    [InlineData("mouse.x", null)]
    public void What_an_XL_does_not_have_does_not_resolve(string target, string? value) =>
        Assert.False(TestMachine.Build(Scans).Capability<IInputPort>()!.TryResolve(target, value, out _));
}
