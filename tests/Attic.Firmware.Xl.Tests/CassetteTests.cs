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
