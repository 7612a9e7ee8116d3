using System.Text.Json;
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
}
