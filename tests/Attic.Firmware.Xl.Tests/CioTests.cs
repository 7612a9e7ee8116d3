namespace Attic.Firmware.Xl.Tests;

/// <summary>CIO: IOCBs, the handler table, status codes (Atari OS manual, appendix B).</summary>
public sealed class CioTests
{
    [Fact]
    public void Wrong_IOCBs_commands_and_devices_are_refused()
    {
        var computer = XlComputer.Idle();
        Assert.Equal(134, computer.Call(0xE456, x: 0x15).Y);
        Assert.Equal(134, computer.Call(0xE456, x: 0x80).Y);
        Assert.Equal(132, computer.Do(1, 2));
        Assert.Equal(133, computer.Do(1, Cio.GetBytes, length: 1));
        Assert.Equal(133, computer.Do(1, Cio.PutBytes, "A"u8, 8));
        Assert.Equal(130, computer.OpenDevice(1, "Q:", 4));
        Assert.Equal(0xFF, computer.Peek(0x350));
    }

    [Fact]
    public void An_open_IOCB_is_not_opened_again_and_closing_twice_is_no_error()
    {
        var computer = XlComputer.Idle();
        Assert.Equal(1, computer.OpenDevice(1, "K:", 4));
        Assert.Equal(129, computer.OpenDevice(1, "K:", 4));
        Assert.Equal(1, computer.Do(1, Cio.Close));
        Assert.Equal(1, computer.Do(1, Cio.Close));
        Assert.Equal(0xFF, computer.Peek(0x350));
    }

    [Fact]
    public void Directions_that_were_not_opened_are_refused()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(1, "E:", 8);
        Assert.Equal(131, computer.Do(1, Cio.GetBytes, aux1: 8, length: 1));
        computer.Do(1, Cio.Close);
        computer.OpenDevice(1, "E:", 4);
        Assert.Equal(135, computer.Do(1, Cio.PutBytes, "A"u8, 4));
    }

    [Fact]
    public void What_a_handler_does_not_have_is_error_146()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(1, "K:", 12);
        Assert.Equal(146, computer.Do(1, Cio.PutBytes, "A"u8, 12));
        Assert.Equal(146, computer.Do(1, 0x20));
    }

    [Fact]
    public void A_record_ends_at_EOL_and_one_is_added_where_it_is_missing()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d");
        Assert.Equal(1, computer.Do(0, Cio.PutRecord, Cio.Text("AB\nCD"), 12));
        Assert.Equal(3, computer.PeekWord(0x348));
        computer.Do(0, Cio.PutRecord, Cio.Text("EF"), 12);
        Assert.Equal("  AB\n  EF", computer.Screen.TrimEnd());
        Assert.Equal(4, computer.Peek(0x54) + 2);
    }

    [Fact]
    public void A_record_that_is_too_long_is_cut_and_reported()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007dABCDEFGH\n\u001c");
        var (status, bytes) = Forced(computer, Cio.GetRecord, 4);
        Assert.Equal(137, status);
        Assert.Equal([(byte)'A', (byte)'B', (byte)'C', 0x9B], bytes);
    }

    [Fact]
    public void Bytes_are_counted_in_the_IOCB_and_the_buffer_address_stays()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007dABCDEFGH\n\u001c");
        var (status, bytes) = Forced(computer, Cio.GetBytes, 5);
        Assert.Equal(1, status);
        Assert.Equal("ABCDE"u8.ToArray(), bytes);
        Assert.Equal(0x4000, computer.PeekWord(0x344));
    }

    [Fact]
    public void Length_0_moves_one_byte_through_A()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d");
        computer.Poke(0x342, Cio.PutBytes);
        computer.PokeWord(0x348, 0);
        Assert.Equal(1, computer.Call(0xE456, a: (byte)'Z').Y);
        Assert.Equal("  Z", computer.Screen.TrimEnd());
    }

    [Fact]
    public void A_handler_in_RAM_replaces_one_of_the_same_name_and_is_called_by_its_table()
    {
        var computer = XlComputer.Idle();
        // open, close, get: ldy #1; rts — put: sta $5000; ldy #1; rts
        computer.Poke(0x4F00, 0xA0, 0x01, 0x60, 0x8D, 0x00, 0x50, 0xA0, 0x01, 0x60);
        for (int entry = 0; entry < 6; entry++)
        {
            computer.PokeWord(0x4F20 + (2 * entry), entry == 3 ? 0x4F02 : 0x4EFF);
        }

        var added = computer.Call(0xE486, a: 0x4F, x: (byte)'X', y: 0x20);
        Assert.Equal((byte)'X', computer.Peek(0x31A + 15));
        Assert.Equal(1, computer.OpenDevice(2, "X:", 8));
        Assert.Equal(1, computer.Do(2, Cio.PutBytes, "!"u8, 8));
        Assert.Equal((byte)'!', computer.Peek(0x5000));
        Assert.Equal(0x4F02, computer.PeekWord(0x366));
        Assert.Equal(0x20, added.Y);
    }

    [Fact]
    public void The_unit_is_the_digit_behind_the_name_or_1()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(1, "K3:", 4);
        Assert.Equal(3, computer.Peek(0x351));
        computer.OpenDevice(2, "K:", 4);
        Assert.Equal(1, computer.Peek(0x361));
    }

    private static (byte Status, byte[] Bytes) Forced(XlComputer computer, int command, int length)
    {
        byte status = computer.Do(0, command, aux1: 13, length: length);
        return (status, computer.Peek(0x4000, computer.PeekWord(0x348)));
    }
}
