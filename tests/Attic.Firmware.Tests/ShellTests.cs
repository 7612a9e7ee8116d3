namespace Attic.Firmware.Tests;

/// <summary>The shell and the programs it starts, on our own machine.</summary>
public sealed class ShellTests
{
    private const string Prompt = "A:\\>";

    [Fact]
    public void Files_are_listed_copied_renamed_and_deleted()
    {
        byte[] text = [.. Enumerable.Range(0, 20_000).Select(at => (byte)(at * 7))];
        using var user = new StUser(disk: StUser.Disk(("TEXT.TXT", text), ("OLD.TXT", [1, 2, 3])));
        Do(user, "dir", "2 entries, 20003 bytes");
        Do(user, "mkdir sub");
        Do(user, "copy text.txt sub");
        Do(user, "cd sub", "A:\\SUB>");
        Do(user, "ren text.txt new.txt");
        Do(user, "cd \\");
        Do(user, "del old.txt");
        Do(user, "dir", "TEXT.TXT");
        user.Wait(150);

        var disk = user.DiskInA();
        Assert.Equal(text, disk.ReadFile("SUB\\NEW.TXT"));
        Assert.False(disk.Exists("OLD.TXT"));
        Assert.False(disk.Exists("SUB\\TEXT.TXT"));
    }

    [Fact]
    public void Every_system_call_that_CHECK_tries_answers_as_documented()
    {
        using var user = new StUser(disk: StUser.Disk(("CHECK.TOS", FirmwareTree.Program("CHECK.TOS"))));
        user.WaitFor(Prompt);
        user.Type("check\r");
        user.WaitFor("checks passed");
        user.WaitFor("Press a key");
        Assert.Contains(" 0 failed", user.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL ", user.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_shows_its_registers_and_a_key_leads_back_to_the_shell()
    {
        // move.l #$DEADBEEF,d3; illegal
        byte[] program = [0x26, 0x3C, 0xDE, 0xAD, 0xBE, 0xEF, 0x4A, 0xFC];
        using var user = new StUser(disk: StUser.Disk(("CRASH.PRG", Executable(program))));
        user.WaitFor(Prompt);
        user.Type("crash\r");
        user.WaitFor("Press a key");
        Assert.Contains("Illegal instruction", user.Screen, StringComparison.Ordinal);
        Assert.Contains("D3 DEADBEEF", user.Screen, StringComparison.Ordinal);
        user.Type(" ");
        user.WaitFor("Ended with code 65535");
    }

    [Fact]
    public void Another_disk_is_noticed()
    {
        using var user = new StUser(disk: StUser.Disk(("FIRST.TXT", [1])));
        Do(user, "dir", "FIRST.TXT");
        user.Insert(StUser.Disk(("SECOND.TXT", [2])));
        user.Wait(250);
        Do(user, "cls");
        Do(user, "dir", "SECOND.TXT");
        Assert.DoesNotContain("FIRST.TXT", user.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_reach_a_program()
    {
        // pea $81(a5) with the basepage in a5; Cconws; Crawcin; Pterm0
        byte[] program =
        [
            0x2A, 0x6F, 0x00, 0x04, 0x48, 0x6D, 0x00, 0x81, 0x3F, 0x3C, 0x00, 0x09, 0x4E, 0x41,
            0x3F, 0x3C, 0x00, 0x07, 0x4E, 0x41, 0x42, 0x67, 0x4E, 0x41,
        ];
        using var user = new StUser(disk: StUser.Disk(("ECHO.TTP", Executable(program))));
        user.WaitFor(Prompt);
        user.Type("echo one two\r");
        user.WaitFor("\none two");
    }

    private static void Do(StUser user, string command, string? answer = null)
    {
        user.WaitFor(Prompt[..2]);
        user.Type(command + "\r");
        if (answer is not null)
        {
            user.WaitFor(answer);
        }

        user.Wait(150);
    }

    private static byte[] Executable(byte[] text) =>
        [0x60, 0x1A, 0, 0, 0, (byte)text.Length, .. new byte[18], 0, 0, 0, 1, .. text];
}
