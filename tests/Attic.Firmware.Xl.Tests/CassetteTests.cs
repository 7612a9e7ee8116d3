using Attic.Abi.Machines;
using Attic.Media.Cassettes;

namespace Attic.Firmware.Xl.Tests;

/// <summary>C: on a tape that our own recorder records and plays (Atari OS manual, cassette handler).</summary>
public sealed class CassetteTests
{
    [Theory]
    [InlineData(0x80, 300)]
    [InlineData(0x00, 128)]
    [InlineData(0x80, 5)]
    public void What_is_written_is_read_back_up_to_the_end_of_the_file(byte gaps, int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(value => (byte)(value * 11))];
        var (computer, deck) = WithTape();
        deck.Press(TapeKey.Record, computer.Machine.Now);
        Assert.Equal(1, Open(computer, 8, gaps));
        Assert.Equal(1, computer.Do(1, Cio.PutBytes, bytes, 8, gaps));
        Assert.Equal(1, computer.Do(1, Cio.Close));
        deck.Wind(0, computer.Machine.Now);
        deck.Press(TapeKey.Play, computer.Machine.Now);
        Assert.Equal(1, Open(computer, 4, gaps));
        var (status, read) = computer.Get(1, Cio.GetBytes, length);
        Assert.Equal(1, status);
        Assert.Equal(bytes, read);
        Assert.Equal(136, computer.Get(1, Cio.GetBytes, 1).Status);
        Assert.Equal(1, computer.Do(1, Cio.Close));
    }

    [Fact]
    public void START_boots_from_cassette()
    {
        // clc; inc $6000; lda #$20; sta dosvec; lda #$30 ... and at $3020: inc $6001; jmp *
        byte[] program =
        [
            0x00, 2, 0x00, 0x30, 0x40, 0x30,
            0xEE, 0x00, 0x60, 0xA9, 0x20, 0x85, 0x0A, 0xA9, 0x30, 0x85, 0x0B, 0x18, 0x60,
            .. new byte[13],
            0xEE, 0x01, 0x60, 0x4C, 0x23, 0x30,
            .. new byte[26],
            0xEE, 0x02, 0x60, 0x60,
            .. new byte[170],
            0x77,
        ];
        var (writer, deck) = WithTape();
        deck.Press(TapeKey.Record, writer.Machine.Now);
        Open(writer, 8, 0x80);
        writer.Do(1, Cio.PutBytes, program, 8, 0x80);
        writer.Do(1, Cio.Close);

        var computer = new XlComputer(held: ["console.option", "console.start"]);
        var tape = TapeImage.FromBytes("t.cas", ((TapeImage)deck.Tape!).ToFile());
        computer.Machine.Capability<ITapeDeck>()!.Insert(tape, computer.Machine.Now);
        computer.Run(200);
        computer.Control("console.option", InputPhase.Release);
        computer.Control("console.start", InputPhase.Release);
        computer.Poke(0x6000, 0, 0, 0);
        computer.Type(" ");
        computer.RunUntil(() => computer.Peek(0x6001) == 1, 3000, "The program from tape");
        Assert.Equal([(byte)1, 1, 1], computer.Peek(0x6000, 3));
        Assert.Equal(2, computer.Peek(0x09));
    }

    private static (XlComputer Computer, ITapeDeck Deck) WithTape()
    {
        var computer = XlComputer.Idle();
        var deck = computer.Machine.Capability<ITapeDeck>()!;
        deck.Insert(TapeImage.FromBytes("t.cas", TapeImage.Blank()), computer.Machine.Now);
        return (computer, deck);
    }

    // The handler beeps and waits for a key.
    private static byte Open(XlComputer computer, byte direction, byte gaps)
    {
        computer.Poke(0x4000, Cio.Text("C:\n"));
        computer.Poke(0x352, Cio.Open);
        computer.PokeWord(0x354, 0x4000);
        computer.Poke(0x35A, direction, gaps);
        computer.Begin(0xE456, x: 0x10);
        computer.Run(90);
        computer.Type(" ");
        computer.RunUntil(() => computer.Idles, 2000, "The leader");
        return computer.Peek(0x6F3);
    }
}
