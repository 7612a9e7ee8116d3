using Attic.Abi.Machines;
using Attic.Firmware.Xl.Tests.Dos;
using Attic.Media.AtariDos;
using Attic.Media.Cassettes;

namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>What BASIC says to the tape recorder, the printer and the disk (Atari BASIC Reference Manual, chapter 5).</summary>
public sealed class DeviceTests
{
    private const int Patience = 6000;

    [Theory]
    [InlineData("CSAVE", "CLOAD")]
    [InlineData("SAVE \"C:\"", "LOAD \"C:\"")]
    [InlineData("LIST \"C:\"", "ENTER \"C:\"")]
    public void A_program_goes_to_tape_and_comes_back(string save, string load)
    {
        var computer = Start();
        var deck = computer.Machine.Capability<ITapeDeck>()!;
        deck.Insert(TapeImage.FromBytes("t.cas", TapeImage.Blank()), computer.Machine.Now);
        computer.Basic("10 REM " + new string('A', 70));
        computer.Basic("20 REM " + new string('B', 70));
        computer.Basic("30 ? \"FROM TAPE\"");
        deck.Press(TapeKey.Record, computer.Machine.Now);
        Tape(computer, save, beeps: 2);

        deck.Wind(0, computer.Machine.Now);
        deck.Press(TapeKey.Play, computer.Machine.Now);
        computer.Basic("NEW");
        Tape(computer, load, beeps: 1);
        computer.Basic("LIST");
        Assert.Contains("20 REM BBBB", computer.Screen, StringComparison.Ordinal);
        computer.Basic("RUN");
        Assert.Contains("FROM TAPE", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void LPRINT_and_LIST_print()
    {
        var computer = Start();
        var paper = new Paper();
        computer.Machine.Capability<IPrinterPort>()!.Load(paper);
        computer.Basic("10 LPRINT \"HELLO\":LPRINT 1,2;3:LPRINT \"NO \";:LPRINT \"LINE\"");
        computer.Basic("RUN");
        Assert.Equal(["HELLO", "1         23", "NO", "LINE"], paper.Lines);
        paper.Clear();
        computer.Basic("LIST \"P:\"");
        Assert.StartsWith("10 LPRINT \"HELLO\":LPRINT 1,2;3:LPRINT \"N", string.Concat(paper.Lines), StringComparison.Ordinal);
        paper.Clear();
        computer.Basic("OPEN #3,8,0,\"P:\":? #3;\"BY NUMBER\":CLOSE #3");
        Assert.Equal(["BY NUMBER"], paper.Lines);
        computer.Machine.Capability<IPrinterPort>()!.Load(null);
        computer.Answer("LPRINT 1", "ERROR-   138");
    }

    [Fact]
    public void A_loop_prints_all_that_it_says()
    {
        var computer = Start();
        var paper = new Paper();
        computer.Machine.Capability<IPrinterPort>()!.Load(paper);
        computer.Basic("10 FOR I=1 TO 60:LPRINT \"ROW \";I:NEXT I");
        computer.Basic("RUN");
        Assert.Equal(Enumerable.Range(1, 60).Select(row => $"ROW {row}"), paper.Lines);
    }

    [Fact]
    public void Records_are_written_noted_and_found_again()
    {
        var (computer, disk) = MenuUser.StartBasic(DosDisk.Shipped());
        computer.Basic("10 DIM A$(20),S(3),B(3):OPEN #1,8,0,\"D:DATA.TXT\"");
        computer.Basic("20 FOR I=1 TO 3:NOTE #1,S,B:S(I)=S:B(I)=B:? #1;\"LINE \";I:NEXT I:CLOSE #1");
        computer.Basic("30 OPEN #1,12,0,\"D:DATA.TXT\":S=S(3):POINT #1,S,B(3):INPUT #1,A$:? A$");
        computer.Basic("40 POINT #1,S,B(2):? #1;\"WROTE\":POINT #1,S,B(1):INPUT #1;A$:? A$:INPUT #1,A$:? A$:STATUS #1,T:? T");
        computer.Basic("50 INPUT #1,A$:INPUT #1,A$:TRAP 60:INPUT #1,A$");
        computer.Basic("60 ? \"ERROR \";PEEK(195):CLOSE #1:? S(1)=S(2),B(1),B(2),B(3)");
        computer.Basic("RUN");
        Assert.Contains("LINE 3\n  LINE 1\n  WROTE\n  1\n  ERROR 136\n  1         0         7         14", computer.Screen, StringComparison.Ordinal);

        // "WROTE" is a character shorter than what it replaces: the end of the old line is a line of its own.
        Assert.Equal(Cio.Text("LINE 1\nWROTE\n\nLINE 3\n"), disk.Volume().ReadFile("DATA.TXT"));
    }

    [Fact]
    public void A_long_record_stays_out_of_page_6()
    {
        var (computer, disk) = MenuUser.StartBasic(DosDisk.Shipped());
        byte[] image = disk.ToFile();
        AtariDosVolume.Open(image).WriteFile("LONG.TXT", Cio.Text(new string('L', 400) + "\nNEXT\n"));
        computer.Insert(1, image);
        computer.Poke(0x600, [.. Enumerable.Repeat((byte)0x77, 256)]);
        computer.Basic("10 DIM A$(500):OPEN #1,4,0,\"D:LONG.TXT\":TRAP 20:INPUT #1,A$");
        computer.Basic("20 ? PEEK(195);\",\";LEN(A$):INPUT #1,A$:? A$");
        computer.Basic("RUN");
        Assert.Contains("137,", computer.Screen, StringComparison.Ordinal);
        Assert.Contains("NEXT", computer.Screen, StringComparison.Ordinal);
        Assert.All(computer.Peek(0x600, 256), value => Assert.Equal(0x77, value));
    }

    [Fact]
    public void XIO_locks_renames_unlocks_deletes_and_formats()
    {
        var (computer, disk) = MenuUser.StartBasic(DosDisk.Shipped());
        byte[] blank = AtariDosVolume.Create(Attic.Abi.Media.AtariDiskShape.Single);
        AtariDosVolume.Open(blank).WriteFile("OLD.DAT", [1]);
        var second = computer.Insert(2, blank);
        computer.Basic("OPEN #1,8,0,\"D:ONE\":PUT #1,65:CLOSE #1");
        computer.Basic("XIO 32,#1,0,0,\"D:ONE,TWO.DAT\":XIO 35,#1,0,0,\"D:TWO.*\"");
        Assert.Equal(["DOS.SYS", "DUP.SYS", "TWO.DAT"], disk.Volume().List().Select(file => file.Name));
        computer.Answer("XIO 33,#1,0,0,\"D:TWO.DAT\"", "ERROR-   167");
        computer.Basic("XIO 36,#1,0,0,\"D:*.DAT\":XIO 33,#1,0,0,\"D:TWO.DAT\"");
        Assert.Equal(["DOS.SYS", "DUP.SYS"], disk.Volume().List().Select(file => file.Name));
        computer.Basic("XIO 253,#1,0,0,\"D2:\"");
        Assert.Empty(second.Volume().List());
        Assert.Empty(second.Volume().FindFaults());
        computer.Answer("LOAD \"D2:NONE\"", "ERROR-   170");
        computer.Answer("LOAD \"D3:NONE\"", "ERROR-   138");
    }

    [Fact]
    public void A_directory_is_read_as_a_file()
    {
        var (computer, _) = MenuUser.StartBasic(DosDisk.Shipped());
        computer.Basic("10 DIM A$(40):TRAP 30:OPEN #2,6,0,\"D:*.*\"");
        computer.Basic("20 INPUT #2,A$:? A$:GOTO 20");
        computer.Basic("30 CLOSE #2");
        computer.Basic("RUN");
        Assert.Matches(@"DOS     SYS 0\d\d\n +DUP     SYS 0\d\d\n +\d\d\d FREE SECTORS", computer.Screen);
    }

    private static XlComputer Start()
    {
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        computer.RunUntil("READY");
        computer.Run(30);
        return computer;
    }

    // The handler beeps and waits for a key.
    private static void Tape(XlComputer computer, string line, int beeps)
    {
        computer.Type("{SHIFT+CLEAR}" + line + "\n");
        computer.Run(45 * beeps);
        computer.Type(" ");
        computer.RunUntil(() => computer.Screen.TrimEnd().EndsWith("READY", StringComparison.Ordinal), Patience, "READY");
    }

    private sealed class Paper : IPrinterPaper
    {
        private readonly List<byte> _printed = [];

        /// <summary>Lines without blanks at their ends.</summary>
        public string[] Lines => [.. string.Concat(_printed.Select(value => value == 0x9B ? '\n' : (char)value)).TrimEnd('\n', ' ').Split('\n').Select(line => line.TrimEnd())];

        public void Clear() => _printed.Clear();

        public void Print(ReadOnlySpan<byte> characters) => _printed.AddRange(characters);
    }
}
