using System.Text.Json;
using Attic.Media.AtariDos;
using Attic.Media.Floppies8;

namespace Attic.Cli.Tests.Verbs;

[Collection(ConsoleCollection.Name)]
public class DiskVerbTests
{
    [Theory]
    [InlineData("work.st")]
    [InlineData("work.msa")]
    public async Task What_is_put_can_be_listed_and_got(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["hello.txt"], "hello");
        Assert.Equal(0, (await CommandRun.Of("disk", "create", folder[name])).Code);
        Assert.Equal(0, (await CommandRun.Of("disk", "put", folder[name], folder["hello.txt"])).Code);
        Assert.Equal(0, (await CommandRun.Of("disk", "put", folder[name], folder["hello.txt"], "--as", "AUTO/DEEP/X.PRG")).Code);

        var list = await CommandRun.Of("disk", "list", folder[name], "--json");
        var files = JsonDocument.Parse(list.Output).RootElement.GetProperty("files");
        Assert.Equal(["HELLO.TXT", "AUTO/DEEP/X.PRG"], files.EnumerateArray().Select(file => file.GetProperty("path").GetString()!));

        Assert.Equal(0, (await CommandRun.Of("disk", "get", folder[name], "auto/deep/x.prg", "--as", folder["back"])).Code);
        Assert.Equal("hello", File.ReadAllText(folder["back"]));
    }

    [Fact]
    public async Task An_existing_image_is_not_overwritten()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.st"], "mine");
        Assert.Equal(ExitCode.BadInput, (await CommandRun.Of("disk", "create", folder["a.st"])).Code);
        Assert.Equal("mine", File.ReadAllText(folder["a.st"]));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("get")]
    public async Task A_file_that_is_no_disk_is_bad_input(string verb)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.st"], new byte[1234]);
        string[] arguments = verb == "get" ? ["disk", verb, folder["a.st"], "X"] : ["disk", verb, folder["a.st"]];
        Assert.Equal(ExitCode.BadInput, (await CommandRun.Of(arguments)).Code);
    }

    [Fact]
    public async Task A_name_that_a_disk_cannot_hold_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a name much too long.text"], "x");
        await CommandRun.Of("disk", "create", folder["a.st"]);
        Assert.Equal(ExitCode.BadInput, (await CommandRun.Of("disk", "put", folder["a.st"], folder["a name much too long.text"])).Code);
    }

    [Theory]
    [InlineData("a.atr", "enhanced", 133_136)]
    [InlineData("a.atr", "double-sided", 368_272)]
    [InlineData("a.xfd", "single", 92_160)]
    public async Task An_empty_disk_of_an_8_bit_Atari_has_the_density_asked_for(string name, string density, long length)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await CommandRun.Of("disk", "create", folder[name], "--density", density)).Code);
        Assert.Equal(length, new FileInfo(folder[name]).Length);
    }

    [Fact]
    public async Task A_described_disk_is_made_and_a_wrong_line_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["boot.bin"], [1, 2, 3]);
        File.WriteAllText(folder["spec.txt"], "boot boot.bin\ntrack 5\nchange 3 weak 64 # protected\n");
        Assert.Equal(0, (await CommandRun.Of("disk", "make-atx", folder["spec.txt"], folder["a.atx"])).Code);
        var disk = DiskImage8.FromBytes("a.atx", File.ReadAllBytes(folder["a.atx"]));
        Assert.Equal([1, 2, 3], disk.ReadSector(0, 0)[..3].ToArray());
        File.AppendAllText(folder["spec.txt"], "track 99\n");
        var failed = await CommandRun.Of("disk", "make-atx", folder["spec.txt"], folder["b.atx"]);
        Assert.Equal(ExitCode.BadInput, failed.Code);
        Assert.Contains("Line 4", failed.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["b.atx"]));
    }

    [Theory]
    [InlineData("single", 707 * 125)]
    [InlineData("enhanced", 1010 * 125)]
    [InlineData("double", 707 * 253)]
    public async Task Files_go_onto_a_formatted_8_bit_disk_and_back(string density, long free)
    {
        using var folder = new TemporaryFolder();
        byte[] content = [.. Enumerable.Range(0, 3000).Select(index => (byte)index)];
        File.WriteAllBytes(folder["game.xex"], content);
        string disk = folder["a.atr"];
        Assert.Equal(0, (await CommandRun.Of("disk", "create", disk, "--density", density, "--formatted")).Code);
        Assert.Contains($"{free,8}  bytes free", (await CommandRun.Of("disk", "list", disk)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandRun.Of("disk", "put", disk, folder["game.xex"])).Code);
        Assert.Equal(0, (await CommandRun.Of("disk", "put", disk, folder["game.xex"], "--as", "autorun.sys")).Code);

        var list = JsonDocument.Parse((await CommandRun.Of("disk", "list", disk, "--json")).Output).RootElement;
        Assert.Equal(["GAME.XEX 3000", "AUTORUN.SYS 3000"], list.GetProperty("files").EnumerateArray().Select(file => $"{file.GetProperty("path")} {file.GetProperty("length")}"));
        Assert.True(list.GetProperty("free_bytes").GetInt64() < free);

        Assert.Equal(0, (await CommandRun.Of("disk", "get", disk, "Autorun.sys", "--as", folder["back"])).Code);
        Assert.Equal(content, File.ReadAllBytes(folder["back"]));
        Assert.Empty(AtariDosVolume.Open(File.ReadAllBytes(disk)).FindFaults());
    }

    [Fact]
    public async Task A_system_disk_is_the_one_that_we_ship()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await CommandRun.Of("disk", "create", folder["a.atr"], "--system")).Code);
        Assert.Equal(File.ReadAllBytes(SourceTree.File("firmware/xl/attic-dos.atr")), File.ReadAllBytes(folder["a.atr"]));
        var list = await CommandRun.Of("disk", "list", folder["a.atr"]);
        Assert.Contains("DOS.SYS", list.Output, StringComparison.Ordinal);
        Assert.Contains("DUP.SYS", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_disk_takes_a_DOS_of_ones_own()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["boot.bin"], [0, 3, .. new byte[382]]);
        File.WriteAllBytes(folder["DOS.SYS"], [1, 2, 3]);
        var failed = await CommandRun.Of("disk", "create", folder["a.atr"], "--system", "--system-files", folder.Path);
        Assert.Equal(ExitCode.BadInput, failed.Code);
        Assert.Contains("DUP.SYS", failed.Errors, StringComparison.Ordinal);
        File.WriteAllBytes(folder["DUP.SYS"], [4]);
        Assert.Equal(0, (await CommandRun.Of("disk", "create", folder["a.atr"], "--density", "double", "--system", "--system-files", folder.Path)).Code);
        var volume = AtariDosVolume.Open(File.ReadAllBytes(folder["a.atr"]));
        Assert.Equal([1, 2, 3], volume.ReadFile("DOS.SYS"));
        Assert.Equal(2, volume.Sector(1)[14]);
    }

    [Theory]
    [InlineData("a.st", "single")]
    [InlineData("a.xfd", "single")]
    [InlineData("a.atr", "double-sided")]
    public async Task A_disk_that_no_DOS_starts_from_is_refused_before_it_is_made(string name, string density)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.BadInput, (await CommandRun.Of("disk", "create", folder[name], "--density", density, "--system")).Code);
        Assert.False(File.Exists(folder[name]));
    }

    [Fact]
    public async Task A_refused_put_says_why_and_leaves_the_8_bit_disk_alone()
    {
        using var folder = new TemporaryFolder();
        string disk = folder["a.atr"];
        File.WriteAllBytes(folder["big.dat"], new byte[90_000]);
        File.WriteAllBytes(folder["small.dat"], new byte[10]);
        await CommandRun.Of("disk", "create", disk, "--system");
        byte[] before = File.ReadAllBytes(disk);
        foreach (var (expected, text, arguments) in new (int, string, string[])[]
        {
            (ExitCode.Failed, "room for", [folder["small.dat"], folder["big.dat"]]),
            (ExitCode.BadInput, "eight and three", [folder["small.dat"], "--as", "AUTO/X.PRG"]),
            (ExitCode.BadInput, "no file", [folder["absent.dat"]]),
        })
        {
            var failed = await CommandRun.Of(["disk", "put", disk, .. arguments]);
            Assert.Equal(expected, failed.Code);
            Assert.Contains(text, failed.Errors, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(disk));
        }
    }

    [Fact]
    public async Task A_disk_that_no_DOS_formatted_and_a_file_that_is_absent_are_told()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.Of("disk", "create", folder["blank.atr"]);
        await CommandRun.Of("disk", "create", folder["dos.atr"], "--system");
        await CommandRun.Of("disk", "create", folder["a.xfd"]);
        Assert.Contains("DOS 2", (await CommandRun.Of("disk", "list", folder["blank.atr"])).Errors, StringComparison.Ordinal);
        Assert.Contains(".atr", (await CommandRun.Of("disk", "list", folder["a.xfd"])).Errors, StringComparison.Ordinal);
        var absent = await CommandRun.Of("disk", "get", folder["dos.atr"], "NONE.BAS");
        Assert.Equal(ExitCode.BadInput, absent.Code);
        Assert.Contains("NONE.BAS", absent.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_does_not_hide_the_others()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.Of("disk", "create", folder["a.atr"], "--system");
        byte[] image = File.ReadAllBytes(folder["a.atr"]);
        var volume = AtariDosVolume.Open(image);
        volume.Sector(volume.FirstSectorOf("DOS.SYS"))[125] ^= 0xFC;
        File.WriteAllBytes(folder["a.atr"], image);
        var list = await CommandRun.Of("disk", "list", folder["a.atr"]);
        Assert.Equal(0, list.Code);
        Assert.Contains("DOS.SYS  is broken", list.Output, StringComparison.Ordinal);
        Assert.Contains("DUP.SYS", list.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await CommandRun.Of("disk", "get", folder["a.atr"], "DOS.SYS", "--as", folder["back"])).Code);
    }
}
