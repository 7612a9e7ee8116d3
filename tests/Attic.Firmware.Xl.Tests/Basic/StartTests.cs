using Attic.Abi.Machines;

namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>Start, RESET, BREAK, and what a program finds in memory.</summary>
public sealed class StartTests
{
    [Fact]
    public void READY_comes_within_five_seconds()
    {
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        computer.RunUntil("READY", 5 * 60);
    }

    [Fact]
    public void RESET_keeps_the_program()
    {
        var computer = BasicComputer.Ours();
        computer.Enter("10 ? \"KEPT\"");
        computer.Computer.PressReset();
        computer.Computer.RunUntil("READY");
        computer.Enter("RUN");
        Assert.Contains("KEPT", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void BREAK_stops_a_program_and_CONT_goes_on_at_the_next_line()
    {
        var computer = BasicComputer.Ours();
        computer.Enter("10 FOR I=1 TO 1000:A=A+1:NEXT I:IF A<1E9 THEN 10", "20 ? \"WENT ON\"");
        computer.Computer.Type("RUN\n");
        computer.Computer.Run(60);
        Break(computer);
        Assert.EndsWith("STOPPED AT LINE 10", computer.Screen, StringComparison.Ordinal);
        computer.Enter("CONT");
        Assert.Contains("WENT ON", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void BREAK_stops_a_program_that_waits_for_input()
    {
        var computer = BasicComputer.Ours();
        computer.Enter("10 TRAP 20:INPUT A", "20 ? \"TRAPPED\"", "RUN");
        Break(computer);
        Assert.EndsWith("STOPPED AT LINE 10", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_a_cartridge_that_starts_and_boots_the_disk_first()
    {
        byte[] rom = FirmwareTree.Basic();
        Assert.Equal(8192, rom.Length);
        Assert.Equal(0, rom[0x1FFC]);
        Assert.Equal(5, rom[0x1FFD]);
        Assert.InRange(rom[0x1FFB], 0xA0, 0xBF);
        Assert.InRange(rom[0x1FFF], 0xA0, 0xBF);
    }

    [Fact]
    public void A_program_put_into_memory_runs()
    {
        var computer = BasicComputer.Ours();
        int start = computer.Computer.PeekWord(0x88);
        // 10 PRINT 7, then the line 32768 that always ends the program (De Re Atari, chapter 10)
        byte[] program = [10, 0, 13, 13, 0x20, 0x0E, 0x40, 7, 0, 0, 0, 0, 0x16, 0, 0x80, 3];
        computer.Computer.Poke(start, program);
        computer.Computer.PokeWord(0x8A, start + 13);
        foreach (int pointer in new[] { 0x8C, 0x8E, 0x90 })
        {
            computer.Computer.PokeWord(pointer, start + program.Length);
        }

        computer.Enter("RUN");
        Assert.Contains("\n  7\n", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_and_twenty_nine_variables_are_one_too_many()
    {
        var computer = BasicComputer.Ours();
        for (int line = 0; line < 13; line++)
        {
            computer.Enter($"{line + 1} " + string.Join(':', Enumerable.Range(0, line == 12 ? 9 : 10).Select(at => $"V{line}X{at}=1")));
        }

        computer.Computer.RunUntil("ERROR-   4");
    }

    private static void Break(BasicComputer computer)
    {
        computer.Computer.Control("keyboard.matrix:XL_KEY_BREAK", InputPhase.Press);
        computer.Computer.Run(4);
        computer.Computer.Control("keyboard.matrix:XL_KEY_BREAK", InputPhase.Release);
        computer.Computer.Run(30);
    }
}
