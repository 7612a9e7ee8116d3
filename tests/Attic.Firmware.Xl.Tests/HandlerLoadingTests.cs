namespace Attic.Firmware.Xl.Tests;

/// <summary>Handlers that a peripheral brings: type 3 polls at a start, type 4 polls at OPEN, the relocating loader.</summary>
public sealed class HandlerLoadingTests
{
    private const byte Serial = 0x58;

    // The handler: PUT stores the byte at $5000; all else answers "done".
    private static readonly byte[] Code =
    [
        38, 0, 38, 0, 38, 0, 41, 0, 38, 0, 38, 0, // OPEN, CLOSE, GET, PUT, STATUS, SPECIAL: offsets less one
        0x4C, 20, 0, // JMP start
        0, 60, 0, 0, 0, // checksum, size, link
        0xA2, (byte)'Y', 0xA0, 0, 0xA9, 0, 0x20, 0x86, 0xE4, 0xEE, 0x10, 0x50, 0x18, 0x60, // start: PHENTV with this table; counts
        0xEA, 0xEA, 0xEA, 0xEA, 0xEA,
        0xA0, 1, 0x60, // done
        0x8D, 0, 0x50, 0xA0, 1, 0x60, // put
    ];

    [Fact]
    public void A_handler_of_the_type_3_poll_is_relocated_started_and_used()
    {
        bool given = false;
        var device = new SerialDevice((command, _) => command switch
        {
            [0x4F, 0x40, 0, 0] when !given => Give(),
            [Serial, 0x26, var block, _] => SerialDevice.Data(Block(block)),
            _ => null,
        });
        var computer = XlComputer.Idle(device);
        Assert.Equal([0x4F, 0x40, 0x4F, 0x4F], device.Commands.First(command => command[1] == 0x40));
        Assert.Equal([0x4F, 0x40, 0x4E, 0x4E], device.Commands.Last(command => command[1] == 0x40));
        int entry = Enumerable.Range(0, 12).Select(index => 0x31A + (3 * index)).First(at => computer.Peek(at) == 'Y');
        Assert.Equal(0x0700, computer.PeekWord(entry + 1));
        Assert.Equal(0x073C, computer.PeekWord(0x2E7));
        Assert.Equal(1, computer.OpenDevice(1, "Y:", 8));
        Assert.Equal(1, computer.Do(1, Cio.PutBytes, "!"u8, 8));
        Assert.Equal((byte)'!', computer.Peek(0x5000));

        byte[] Give()
        {
            given = true;
            return SerialDevice.Data(60, 0, Serial, 1);
        }
    }

    [Fact]
    public void A_peripheral_that_answers_a_later_repeat_of_the_poll_is_heard()
    {
        int polls = 0;
        var device = new SerialDevice((command, _) => command switch
        {
            [0x4F, 0x40, 0, 0] => ++polls == 20 ? SerialDevice.Data(60, 0, Serial, 1) : null,
            [Serial, 0x26, var block, _] => SerialDevice.Data(Block(block)),
            _ => null,
        });
        var computer = XlComputer.Idle(device);
        Assert.Contains(Enumerable.Range(0, 12), index => computer.Peek(0x31A + (3 * index)) == 'Y');
        Assert.InRange(polls, 21, 60);
    }

    [Fact]
    public void A_type_4_poll_opens_provisionally_and_loads_when_bytes_move()
    {
        var device = new SerialDevice((command, _) => command switch
        {
            [0x4F, 0x40, (byte)'Y', 2] => SerialDevice.Data(60, 0, Serial, 1),
            [Serial, 0x26, var block, _] => SerialDevice.Data(Block(block)),
            _ => null,
        });
        var computer = XlComputer.Idle(device);
        Assert.Equal(130, computer.OpenDevice(1, "Q:", 8));
        Assert.Equal(1, computer.OpenDevice(1, "Y2:", 8));
        Assert.Equal(0x7F, computer.Peek(0x350));
        Assert.DoesNotContain(device.Commands, command => command[1] == 0x26);
        Assert.Equal(1, computer.Do(1, Cio.PutBytes, "!"u8, 8));
        Assert.Equal((byte)'!', computer.Peek(0x5000));
        Assert.Equal(15, computer.Peek(0x350));
    }

    [Fact]
    public void Loaded_handlers_start_again_after_RESET_and_can_leave_the_chain()
    {
        var device = new SerialDevice((command, _) => command switch
        {
            [0x4F, 0x40, (byte)'Y', 1] => SerialDevice.Data(60, 0, Serial, 1),
            [Serial, 0x26, var block, _] => SerialDevice.Data(Block(block)),
            _ => null,
        });
        var computer = XlComputer.Idle(device);
        computer.OpenDevice(1, "Y:", 8);
        computer.Do(1, Cio.PutBytes, "!"u8, 8);
        Assert.Equal(0x0700, computer.PeekWord(0x3FB));
        byte started = computer.Peek(0x5010);
        computer.PressReset();
        Assert.Equal((byte)(started + 1), computer.Peek(0x5010));
        Assert.Equal(0x073C, computer.PeekWord(0x2E7));
        Assert.Equal(1, computer.OpenDevice(1, "Y:", 8));
        computer.Call(0xE489, a: 0x07, y: 0x00);
        Assert.Equal(0, computer.PeekWord(0x3FB));
    }

    // Text; words at the table and the jump; a low byte, a high byte with its low byte; the end.
    private static byte[] Block(int number)
    {
        byte[] records =
        [
            0, (byte)(2 + Code.Length), 0, 0, .. Code,
            6, 7, 0, 2, 4, 6, 8, 10, 13,
            2, 1, 23,
            8, 2, 25, 0,
            11, 2, 0, 0,
        ];
        byte[] block = new byte[128];
        records.AsSpan(Math.Min(records.Length, 128 * number)).CopyTo(block);
        return block;
    }
}
