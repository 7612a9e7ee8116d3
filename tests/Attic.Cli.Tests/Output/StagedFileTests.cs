using Attic.Cli.Output;

namespace Attic.Cli.Tests.Output;

public class StagedFileTests
{
    [Fact]
    public void A_committed_file_replaces_the_old_one_and_leaves_nothing_beside()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "old");
        using (var file = new StagedFile(folder["a"]))
        {
            file.Stream.WriteByte((byte)'n');
            Assert.Equal("old", File.ReadAllText(folder["a"]));
            file.Commit();
        }

        Assert.Equal("n", File.ReadAllText(folder["a"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Without_a_commit_nothing_changes()
    {
        using var folder = new TemporaryFolder();
        new StagedFile(folder["a"]).Dispose();
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.BadInput, Assert.Throws<CommandFailure>(() => new StagedFile(folder["no/such/folder"])).Code);
        Assert.Equal(ExitCode.BadInput, Assert.Throws<CommandFailure>(() => new StagedFile(folder.Path)).Code);
    }
}
