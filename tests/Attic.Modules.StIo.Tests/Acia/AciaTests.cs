using Attic.Abi.AtariSt;

namespace Attic.Modules.StIo.Tests.Acia;

public sealed class AciaTests
{
    private const int CharacterCycles = 10 * 64 * 16;

    private readonly Board _board = new();

    public AciaTests()
    {
        _board.WriteMidi(0, 0x03);
        _board.WriteMidi(0, 0x95);
    }

    private bool InterruptRequested => !_board.Wiring.Wire(StPins.AciaInterrupt).Level;

    [Fact]
    public void After_a_master_reset_only_the_transmit_register_is_ready()
    {
        _board.WriteMidi(0, 0x03);
        Assert.Equal(0x02, _board.ReadMidi(0));
        Assert.False(InterruptRequested);
    }

    [Fact]
    public void A_midi_character_arrives_after_nine_and_a_half_bits_and_interrupts()
    {
        _board.Midi.Deliver([0x90], _board.Now);
        _board.Run((CharacterCycles * 19 / 20) - 1);
        Assert.Equal(0x02, _board.ReadMidi(0));
        _board.Run(1);
        Assert.Equal(0x83, _board.ReadMidi(0));
        Assert.True(InterruptRequested);
        Assert.Equal(0x90, _board.ReadMidi(2));
        Assert.Equal(0x02, _board.ReadMidi(0));
        Assert.False(InterruptRequested);
    }

    [Fact]
    public void Characters_follow_each_other_at_3125_a_second()
    {
        _board.Midi.Deliver(new byte[100], _board.Now);
        for (int count = 0; count < 100; count++)
        {
            _board.Run(CharacterCycles);
            Assert.Equal(1, _board.ReadMidi(0) & 1);
            _board.ReadMidi(2);
        }

        _board.Run(CharacterCycles);
        Assert.Equal(0, _board.ReadMidi(0) & 1);
    }

    [Fact]
    public void A_lost_character_shows_as_overrun_after_the_one_before_is_read()
    {
        _board.Midi.Deliver([1, 2, 3], _board.Now);
        _board.Run(4 * CharacterCycles);
        Assert.Equal(0x83, _board.ReadMidi(0));
        Assert.Equal(1, _board.ReadMidi(2));
        Assert.Equal(0xA3, _board.ReadMidi(0));
        Assert.Equal(1, _board.ReadMidi(2));
        Assert.Equal(0x02, _board.ReadMidi(0));
    }

    [Fact]
    public void Sent_characters_reach_the_host_one_after_another()
    {
        _board.WriteMidi(2, 0x12);
        Assert.Equal(0, _board.ReadMidi(0) & 2);
        _board.Run(64 * 16);
        Assert.Equal(2, _board.ReadMidi(0) & 2);
        _board.WriteMidi(2, 0x34);
        _board.Run(CharacterCycles - 64);
        Assert.Equal(0, _board.ReadMidi(0) & 2);
        _board.Run(128);
        Assert.Equal(2, _board.ReadMidi(0) & 2);
        byte[] sent = new byte[4];
        Assert.Equal(2, _board.Midi.Take(sent));
        Assert.Equal<byte>([0x12, 0x34, 0, 0], sent);
    }

    [Fact]
    public void An_empty_transmit_register_interrupts_when_told_to()
    {
        _board.WriteMidi(0, 0x35);
        Assert.True(InterruptRequested);
        _board.WriteMidi(2, 0);
        Assert.False(InterruptRequested);
        _board.Run(64 * 16);
        Assert.True(InterruptRequested);
        _board.WriteMidi(0, 0x15);
        Assert.False(InterruptRequested);
    }

    [Fact]
    public void Both_chips_pull_the_same_wire()
    {
        _board.WriteKeyboard(0, 0x03);
        _board.WriteKeyboard(0, 0x36);
        _board.WriteMidi(0, 0x35);
        Assert.Equal(0, _board.ReadMfp(1) & 0x10);
        _board.WriteMidi(0, 0x15);
        Assert.True(InterruptRequested);
        _board.WriteKeyboard(0, 0x16);
        Assert.False(InterruptRequested);
    }

    [Fact]
    public void A_parity_or_format_that_does_not_match_is_noticed()
    {
        // 7 bits and even parity: the line's eighth data bit is taken for the parity.
        _board.WriteMidi(0, 0x89);
        _board.Midi.Deliver([0x81], _board.Now);
        _board.Run(CharacterCycles);
        Assert.Equal(0x00, _board.ReadMidi(0) & 0x40);
        Assert.Equal(0x01, _board.ReadMidi(2));
        _board.Midi.Deliver([0x01], _board.Now);
        _board.Run(CharacterCycles);
        Assert.Equal(0x40, _board.ReadMidi(0) & 0x40);
    }

    [Fact]
    public void A_receiver_at_a_quarter_of_the_rate_sees_no_stop_bit_where_it_expects_one_or_garbage()
    {
        _board.WriteMidi(0, 0x96);
        _board.Midi.Deliver([0x00], _board.Now);
        _board.Run(4 * CharacterCycles);
        Assert.NotEqual(0, _board.ReadMidi(2));
    }
}
