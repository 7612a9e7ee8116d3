using System.Text.Json;

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
}
