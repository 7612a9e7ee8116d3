using Attic.Abi.Machines;

namespace Attic.Firmware.Xl.Tests;

/// <summary>The vertical blank interrupt: clock, timers, shadows, attract mode (Atari OS manual, interrupts).</summary>
public sealed class TimerTests
{
    [Fact]
    public void RTCLOK_counts_frames_in_three_bytes()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x12, 0, 0xFF, 0xFE);
        computer.Run(3);
        Assert.Equal([(byte)1, 0, 1], computer.Peek(0x12, 3));
    }

    [Fact]
    public void Timers_1_and_2_call_and_3_to_5_clear_their_flags()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x5000, 0xEE, 0x00, 0x51, 0x60, 0xEE, 0x01, 0x51, 0x60);
        computer.Poke(0x5100, 0, 0);
        computer.PokeWord(0x226, 0x5000);
        computer.PokeWord(0x228, 0x5004);
        computer.Poke(0x22A, 1);
        computer.Poke(0x22C, 1);
        computer.Poke(0x22E, 1);
        for (int timer = 0; timer < 5; timer++)
        {
            computer.Call(0xE45C, a: (byte)(timer + 1), x: 0, y: 10);
        }

        Assert.Equal(0, computer.Peek(0x5100));
        Assert.Equal(1, computer.Peek(0x22C));
        computer.Run(15);
        Assert.Equal([(byte)1, 1], computer.Peek(0x5100, 2));
        Assert.Equal(0, computer.Peek(0x22A));
        Assert.Equal(0, computer.Peek(0x22C));
        Assert.Equal(0, computer.Peek(0x22E));
        computer.Run(300);
        Assert.Equal([(byte)1, 1], computer.Peek(0x5100, 2));
    }

    [Fact]
    public void Timers_have_sixteen_bits()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x22A, 1);
        computer.Call(0xE45C, a: 3, x: 1, y: 4);
        computer.Run(255);
        Assert.Equal(1, computer.Peek(0x22A));
        computer.Run(8);
        Assert.Equal(0, computer.Peek(0x22A));
    }

    [Fact]
    public void While_CRITIC_is_set_only_the_clock_and_timer_1_run()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x42, 1);
        computer.Poke(0x22A, 1);
        computer.PokeWord(0x21C, 3);
        byte clock = computer.Peek(0x14);
        computer.Run(10);
        Assert.Equal(3, computer.PeekWord(0x21C));
        Assert.Equal((byte)(clock + 10), computer.Peek(0x14));
        computer.Poke(0x42, 0);
        computer.Run(5);
        Assert.Equal(0, computer.Peek(0x22A));
    }

    [Fact]
    public void The_deferred_vector_is_called_each_frame_and_set_by_SETVBV()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x5000, 0xEE, 0x00, 0x51, 0x4C, 0x62, 0xE4);
        computer.Poke(0x5100, 0);
        computer.Call(0xE45C, a: 7, x: 0x50, y: 0x00);
        Assert.Equal(0x5000, computer.PeekWord(0x224));
        byte before = computer.Peek(0x5100);
        computer.Run(20);
        Assert.Equal((byte)(before + 20), computer.Peek(0x5100));
    }

    [Fact]
    public void Sticks_triggers_and_paddles_come_to_their_shadows()
    {
        var computer = XlComputer.Idle();
        computer.Control("joystick.port0.left", InputPhase.Press);
        computer.Control("joystick.port1.button", InputPhase.Press);
        computer.Run(3);
        Assert.Equal([(byte)11, 15, 11, 15], computer.Peek(0x278, 4));
        Assert.Equal([(byte)1, 0, 1, 0], computer.Peek(0x284, 4));
        Assert.Equal([(byte)0, 1, 1, 1], computer.Peek(0x27C, 4));
        Assert.Equal(228, computer.Peek(0x270));
    }

    [Fact]
    public void Attract_mode_changes_colours_until_a_key()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x4D, 0x80);
        computer.Run(2);
        Assert.Equal(0xFE, computer.Peek(0x4D));
        Assert.Equal(0xF6, computer.Peek(0x4E));
        computer.Type("a");
        Assert.Equal(0, computer.Peek(0x4D));
        Assert.Equal(0xFE, computer.Peek(0x4E));
    }
}
