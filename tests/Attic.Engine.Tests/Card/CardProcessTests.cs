using System.Diagnostics;
using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Tests.Card;

/// <summary>A card and a process that is killed.</summary>
public sealed class CardProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_second_engine_on_a_card_is_refused()
    {
        var card = new CardRoot(_folder.Path);
        using (CardLock.Take(card))
        {
            var refused = Refusal.Of(ErrorCode.Conflict, () => CardLock.Take(card));
            Assert.Contains("--card", refused.Message, StringComparison.Ordinal);
        }

        CardLock.Take(card).Dispose();
    }

    [Fact]
    public void A_killed_engine_lets_go_of_its_card()
    {
        var card = new CardRoot(_folder.Path);
        using var engine = Start("lock", _folder.Path, "held");
        var refused = Refusal.Of(ErrorCode.Conflict, () => CardLock.Take(card));
        Assert.Equal(engine.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), refused.Details["process_id"]);

        engine.Kill();
        engine.WaitForExit();
        CardLock.Take(card).Dispose();
    }

    [Fact]
    public void A_kill_in_the_middle_of_writing_leaves_the_old_file_or_the_new_one()
    {
        var random = new Random(1985);
        string path = _folder["catalog.json"];
        for (int round = 0; round < 8; round++)
        {
            using var writer = Start("write", path, "writing");
            while (!File.Exists(path))
            {
                Thread.Yield();
            }

            Thread.Sleep(random.Next(30));
            writer.Kill();
            writer.WaitForExit();

            byte[] content = File.ReadAllBytes(path);
            Assert.Equal(100_000, content.Length);
            Assert.Single(content.Distinct());
        }
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_and_no_other()
    {
        string path = _folder["index.json"];
        StagedFile.Write(path, "old"u8);
        Assert.Throws<InvalidOperationException>(() => StagedFile.Write(path, stream =>
        {
            stream.Write("ne"u8);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static Process Start(string verb, string argument, string ready)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { "exec", SourceTree.Built("tests", "Attic.Toys.Process"), verb, argument },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        Assert.Equal(ready, process.StandardOutput.ReadLine());
        return process;
    }
}
