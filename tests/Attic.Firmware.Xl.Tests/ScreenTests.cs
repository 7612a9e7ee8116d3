namespace Attic.Firmware.Xl.Tests;

/// <summary>S: in every mode: where the picture lies, what PUT, GET, DRAWTO and FILL do.</summary>
public sealed class ScreenTests
{
    private const int DrawTo = 0x11;
    private const int Fill = 0x12;

    // Display list and screen memory of a machine whose memory ends at $C000 (Mapping the Atari, appendix 8: bytes of each mode).
    [Theory]
    [InlineData(0, false, 992, 960)]
    [InlineData(1, false, 672, 640)]
    [InlineData(1, true, 674, 640)]
    [InlineData(2, true, 424, 400)]
    [InlineData(3, true, 434, 400)]
    [InlineData(4, true, 694, 640)]
    [InlineData(5, false, 1176, 1120)]
    [InlineData(6, true, 2174, 2080)]
    [InlineData(7, true, 4190, 4000)]
    [InlineData(7, false, 4200, 4000)]
    [InlineData(8, true, 8112, 7856)]
    [InlineData(8, false, 8138, 7856)]
    [InlineData(9, false, 8138, 7856)]
    [InlineData(12, true, 1154, 1120)]
    [InlineData(13, false, 660, 640)]
    [InlineData(14, true, 4270, 4000)]
    [InlineData(15, false, 8138, 7856)]
    public void A_mode_takes_the_memory_that_the_manuals_list(int mode, bool window, int total, int screen)
    {
        var computer = XlComputer.Idle();
        Assert.Equal(1, computer.OpenDevice(6, "S:", (byte)(window ? 0x1C : 0x0C), (byte)mode));
        Assert.Equal(0xC000 - total, computer.PeekWord(0x230));
        Assert.Equal(0xC000 - screen, computer.PeekWord(0x58));
        Assert.Equal(0xC000 - total - 1, computer.PeekWord(0x2E5));
        Assert.Equal(mode, computer.Peek(0x57));
    }

    [Theory]
    [InlineData(0, 5, 'A')]
    [InlineData(1, 19, 'B')]
    [InlineData(2, 3, 'C')]
    [InlineData(3, 39, 3)]
    [InlineData(4, 79, 1)]
    [InlineData(5, 7, 2)]
    [InlineData(6, 159, 1)]
    [InlineData(7, 158, 3)]
    [InlineData(8, 319, 1)]
    [InlineData(9, 79, 14)]
    [InlineData(10, 1, 8)]
    [InlineData(11, 40, 5)]
    [InlineData(12, 39, 'x')]
    [InlineData(13, 0, '!')]
    [InlineData(14, 100, 1)]
    [InlineData(15, 159, 3)]
    public void What_is_put_is_read_back_and_the_cell_beside_it_is_empty(int mode, int column, int value)
    {
        var computer = XlComputer.Idle();
        Assert.Equal(1, computer.OpenDevice(6, "S:", 0x0C, (byte)mode));
        At(computer, column, 3);
        Assert.Equal(1, computer.Do(6, Cio.PutBytes, [(byte)value], 12));
        At(computer, column, 3);
        Assert.Equal([(byte)value], computer.Get(6, Cio.GetBytes, 1).Bytes);
        At(computer, column == 0 ? 1 : column - 1, 3);
        Assert.Equal(mode is 0 or 1 or 2 or 12 or 13 ? [(byte)' '] : [(byte)0], computer.Get(6, Cio.GetBytes, 1).Bytes);
    }

    [Fact]
    public void A_line_is_drawn_from_the_last_point_with_the_colour_in_ATACHR()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(6, "S:", 0x0C, 7);
        At(computer, 10, 10);
        computer.Do(6, Cio.PutBytes, [2], 12);
        At(computer, 30, 20);
        computer.Poke(0x2FB, 2);
        Assert.Equal(1, computer.Do(6, DrawTo, Cio.Text("S:\n"), 12));
        for (int step = 0; step <= 10; step++)
        {
            Assert.Equal(2, Pixel(computer, 10 + (2 * step), 10 + step));
        }

        Assert.Equal(0, Pixel(computer, 31, 20));
        Assert.Equal(0, Pixel(computer, 10, 11));
    }

    [Fact]
    public void Fill_colours_from_each_point_of_the_line_to_the_next_lit_one()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(6, "S:", 0x0C, 7);
        At(computer, 50, 10);
        computer.Do(6, Cio.PutBytes, [1], 12);
        At(computer, 50, 30);
        computer.Poke(0x2FB, 1);
        computer.Do(6, DrawTo, Cio.Text("S:\n"), 12);
        At(computer, 20, 10);
        computer.Do(6, Cio.PutBytes, [1], 12);
        At(computer, 20, 30);
        computer.Poke(0x2FB, 1);
        computer.Poke(0x2FD, 3);
        Assert.Equal(1, computer.Do(6, Fill, Cio.Text("S:\n"), 12));
        Assert.Equal(1, Pixel(computer, 20, 20));
        Assert.Equal(3, Pixel(computer, 21, 20));
        Assert.Equal(3, Pixel(computer, 49, 30));
        Assert.Equal(1, Pixel(computer, 50, 30));
        Assert.Equal(0, Pixel(computer, 51, 20));
        Assert.Equal(0, Pixel(computer, 30, 31));
    }

    [Fact]
    public void Outside_of_the_screen_is_error_141()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(6, "S:", 0x1C, 7);
        At(computer, 160, 0);
        Assert.Equal(141, computer.Do(6, Cio.PutBytes, [1], 12));
        At(computer, 0, 80);
        Assert.Equal(141, computer.Do(6, Cio.PutBytes, [1], 12));
    }

    [Fact]
    public void Bit_5_keeps_the_picture()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(6, "S:", 0x0C, 7);
        At(computer, 10, 10);
        computer.Do(6, Cio.PutBytes, [2], 12);
        computer.Do(6, Cio.Close);
        computer.OpenDevice(6, "S:", 0x2C, 7);
        Assert.Equal(2, Pixel(computer, 10, 10));
        computer.Do(6, Cio.Close);
        computer.OpenDevice(6, "S:", 0x0C, 7);
        Assert.Equal(0, Pixel(computer, 10, 10));
    }

    [Fact]
    public void Too_little_memory_is_error_147_and_text()
    {
        var computer = XlComputer.Idle();
        computer.PokeWord(0x0E, 0xB000);
        Assert.Equal(147, computer.OpenDevice(6, "S:", 0x0C, 8));
        Assert.Equal(0, computer.Peek(0x57));
        Assert.Equal(0xC000 - 992, computer.PeekWord(0x230));
    }

    [Fact]
    public void Graphics_with_a_window_shows_what_goes_to_the_editor_in_the_window()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(6, "S:", 0x1C, 8);
        computer.Put(0, "HELLO\nTHERE");
        Assert.Equal("  HELLO\n  THERE", computer.Screen.TrimEnd());
        Assert.Equal(8, computer.Peek(0x57));
        Assert.Equal(4, computer.Peek(0x2BF));
    }

    [Fact]
    public void Text_to_the_editor_ends_graphics_without_a_window()
    {
        var computer = XlComputer.Idle();
        computer.OpenDevice(6, "S:", 0x0C, 8);
        computer.Put(0, "HELLO");
        Assert.Equal("  HELLO", computer.Screen.TrimEnd());
        Assert.Equal(0, computer.Peek(0x57));
    }

    private static void At(XlComputer computer, int column, int row)
    {
        computer.Poke(0x54, (byte)row);
        computer.PokeWord(0x55, column);
    }

    // Mode 7: 40 bytes a row, four pixels a byte.
    private static int Pixel(XlComputer computer, int column, int row) =>
        (computer.Peek(computer.PeekWord(0x58) + (40 * row) + (column / 4)) >> (6 - (2 * (column % 4)))) & 3;
}
