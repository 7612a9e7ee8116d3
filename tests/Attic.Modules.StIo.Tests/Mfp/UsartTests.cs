using Attic.Abi.Machines;
using static Attic.Modules.StIo.Tests.Mfp.Registers;

namespace Attic.Modules.StIo.Tests.Mfp;

public sealed class UsartTests
{
    private readonly Board _board = new();

    public UsartTests()
    {
        // 9600 baud, 8 bits, one stop bit, as TOS sets it.
        _board.WriteMfp(Tddr, 2);
        _board.WriteMfp(Tcdcr, 0x01);
        _board.WriteMfp(Ucr, 0x88);
    }

    [Fact]
    public void A_character_takes_ten_bits_at_the_rate_of_timer_d()
    {
        _board.WriteMfp(Tsr, 0x01);
        Assert.Equal(0x81, _board.ReadMfp(Tsr));
        _board.WriteMfp(Udr, 0x55);
        _board.RunMicroseconds(1_041);
        Assert.Empty(Sent());
        _board.RunMicroseconds(2);
        Assert.Equal<byte>([0x55], Sent());
    }

    [Fact]
    public void The_buffer_is_empty_again_while_the_first_character_is_sent()
    {
        _board.WriteMfp(Tsr, 0x01);
        _board.WriteMfp(Udr, 1);
        Assert.Equal(0x81, _board.ReadMfp(Tsr));
        _board.WriteMfp(Udr, 2);
        Assert.Equal(0x01, _board.ReadMfp(Tsr));
        _board.RunMicroseconds(1_100);
        Assert.Equal(0x81, _board.ReadMfp(Tsr));
        _board.RunMicroseconds(1_100);
        Assert.Equal<byte>([1, 2], Sent());
    }

    [Fact]
    public void An_empty_buffer_interrupts_and_an_underrun_shows_until_it_is_read()
    {
        _board.WriteMfp(Iera, 0x06);
        _board.WriteMfp(Tsr, 0x01);
        _board.WriteMfp(Udr, 1);
        Assert.Equal(0x04, _board.ReadMfp(Ipra));
        _board.RunMicroseconds(1_100);
        Assert.Equal(0x06, _board.ReadMfp(Ipra));
        Assert.Equal(0xC1, _board.ReadMfp(Tsr));
        Assert.Equal(0x81, _board.ReadMfp(Tsr));
    }

    [Fact]
    public void Delivered_characters_arrive_one_by_one_and_interrupt()
    {
        _board.WriteMfp(Iera, 0x10);
        _board.WriteMfp(Imra, 0x10);
        _board.WriteMfp(Vr, 0x48);
        _board.WriteMfp(Rsr, 0x01);
        Assert.Equal(2, _board.Mfp.Deliver([7, 8], _board.Now));
        _board.RunMicroseconds(500);
        Assert.Equal(0x05, _board.ReadMfp(Rsr));
        _board.RunMicroseconds(600);
        Assert.True(_board.InterruptRequested);
        Assert.Equal(0x4C, _board.Mfp.Acknowledge(_board.Now));
        Assert.Equal(0x80, _board.ReadMfp(Rsr) & 0x80);
        Assert.Equal(7, _board.ReadMfp(Udr));
        Assert.Equal(0, _board.ReadMfp(Rsr) & 0x80);
        _board.RunMicroseconds(1_100);
        Assert.Equal(8, _board.ReadMfp(Udr));
    }

    [Fact]
    public void A_lost_character_shows_as_overrun_after_the_one_before_is_read()
    {
        _board.WriteMfp(Rsr, 0x01);
        _board.Mfp.Deliver([7, 8], _board.Now);
        _board.RunMicroseconds(3_000);
        Assert.Equal(0x81, _board.ReadMfp(Rsr));
        Assert.Equal(7, _board.ReadMfp(Udr));
        Assert.Equal(0x41, _board.ReadMfp(Rsr));
        Assert.Equal(0x01, _board.ReadMfp(Rsr));
    }

    [Fact]
    public void Loop_back_returns_what_is_sent()
    {
        _board.WriteMfp(Rsr, 0x01);
        _board.WriteMfp(Tsr, 0x07);
        _board.WriteMfp(Udr, 0xA5);
        _board.RunMicroseconds(1_100);
        Assert.Equal(0xA5, _board.ReadMfp(Udr));
        Assert.Empty(Sent());
    }

    [Fact]
    public void Shorter_words_lose_their_upper_bits_and_take_less_time()
    {
        _board.WriteMfp(Ucr, 0xE8);
        _board.WriteMfp(Rsr, 0x01);
        _board.Mfp.Deliver([0xFF], _board.Now);
        _board.RunMicroseconds(740);
        Assert.Equal(0x80, _board.ReadMfp(Rsr) & 0x80);
        Assert.Equal(0x1F, _board.ReadMfp(Udr));
    }

    [Fact]
    public void Disabling_the_transmitter_ends_the_transmission_after_the_character()
    {
        _board.WriteMfp(Tsr, 0x01);
        _board.WriteMfp(Udr, 1);
        _board.WriteMfp(Tsr, 0x00);
        Assert.Equal(0, _board.ReadMfp(Tsr) & 0x10);
        _board.RunMicroseconds(1_100);
        Assert.Equal(0x10, _board.ReadMfp(Tsr) & 0x10);
    }

    [Fact]
    public void Synchronous_reception_begins_with_the_sync_character()
    {
        _board.WriteMfp(Ucr, 0x00);
        _board.WriteMfp(Scr, 0x16);
        _board.WriteMfp(Rsr, 0x03);
        _board.Mfp.Deliver([0x99, 0x16, 0x16, 0x42], _board.Now);
        _board.RunMicroseconds(500);
        Assert.Equal(0x8B, _board.ReadMfp(Rsr));
        Assert.Equal(0x42, _board.ReadMfp(Udr));
    }

    private byte[] Sent()
    {
        Span<byte> bytes = stackalloc byte[16];
        return bytes[..((ISerialPort)_board.Mfp).Take(bytes)].ToArray();
    }
}
