namespace Attic.Firmware.Xl.Tests;

/// <summary>SIO against a device that behaves as each test wants (Atari OS manual, serial bus protocol).</summary>
public sealed class SioTests
{
    private const int Siov = 0xE459;
    private const int Read = 0x40;
    private const int Write = 0x80;

    [Fact]
    public void A_frame_is_read_and_its_command_was_sent_with_a_checksum()
    {
        byte[] data = [.. Enumerable.Range(0, 128).Select(value => (byte)(value * 7))];
        var device = new SerialDevice((_, _) => SerialDevice.Data(data));
        var computer = XlComputer.Idle(device);
        device.Commands.Clear();
        Assert.Equal(1, Transfer(computer, 'R', Read, 128, aux: 0x0123));
        Assert.Equal(data, computer.Peek(0x4000, 128));
        Assert.Equal([0x31, (byte)'R', 0x23, 0x01], Assert.Single(device.Commands));
        Assert.Equal(1, computer.Peek(0x303));
        Assert.Equal(0, computer.Peek(0x42));
    }

    [Fact]
    public void A_frame_is_written_and_acknowledged()
    {
        byte[] got = [];
        var device = new SerialDevice(
            (_, data) =>
            {
                got = data;
                return [(byte)'A', (byte)'C'];
            },
            command => command[1] == 'W' ? 128 : 0);
        var computer = XlComputer.Idle(device);
        byte[] sector = [.. Enumerable.Range(0, 128).Select(value => (byte)(255 - value))];
        computer.Poke(0x4000, sector);
        Assert.Equal(1, Transfer(computer, 'W', Write, 128));
        Assert.Equal(sector, got[..128]);
        Assert.Equal(SerialDevice.Checksum(sector), got[128]);
    }

    [Fact]
    public void A_frame_goes_out_whatever_the_phase_of_the_serial_clock()
    {
        // On tape the clock runs before the frame: another speed, another phase.
        var computer = XlComputer.Idle(new SerialDevice((_, _) => null));
        for (int speed = 20; speed < 100; speed++)
        {
            Block(computer, 'P', Write, 3, 0x8000);
            computer.Poke(0x300, 0x60);
            computer.PokeWord(0x2EE, speed);
            Assert.Equal(1, computer.Call(Siov, most: 120).Y);
        }
    }

    [Fact]
    public void A_frame_that_cannot_be_sent_is_error_138()
    {
        var device = new SerialDevice((_, _) => [(byte)'A', (byte)'C']);
        var computer = XlComputer.Idle(device);
        Block(computer, 'S', 0, 0, 0);

        // Without interrupts no byte follows the first: sei; jsr SIOV; cli; rts
        computer.Poke(0x5000, 0x78, 0x20, 0x59, 0xE4, 0x58, 0x60);
        Assert.Equal(138, computer.Call(0x5000).Y);
        Block(computer, 'S', 0, 0, 0);
        Assert.Equal(1, computer.Call(Siov).Y);
    }

    [Fact]
    public void Silence_is_asked_28_times_and_then_is_error_138()
    {
        var device = new SerialDevice((_, _) => null);
        var computer = XlComputer.Idle(device);
        device.Commands.Clear();
        Assert.Equal(138, Transfer(computer, 'R', Read, 128));
        Assert.Equal(28, device.Commands.Count);
    }

    [Fact]
    public void A_device_that_answers_at_the_third_command_is_heard()
    {
        int asked = 0;
        var device = new SerialDevice((_, _) => ++asked < 3 ? null : SerialDevice.Data(1, 2, 3, 4));
        var computer = XlComputer.Idle(device);
        asked = 0;
        Assert.Equal(1, Transfer(computer, 'R', Read, 4));
        Assert.Equal(3, asked);
    }

    [Theory]
    [InlineData("N", 139)]
    [InlineData("AE", 144)]
    [InlineData("AC????!", 143)]
    [InlineData("AC??", 138)]
    [InlineData("A", 138)]
    public void Wrong_answers_are_repeated_once_and_then_have_their_error(string answer, int error)
    {
        byte[] bytes = [.. answer.Select(character => (byte)character)];
        if (answer == "AE")
        {
            bytes = [.. bytes, 0, 0, 0, 0, 0];
        }

        var device = new SerialDevice((_, _) => bytes);
        var computer = XlComputer.Idle(device);
        device.Commands.Clear();
        Assert.Equal(error, Transfer(computer, 'R', Read, 4));
        Assert.Equal(answer == "N" ? 28 : 2, device.Commands.Count);
        Assert.Equal(error, computer.Peek(0x303));
    }

    [Fact]
    public void One_wrong_checksum_is_repaired_by_the_repeat()
    {
        int asked = 0;
        var device = new SerialDevice((_, _) => ++asked == 1 ? [(byte)'A', (byte)'C', 1, 2, 3, 4, 99] : SerialDevice.Data(1, 2, 3, 4));
        var computer = XlComputer.Idle(device);
        asked = 0;
        Assert.Equal(1, Transfer(computer, 'R', Read, 4));
        Assert.Equal(2, asked);
    }

    [Fact]
    public void BREAK_ends_a_transfer_with_error_128()
    {
        var device = new SerialDevice((_, _) => null);
        var computer = XlComputer.Idle(device);
        Block(computer, 'R', Read, 4, 0);
        computer.Begin(Siov);
        computer.Run(10);
        computer.Type("{BREAK}");
        computer.RunUntil(() => computer.Idles, 30);
        Assert.Equal(128, computer.Peek(0x6F3));
    }

    [Fact]
    public void DSKINV_fills_in_the_block_for_sectors_of_DSCTLN_bytes()
    {
        bool on = false;
        var device = new SerialDevice((command, _) => !on ? null : command[1] == 'S' ? SerialDevice.Data(0x10, 0xFF, 77, 0) : SerialDevice.Data(new byte[256]));
        var computer = XlComputer.Idle(device);
        on = true;
        computer.PokeWord(0x2D5, 256);
        computer.PokeWord(0x304, 0x4000);
        computer.Poke(0x301, 1, (byte)'R');
        computer.PokeWord(0x30A, 5);
        Assert.Equal(1, computer.Call(0xE453).Y);
        Assert.Equal(256, computer.PeekWord(0x308));
        computer.Poke(0x302, (byte)'S');
        Assert.Equal(1, computer.Call(0xE453).Y);
        Assert.Equal([(byte)0x10, 0xFF, 77, 0], computer.Peek(0x2EA, 4));
        Assert.Equal(77, computer.Peek(0x246));
    }

    [Fact]
    public void The_printer_gets_lines_of_40_padded_with_blanks()
    {
        var lines = new List<byte[]>();
        var device = new SerialDevice(
            (command, data) =>
            {
                if (command[0] != 0x40)
                {
                    return null;
                }

                if (command[1] == 'S')
                {
                    return SerialDevice.Data(0, 0, 30, 0);
                }

                lines.Add(data[..40]);
                return [(byte)'A', (byte)'C'];
            },
            command => command[0] == 0x40 && command[1] == 'W' ? 40 : 0);
        var computer = XlComputer.Idle(device);
        Assert.Equal(1, computer.OpenDevice(3, "P:", 8));
        Assert.Equal(1, computer.Put(3, "HELLO\n" + new string('A', 50)));
        Assert.Equal(1, computer.Do(3, Cio.Close));
        Assert.Equal(3, lines.Count);
        Assert.Equal([.. "HELLO"u8, 0x9B, .. Enumerable.Repeat((byte)' ', 34)], lines[0]);
        Assert.Equal(Enumerable.Repeat((byte)'A', 40), lines[1]);
        Assert.Equal((byte)'N', device.Commands[^1][2]);
    }

    private static byte Transfer(XlComputer computer, char command, byte direction, int length, int aux = 1)
    {
        Block(computer, command, direction, length, aux);
        return computer.Call(Siov).Y;
    }

    private static void Block(XlComputer computer, char command, byte direction, int length, int aux)
    {
        computer.Poke(0x300, 0x31, 1, (byte)command, direction);
        computer.PokeWord(0x304, 0x4000);
        computer.Poke(0x306, 1);
        computer.PokeWord(0x308, length);
        computer.PokeWord(0x30A, aux);
    }
}
