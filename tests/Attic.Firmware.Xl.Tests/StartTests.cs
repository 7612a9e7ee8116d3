using Attic.Abi.Machines;

namespace Attic.Firmware.Xl.Tests;

/// <summary>From power-on to the program, and RESET.</summary>
public sealed class StartTests
{
    private const int FiveSeconds = 299;

    [Theory]
    [InlineData(VideoRegion.Ntsc, FiveSeconds)]
    [InlineData(VideoRegion.Pal, 249)]
    public void READY_comes_within_five_seconds_without_a_disk(VideoRegion region, int frames)
    {
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()], region);
        computer.RunUntil("READY", frames);
        Assert.Equal(region == VideoRegion.Pal ? 1 : 0, computer.Peek(0x62));
    }

    [Fact]
    public void A_key_ends_the_boot_screen()
    {
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        computer.RunUntil("ATTIC XL", 60);
        computer.Type(" ");
        Assert.DoesNotContain("ATTIC XL", computer.Screen, StringComparison.Ordinal);
        computer.RunUntil("READY", 150);
    }

    [Fact]
    public void OPTION_keeps_BASIC_out_and_the_self_test_comes()
    {
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()], held: "console.option");
        computer.RunUntil("S E L F   T E S T", FiveSeconds);
        Assert.Equal(0xC0, computer.Peek(0x6A));
        Assert.NotEqual(0, computer.Peek(0x3F8));
    }

    [Fact]
    public void The_variables_of_a_fresh_machine_are_as_documented()
    {
        var computer = XlComputer.Idle();
        Assert.Equal(0xC0, computer.Peek(0x6A));
        Assert.Equal(0xC0, computer.Peek(0x2E4));
        Assert.Equal(0x0700, computer.PeekWord(0x2E7));
        Assert.Equal(0xBC1F, computer.PeekWord(0x2E5));
        Assert.Equal(0xBC20, computer.PeekWord(0x230));
        Assert.Equal(0xBC40, computer.PeekWord(0x58));
        Assert.Equal([(byte)2, 39], computer.Peek(0x52, 2));
        Assert.Equal([(byte)0x28, 0xCA, 0x94, 0x46, 0x00], computer.Peek(0x2C4, 5));
        Assert.Equal([(byte)'P', 0x30, 0xE4, (byte)'C', 0x40, 0xE4, (byte)'E', 0x00, 0xE4, (byte)'S', 0x10, 0xE4, (byte)'K', 0x20, 0xE4], computer.Peek(0x31A, 15));
        Assert.Equal([(byte)0x5C, 0x93, 0x25], computer.Peek(0x33D, 3));
        Assert.Equal([(byte)48, 6], computer.Peek(0x2D9, 2));
        Assert.Equal(0xE0, computer.Peek(0x2F4));
        Assert.Equal(0xFF, computer.Peek(0x08));
    }

    [Fact]
    public void RESET_keeps_memory_and_goes_through_DOSVEC()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x4321, 0xA5);
        computer.Poke(0x22F, 0);
        computer.PressReset();
        Assert.Equal(0xA5, computer.Peek(0x4321));
        Assert.Equal(0x22, computer.Peek(0x22F));
        computer.Call(0xE456, x: 0x80);
    }

    [Fact]
    public void COLDST_turns_RESET_into_a_power_on()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x4321, 0xA5);
        computer.Poke(0x244, 1);
        computer.PressReset();
        computer.RunUntil("S E L F   T E S T");
        Assert.Equal(0, computer.Peek(0x4321));
        Assert.Equal(0, computer.Peek(0x08));
    }

    [Fact]
    public void RESET_calls_what_was_booted_through_DOSINI()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x5000, 0xEE, 0x00, 0x51, 0x60);
        computer.Poke(0x5100, 7);
        computer.PokeWord(0x0C, 0x5000);
        computer.Poke(0x09, 1);
        computer.PressReset();
        Assert.Equal(8, computer.Peek(0x5100));
    }

    [Fact]
    public void Interrupts_go_through_page_2()
    {
        var computer = XlComputer.Idle();
        // break: pha is done; inc $5100; pla; rti
        computer.Poke(0x5000, 0xEE, 0x00, 0x51, 0x68, 0x40);
        computer.Poke(0x5100, 0);
        computer.PokeWord(0x206, 0x5000);
        computer.Poke(0x5200, 0x00, 0xEA, 0x60);
        computer.Call(0x5200);
        Assert.Equal(1, computer.Peek(0x5100));

        // timer 1 of POKEY: audf1 = 100, irqen = pokmsk or 1, stimer
        computer.PokeWord(0x210, 0x5000);
        computer.Poke(0x5200, 0xA9, 0x64, 0x8D, 0x00, 0xD2, 0xA9, 0x00, 0x8D, 0x08, 0xD2, 0xA5, 0x10, 0x09, 0x01, 0x85, 0x10, 0x8D, 0x0E, 0xD2, 0x8D, 0x09, 0xD2, 0x60);
        computer.Call(0x5200);
        byte before = computer.Peek(0x5100);
        computer.Run(2);
        Assert.InRange(computer.Peek(0x5100) - before, 15, 25);
    }

    [Fact]
    public void The_self_test_finds_ROM_and_RAM_good()
    {
        var computer = new XlComputer(held: "console.option");
        computer.RunUntil("S E L F   T E S T");
        computer.Control("console.option", InputPhase.Release);
        computer.Run(5);
        computer.Control("console.start", InputPhase.Press);
        computer.Run(5);
        computer.Control("console.start", InputPhase.Release);
        computer.RunUntil("MENU");
        Assert.Equal(2, computer.Screen.Split("GOOD").Length - 1);
        Assert.DoesNotContain("FAULTY", computer.Screen, StringComparison.Ordinal);
    }
}
