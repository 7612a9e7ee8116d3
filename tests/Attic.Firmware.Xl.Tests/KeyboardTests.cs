using Attic.Abi.Machines;

namespace Attic.Firmware.Xl.Tests;

/// <summary>K: and the keyboard's interrupt.</summary>
public sealed class KeyboardTests
{
    private const int Ch = 0x2FC;

    [Theory]
    [InlineData("a", 'A')]
    [InlineData("1", '1')]
    [InlineData("!", '!')]
    [InlineData("{CTRL+A}", 1)]
    [InlineData("{UP}", 0x1C)]
    [InlineData("{ESC}", 0x1B)]
    [InlineData("{TAB}", 0x7F)]
    [InlineData("{CTRL+TAB}", 0x9E)]
    [InlineData("{SHIFT+TAB}", 0x9F)]
    [InlineData("{BACKSPACE}", 0x7E)]
    [InlineData("{SHIFT+DELETE}", 0x9C)]
    [InlineData("{SHIFT+INSERT}", 0x9D)]
    [InlineData("{CTRL+CLEAR}", 0x7D)]
    [InlineData("{CTRL+2}", 0xFD)]
    [InlineData("{CTRL+PERIOD}", 0x60)]
    [InlineData("{RETURN}", 0x9B)]
    [InlineData("{CAPS}a", 'a')]
    [InlineData("{CAPS}{SHIFT+CAPS}a", 'A')]
    [InlineData("{CTRL+CAPS}b", 2)]
    [InlineData("{INVERSE}a", 'A' + 128)]
    [InlineData("{INVERSE}{RETURN}", 0x9B)]
    [InlineData("{F1}", 0x1C)]
    [InlineData("{F4}", 0x1F)]
    public void A_key_gives_its_character(string keys, int character)
    {
        var computer = XlComputer.Idle();
        Assert.Equal(1, computer.OpenDevice(1, "K:", 4));
        Begin(computer);
        computer.Type(keys);
        computer.RunUntil(() => computer.Idles, 60, "A character");
        Assert.Equal((byte)character, computer.Peek(0x6F1));
        Assert.Equal(1, computer.Peek(0x6F3));
    }

    [Fact]
    public void CTRL_3_is_the_end_of_file_and_BREAK_is_error_128()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(1, "K:", 4);
        Begin(computer);
        computer.Type("{CTRL+3}");
        computer.RunUntil(() => computer.Idles, 60);
        Assert.Equal(136, computer.Peek(0x6F3));
        Begin(computer);
        computer.Type("{BREAK}");
        computer.RunUntil(() => computer.Idles, 60);
        Assert.Equal(128, computer.Peek(0x6F3));
        Assert.Equal(0xFF, computer.Peek(0x11));
    }

    [Fact]
    public void A_held_key_repeats_after_KRPDEL_every_KEYREP_frames()
    {
        var computer = XlComputer.Idle();
        computer.Control("keyboard.matrix:XL_KEY_A", InputPhase.Press);
        var seen = new List<int>();
        for (int frame = 0; frame < 80; frame++)
        {
            computer.Run(1);
            if (computer.Peek(Ch) == 63)
            {
                seen.Add(frame);
                computer.Poke(Ch, 255);
            }
        }

        Assert.InRange(seen[1] - seen[0], 46, 50);
        Assert.All(seen.Skip(2).Zip(seen.Skip(1)), pair => Assert.Equal(6, pair.First - pair.Second));
    }

    [Fact]
    public void HELP_sets_HELPFG_and_types_nothing()
    {
        var computer = XlComputer.Idle();
        computer.Poke(Ch, 255);
        computer.Type("{HELP}");
        Assert.Equal(0x11, computer.Peek(0x2DC));
        computer.Type("{SHIFT+HELP}");
        Assert.Equal(0x51, computer.Peek(0x2DC));
        computer.Type("{CTRL+HELP}");
        Assert.Equal(0x91, computer.Peek(0x2DC));
        Assert.Equal(255, computer.Peek(Ch));
    }

    [Fact]
    public void CTRL_1_holds_output_and_lets_it_go_on()
    {
        var computer = XlComputer.Idle();
        computer.Type("{CTRL+1}");
        Assert.Equal(0xFF, computer.Peek(0x2FF));
        computer.Poke(0x342, Cio.PutBytes);
        computer.PokeWord(0x344, 0xE400);
        computer.PokeWord(0x348, 1);
        computer.Begin(0xE456);
        computer.Run(30);
        Assert.False(computer.Idles);
        computer.Type("{CTRL+1}");
        computer.RunUntil(() => computer.Idles, 60);
    }

    [Fact]
    public void KEYDEF_points_to_the_table_that_counts()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x5000, computer.Peek(computer.PeekWord(0x79), 192));
        computer.Poke(0x5000 + 63, (byte)'?');
        computer.PokeWord(0x79, 0x5000);
        computer.OpenDevice(1, "K:", 4);
        Begin(computer);
        computer.Type("a");
        computer.RunUntil(() => computer.Idles, 60);
        Assert.Equal((byte)'?', computer.Peek(0x6F1));
    }

    [Fact]
    public void The_click_can_be_silenced()
    {
        var computer = XlComputer.Idle();
        Assert.Equal(0, computer.Peek(0x2DB));
        computer.OpenDevice(1, "K:", 4);
        Begin(computer);
        computer.Type("{CTRL+F3}a");
        computer.RunUntil(() => computer.Idles, 60);
        Assert.NotEqual(0, computer.Peek(0x2DB));
    }

    private static void Begin(XlComputer computer)
    {
        computer.Poke(0x352, Cio.GetBytes);
        computer.PokeWord(0x358, 0);
        computer.Begin(0xE456, x: 0x10);
        computer.Run(2);
    }
}
