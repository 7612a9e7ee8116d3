namespace Attic.Firmware.Xl.Tests;

/// <summary>E: cursor, logical lines, control characters, and what a program reads of them (Atari OS manual, screen editor).</summary>
public sealed class EditorTests
{
    private const string Row = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL";

    [Fact]
    public void A_line_that_begins_above_the_prompt_and_grows_over_it_is_read_whole()
    {
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        computer.RunUntil("READY");
        computer.Run(30);
        computer.Type("{SHIFT+CLEAR}10 REM\n");
        computer.Run(30);
        computer.Type("{SHIFT+CLEAR}20 ? \"" + new string('A', 30) + "\";\"" + new string('B', 30) + "\"\n");
        computer.Run(30);
        computer.Type("{SHIFT+CLEAR}RUN\n");
        computer.RunUntil(new string('B', 6));
    }

    [Fact]
    public void Text_wraps_at_the_right_margin_into_one_logical_line()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d" + Row + "MN\nX");
        Assert.Equal($"  {Row}\n  MN\n  X", computer.Screen.TrimEnd());
        Assert.Equal(0b1011_1111, computer.Peek(0x2B2));
    }

    [Fact]
    public void A_full_screen_scrolls_by_a_logical_line()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d" + Row + "MN\n");
        computer.Put(0, string.Concat(Enumerable.Range(1, 22).Select(line => line + "\n")));
        Assert.StartsWith("  1\n  2\n", computer.Screen, StringComparison.Ordinal);
        Assert.Equal(22, computer.Peek(0x54));
    }

    [Fact]
    public void A_program_reads_what_was_typed_behind_its_prompt()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "NAME? ");
        Assert.Equal("ATTIC\n", Line(computer, "ATTIC\n"));
        Assert.Equal((byte)2, computer.Peek(0x55));
    }

    [Fact]
    public void A_line_that_the_cursor_was_moved_to_is_read_from_its_beginning()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007dHELLO WORLD\n\n");
        Assert.Equal("HELLO WORLD\n", Line(computer, "{UP}{UP}\n"));
    }

    [Fact]
    public void Three_rows_are_one_line_and_a_fourth_is_another()
    {
        var computer = XlComputer.Idle();
        Assert.Equal(Row + Row + Row + "\n", Line(computer, Row + Row + Row + "{LEFT}{UP}\n"));
        Assert.Equal("9\n", Line(computer, Row + Row + Row + "9\n"));
    }

    [Fact]
    public void Characters_are_inserted_and_deleted_across_rows()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d" + Row + "12\u001c\u001e\u001e");
        computer.Type("{CTRL+INSERT}");
        Assert.Equal("  " + Row + "\n  12", computer.Screen.TrimEnd());
        computer.Put(0, "\u00ff");
        Assert.Equal($"   {Row[..^1]}\n  L12", computer.Screen.TrimEnd());
        computer.Put(0, "\u00fe\u00fe");
        Assert.Equal($"  {Row[1..]}1\n  2", computer.Screen.TrimEnd());
        computer.Put(0, "\u00fe");
        Assert.Equal($"  {Row[2..]}12", computer.Screen.TrimEnd());
        Assert.Equal(0xFF, computer.Peek(0x2B2));
    }

    [Fact]
    public void Lines_are_inserted_and_deleted()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d1\n2\n3\n\u001c\u001c\u009d");
        Assert.Equal("  1\n\n  2\n  3", computer.Screen.TrimEnd());
        computer.Put(0, "\u009c\u009c");
        Assert.Equal("  1\n  3", computer.Screen.TrimEnd());
    }

    [Fact]
    public void Tabs_stop_at_each_eighth_column_and_where_they_are_set()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d\u007f1\u007f2\n");
        Assert.Equal("       1       2", computer.Screen.TrimEnd());
        computer.Put(0, "AB\u009f\n\u007f3");
        Assert.EndsWith("\n    3", computer.Screen.TrimEnd(), StringComparison.Ordinal);
        computer.Put(0, "\u001e\u009e\n\u007f4");
        Assert.EndsWith("\n       4", computer.Screen.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Escape_and_DSPFLG_show_control_characters()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d\u001b\u007d");
        Assert.Equal(0x7D, computer.Peek(computer.PeekWord(0x58) + 2));
        computer.Poke(0x2FE, 1);
        computer.Put(0, "\u001c");
        Assert.Equal(0x5C, computer.Peek(computer.PeekWord(0x58) + 3));
    }

    [Fact]
    public void The_margins_hold_text_and_can_be_moved()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x52, 5, 9);
        computer.Put(0, "\u007dABCDEFG");
        Assert.Equal("     ABCDE\n     FG", computer.Screen.TrimEnd());
    }

    [Fact]
    public void CRSINH_hides_the_cursor_and_a_cursor_outside_is_error_141()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007d");
        int home = computer.PeekWord(0x58) + 2;
        Assert.Equal(0x80, computer.Peek(home));
        computer.Poke(0x2F0, 1);
        computer.Put(0, "A");
        Assert.Equal(0x00, computer.Peek(home + 1));
        computer.Poke(0x55, 99);
        Assert.Equal(141, computer.Put(0, "B"));
        Assert.Equal(1, computer.Put(0, "B"));
    }

    [Fact]
    public void With_AUX1_bit_0_a_line_is_read_without_the_keyboard()
    {
        var computer = XlComputer.Idle();
        computer.Put(0, "\u007dHELLO\n\u001c");
        computer.Poke(0x34A, 13);
        Assert.Equal("HELLO\n", Ascii(computer.Get(0, Cio.GetRecord, 100).Bytes));
    }

    [Fact]
    public void Fine_scrolling_moves_the_picture_line_by_line()
    {
        var computer = XlComputer.Idle();
        computer.Poke(0x26E, 0xFF);
        computer.Do(0, Cio.Close);
        Assert.Equal(1, computer.OpenDevice(0, "E:", 12));
        Assert.Equal(0xC000 - 993, computer.PeekWord(0x230));
        Assert.Equal(0x62, computer.Peek(0xC000 - 993 + 3));
        computer.Put(0, string.Concat(Enumerable.Range(1, 23).Select(line => line + "\n")));
        long before = computer.Frames;
        computer.Put(0, "\n");
        Assert.InRange(computer.Frames - before, 7, 12);
        Assert.StartsWith("  2\n", computer.Screen, StringComparison.Ordinal);
        Assert.Equal(0, computer.Peek(0x26C));
    }

    private static string Line(XlComputer computer, string keys)
    {
        computer.Poke(0x340 + 2, Cio.GetRecord);
        computer.PokeWord(0x344, 0x4000);
        computer.PokeWord(0x348, 200);
        computer.Begin(0xE456);
        computer.Run(2);
        computer.Type(keys);
        computer.RunUntil(() => computer.Idles, 60, "The line's end");
        return Ascii(computer.Peek(0x4000, computer.PeekWord(0x348)));
    }

    private static string Ascii(byte[] bytes) => new([.. bytes.Select(value => value == 0x9B ? '\n' : (char)value)]);
}
