namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>Programs on files: SAVE, LOAD, LIST, ENTER, between our BASIC and another.</summary>
public sealed class FileTests
{
    private static readonly string[] Program =
    [
        "10 DIM A$(20),B(3):A$=\"HELLO\":B(1)=2.5",
        "20 FOR I=1 TO 3:? A$(I),I*B(1):NEXT I",
        "30 IF A$<\"X\" AND NOT I=2 THEN ? \"DONE\":END",
        "40 REM THE END",
    ];

    [SkippableFact]
    public void Both_save_the_same_bytes()
    {
        Assert.Equal(Saved(BasicComputer.Foreign()), Saved(BasicComputer.Ours()));
    }

    [SkippableFact]
    public void Ours_loads_what_another_saved()
    {
        byte[] file = Saved(BasicComputer.Foreign());
        Assert.Contains("ELLO      5", Ran(BasicComputer.Ours(), file), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Another_loads_what_ours_saved()
    {
        byte[] file = Saved(BasicComputer.Ours());
        Assert.Contains("ELLO      5", Ran(BasicComputer.Foreign(), file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_file_does_not_grow()
    {
        var computer = BasicComputer.Ours();
        computer.AddFileDevice();
        computer.Enter(Program);
        computer.Enter("SAVE \"M:\"");
        byte[] first = computer.Medium;
        for (int round = 0; round < 3; round++)
        {
            computer.Enter("LOAD \"M:\"", "SAVE \"M:\"");
        }

        Assert.Equal(first, computer.Medium);
    }

    [Fact]
    public void A_listed_program_is_entered_again()
    {
        var computer = BasicComputer.Ours();
        computer.AddFileDevice();
        computer.Enter(Program);
        computer.Enter("LIST \"M:\",20,40", "NEW", "ENTER \"M:\"", "GRAPHICS 0", "LIST");
        Assert.DoesNotContain("10 DIM", computer.Screen, StringComparison.Ordinal);
        Assert.Contains("40 REM THE END", computer.Screen, StringComparison.Ordinal);
        Assert.Contains("30 IF A$<\"X\" AND  NOT I=2 THEN ? \"DONE", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_program_is_refused_and_the_program_kept()
    {
        var computer = BasicComputer.Ours();
        computer.AddFileDevice();
        computer.Enter("10 REM KEPT");
        computer.Medium = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        computer.Enter("LOAD \"M:\"");
        Assert.EndsWith("ERROR-   21", computer.Screen, StringComparison.Ordinal);
        computer.Enter("LIST");
        Assert.Contains("10 REM KEPT", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_ends_too_early_leaves_none()
    {
        var computer = BasicComputer.Ours();
        computer.AddFileDevice();
        computer.Enter(Program);
        computer.Enter("SAVE \"M:\"");
        computer.Medium = computer.Medium[..40];
        computer.Enter("LOAD \"M:\"");
        Assert.EndsWith("ERROR-   136", computer.Screen, StringComparison.Ordinal);
        computer.Enter("GRAPHICS 0", "LIST");
        Assert.DoesNotContain("DIM", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_too_large_is_refused()
    {
        var computer = BasicComputer.Ours();
        computer.AddFileDevice();
        computer.Medium = [0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0xF0, 0, 0xF0];
        computer.Enter("LOAD \"M:\"");
        Assert.EndsWith("ERROR-   19", computer.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void RUN_loads_and_runs()
    {
        var computer = BasicComputer.Ours();
        computer.AddFileDevice();
        computer.Enter(Program);
        computer.Enter("SAVE \"M:\"", "NEW", "GRAPHICS 0", "RUN \"M:\"");
        Assert.Contains("DONE", computer.Screen, StringComparison.Ordinal);
    }

    private static byte[] Saved(BasicComputer computer)
    {
        computer.AddFileDevice();
        computer.Enter(Program);
        computer.Enter("SAVE \"M:\"");
        return computer.Medium;
    }

    private static string Ran(BasicComputer computer, byte[] file)
    {
        computer.AddFileDevice();
        computer.Medium = file;
        computer.Enter("LOAD \"M:\"", "RUN");
        return computer.Screen;
    }
}
