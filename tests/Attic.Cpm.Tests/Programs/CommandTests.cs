namespace Attic.Cpm.Tests.Programs;

public sealed class CommandTests : IDisposable
{
    private readonly Computer _computer = new();

    public void Dispose() => _computer.Dispose();

    [Fact]
    public void The_prompt_names_drive_and_user_area()
    {
        _computer.Drive('B');
        Assert.EndsWith("A>", _computer.Type("").Shown, StringComparison.Ordinal);
        Assert.EndsWith("B3>", _computer.Type("b:\ruser 3\r").Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void DIR_lists_names_of_eight_and_three_only()
    {
        _computer.Put("hello.com").Put("README.TXT").Put("a longer name.txt").Put("four.char").Put("NOTYPE");
        Assert.Contains("A: HELLO    COM : NOTYPE       : README   TXT\r\n", _computer.Type("DIR\r").Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void DIR_takes_a_pattern_and_says_when_nothing_matches()
    {
        _computer.Put("ONE.TXT").Put("TWO.COM");
        string shown = _computer.Type("DIR *.TXT\rDIR *.BAS\r").Shown;
        Assert.Contains("A: ONE      TXT\r\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("TWO", shown, StringComparison.Ordinal);
        Assert.Contains("No file", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void TYPE_ends_at_the_end_of_file_mark() =>
        Assert.EndsWith("TYPE A.TXT\r\r\nfirst\r\nsecond\r\nA>", _computer.Put("A.TXT", "first\r\nsecond\x1Agarbage").Type("TYPE A.TXT\r").Shown, StringComparison.Ordinal);

    [Fact]
    public void REN_and_ERA_change_the_folder()
    {
        _computer.Put("OLD.TXT", "text").Put("GONE.BAK").Type("REN NEW.TXT=OLD.TXT\rERA *.BAK\r");
        Assert.Equal(["NEW.TXT"], Directory.GetFiles(_computer.Drive('A')).Select(Path.GetFileName));
    }

    [Fact]
    public void REN_never_overwrites()
    {
        Assert.Contains("File exists", _computer.Put("A", "a").Put("B", "b").Type("REN B=A\r").Shown, StringComparison.Ordinal);
        Assert.Equal("b"u8.ToArray(), _computer.Get("B"));
    }

    [Fact]
    public void SAVE_writes_the_program_area()
    {
        _computer.Put("RET.COM", 0xC9, 1, 2, 3).Type("RET\rSAVE 1 COPY.COM\r");
        Assert.Equal([0xC9, 1, 2, 3], _computer.Get("COPY.COM")[..4]);
        Assert.Equal(256, _computer.Get("COPY.COM").Length);
    }

    [Theory]
    [InlineData("NOSUCH\r", "NOSUCH?")]
    [InlineData("P:\r", "Bdos Err On P: Select")]
    [InlineData("USER 16\r", "16?")]
    [InlineData("TYPE ../../etc/passwd\r", "No file")]
    [InlineData("DIR C:*.*\r", "No file")]
    public void What_cannot_be_done_is_said(string typed, string said) =>
        Assert.Contains(said, _computer.Type(typed).Shown, StringComparison.Ordinal);

    [Fact]
    public void Keys_edit_the_line() =>
        Assert.Contains("DIRX?", _computer.Type("xx\x18" + "DIRZ\bX\r").Shown, StringComparison.Ordinal);

    [Fact]
    public void Lines_of_a_submit_file_run_last_record_first()
    {
        byte[] Record(string line) => [(byte)line.Length, .. System.Text.Encoding.ASCII.GetBytes(line.PadRight(127))];
        string shown = _computer.Put("$$$.SUB", [.. Record("SECOND"), .. Record("FIRST")]).Type("").Shown;
        Assert.Matches("FIRST\\?[^?]*SECOND\\?", shown);
        Assert.Empty(Directory.GetFiles(_computer.Drive('A')));
    }

    [Fact]
    public void EXIT_ends_the_session() => Assert.Equal(CpmState.Ended, _computer.Type("EXIT\r").State);

    [Fact]
    public void A_link_out_of_the_folder_is_not_a_file()
    {
        File.CreateSymbolicLink(Path.Combine(_computer.Drive('A'), "SECRET.TXT"), "/etc/passwd");
        Assert.Contains("No file", _computer.Type("TYPE SECRET.TXT\r").Shown, StringComparison.Ordinal);
    }
}
