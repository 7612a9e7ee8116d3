namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>Faults of Atari BASIC that show only at sizes that a typed program must be fitted to.</summary>
public sealed class FaultTests
{
    private const int Program = 0x88;
    private const int EndOfProgram = 0x8C;
    private const int EndOfAll = 0x90;

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public void A_line_goes_in_and_out_before_a_block_of_a_multiple_of_256_bytes(int size)
    {
        var computer = BasicComputer.Ours();
        computer.Enter("10 REM FIRST");
        for (int line = 40; line < 40 + (size / 85); line++)
        {
            computer.Enter($"{line} REM " + new string('X', 65));
        }

        computer.Enter("30 REM");
        computer.Enter("30 REM " + new string('Y', size - Behind(computer, 30)));
        Assert.Equal(size, Behind(computer, 30));
        byte[] before = Lines(computer);
        computer.Enter("20 ? \"NEW\"");
        Assert.NotEqual(before, Lines(computer));
        computer.Enter("20");
        Assert.Equal(before, Lines(computer));
        computer.Enter("20 ? \"WORKS\"", "GRAPHICS 0", "RUN");
        Assert.Contains("WORKS", computer.Screen, StringComparison.Ordinal);
    }

    // The bytes from a line to the end of what BASIC uses: what moves when a line is put before it.
    private static int Behind(BasicComputer computer, int number)
    {
        int at = computer.Computer.PeekWord(Program);
        while (computer.Computer.PeekWord(at) != number)
        {
            at += computer.Computer.Peek(at + 2);
        }

        return computer.Computer.PeekWord(EndOfAll) - at;
    }

    private static byte[] Lines(BasicComputer computer)
    {
        int start = computer.Computer.PeekWord(Program);
        return computer.Computer.Peek(start, computer.Computer.PeekWord(EndOfProgram) - start);
    }
}
