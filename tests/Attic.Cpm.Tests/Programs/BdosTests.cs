using System.Text;

namespace Attic.Cpm.Tests.Programs;

/// <summary>The BDOS as programs see it: each is a few bytes of 8080 code.</summary>
public sealed class BdosTests : IDisposable
{
    private const byte File1 = 0x5C;
    private readonly Computer _computer = new();

    public void Dispose() => _computer.Dispose();

    [Fact]
    public void Function_9_shows_a_string_with_tabs_as_blanks()
    {
        Run([.. Call(9, 0x0109), 0xC9, .. "a\tb$"u8]);
        Assert.Contains("a       b", _computer.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Function_10_reads_a_line_into_the_buffer()
    {
        _computer.Put("P.COM", [.. Call(10, 0x0111), .. Call(9, 0x0113), 0xC9, 80]).Type("P\rhello$");
        Assert.Equal(CpmState.WaitingForKey, _computer.State);
        _computer.Type("\r");
        Assert.Contains("hello$\rhello\r\nA>", _computer.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Function_12_is_version_2_2()
    {
        // The version comes as HL: H 0 for CP/M, L $22; both go to the screen as characters after adding '0'.
        Run([.. Call(12, 0), 0x7C, 0xC6, 0x30, 0x5F, 0x0E, 2, 0xE5, 0xCD, 5, 0, 0xE1, 0x5D, 0x0E, 2, 0xCD, 5, 0, 0xC9]);
        Assert.Contains("0\"", _computer.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_made_written_in_order_and_closed()
    {
        _computer.Put("P.COM", [.. Call(22, File1), .. Call(26, 0x0100), .. Call(21, File1), .. Call(21, File1), .. Call(16, File1), 0xC9]).Type("P OUT.DAT\r");
        Assert.Equal(256, _computer.Get("OUT.DAT").Length);
        Assert.Equal(_computer.Get("OUT.DAT")[..128], _computer.Get("OUT.DAT")[128..]);
    }

    [Fact]
    public void A_short_last_record_reads_filled_with_end_of_file_marks()
    {
        // The file's name is the first word, the copy's the second, whose FCB is moved to $0200.
        byte[] move = [0x21, 0x6C, 0, 0x11, 0, 2, 1, 16, 0, 0xED, 0xB0];
        _computer.Put("IN.DAT", "abc").Put("P.COM", [.. move, .. Call(15, File1), .. Call(20, File1), .. Call(22, 0x200), .. Call(21, 0x200), 0xC9]).Type("P IN.DAT OUT.DAT\r");
        Assert.Equal("abc" + new string('\x1A', 125), Encoding.ASCII.GetString(_computer.Get("OUT.DAT")));
    }

    [Fact]
    public void Random_records_leave_holes_that_read_as_zero()
    {
        byte[] record300 = [0x21, 0x2C, 1, 0x22, 0x7D, 0];
        _computer.Put("P.COM", [.. Call(22, File1), .. record300, .. Call(34, File1), 0xC9]).Type("P OUT.DAT\r");
        Assert.Equal(301 * 128, _computer.Get("OUT.DAT").Length);
        Assert.All(_computer.Get("OUT.DAT")[..(300 * 128)], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_file_of_more_than_one_extent_is_read_to_its_end()
    {
        // Reads until A is not 0, counting records in BC' by the size function: 35 leaves them in R0 to R2 ($7D).
        byte[] show = [0x3A, 0x7D, 0, 0x5F, 0x0E, 2, 0xCD, 5, 0, 0x3A, 0x7E, 0, 0xC6, 0x30, 0x5F, 0x0E, 2, 0xCD, 5, 0];
        byte[] read = [0x0E, 20, 0x11, File1, 0, 0xCD, 5, 0, 0xB7, 0x28, 0xF5];
        _computer.Put("BIG.DAT", new byte[(0x141 * 128) - 5]).Put("P.COM", [.. Call(15, File1), .. read, .. Call(36, File1), .. show, 0xC9]).Type("P BIG.DAT\r");
        Assert.Contains("A1", _computer.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_to_a_protected_file_stops_the_program_and_loses_nothing()
    {
        _computer.Put("KEEP.DAT", "kept").Put("P.COM", [.. Call(15, File1), .. Call(21, File1), 0xC9]);
        File.SetAttributes(Path.Combine(_computer.Drive('A'), "KEEP.DAT"), FileAttributes.ReadOnly);
        Assert.Contains("Bdos Err On A: File R/O", _computer.Type("P KEEP.DAT\r").Shown, StringComparison.Ordinal);
        Assert.EndsWith("A>", _computer.Type(" ").Shown, StringComparison.Ordinal);
        Assert.Equal("kept"u8.ToArray(), _computer.Get("KEEP.DAT"));
        File.SetAttributes(Path.Combine(_computer.Drive('A'), "KEEP.DAT"), FileAttributes.Normal);
    }

    [Fact]
    public void A_name_that_climbs_makes_no_file()
    {
        // "../X" cannot be typed into an FCB by the command line's parser, but a program can put it there.
        byte[] fcb = [0, .. "../../X TXT"u8, .. new byte[24]];
        byte[] code = [.. Call(22, 0x0120), 0xC9];
        Run([.. code, .. new byte[0x20 - code.Length], .. fcb]);
        Assert.Equal(["P.COM"], Directory.GetFiles(_computer.Drive('A')).Select(Path.GetFileName));
    }

    [Fact]
    public void Every_function_survives_any_argument()
    {
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            byte function = (byte)random.Next(41);
            ushort argument = (ushort)random.Next(0x10000);
            _computer.Put("P.COM", [.. Call(function, argument), 0xC3, 0, 0]).Type("P\r\r\r\r", instructions: 200_000);
            _computer.Type("\r\r\r", instructions: 200_000);
        }

        Assert.EndsWith(">", _computer.Type("\r").Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_keys_give_the_same_screen_and_cycles()
    {
        using var other = new Computer();
        byte[] program = [.. Call(9, 0x0109), 0xC9, .. "text$"u8];
        Assert.Equal(_computer.Put("P.COM", program).Type("P\r").Shown, other.Put("P.COM", program).Type("P\r").Shown);
    }

    // LD C,function; LD DE,argument; CALL 5
    private static byte[] Call(byte function, int argument) => [0x0E, function, 0x11, (byte)argument, (byte)(argument >> 8), 0xCD, 5, 0];

    private void Run(byte[] program) => _computer.Put("P.COM", program).Type("P\r");
}
