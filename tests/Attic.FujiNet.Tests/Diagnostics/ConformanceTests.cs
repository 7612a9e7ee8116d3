using Attic.FujiNet.Diagnostics;

namespace Attic.FujiNet.Tests.Diagnostics;

public class ConformanceTests
{
    [Fact]
    public async Task All_captured_vectors_replay_without_a_difference()
    {
        using var folder = new TemporaryFolder();
        await using var server = await FujiServer.StartAsync(folder.Path);
        await using var client = await server.ConnectAsync();
        var report = await ConformanceRunner.RunAsync(client, ConformanceRunner.BuiltInVectors);
        Assert.True(report.Differences.Count == 0, string.Join('\n', report.Differences.Select(difference => difference.Problem)));
        Assert.Equal(155, report.Vectors);
        Assert.Empty(server.Log);
    }

    [Fact]
    public async Task Another_answer_is_a_difference()
    {
        await using var server = await FujiServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var report = await ConformanceRunner.RunAsync(client, "[45]\n04 01 > 0 0104 \"CEST\" 00\n[99]\n01 - > 1\n");
        var difference = Assert.Single(report.Differences);
        Assert.Equal("line 2, device 45, command 04: expected 0 01044345535400, got 0 010355544300", difference.Problem);
    }

    [Fact]
    public void A_port_that_takes_anothers_place_changes_the_length_before_its_text()
    {
        var ports = new Dictionary<int, int> { [7777] = 45_678 };
        var vector = Assert.Single(VectorFile.Read("[FD]\n01 1400 \"tcp://127.0.0.1:7777\" 00*8 > 0", ports));
        Assert.Equal(21, vector.Request.Bytes[0]);
        Assert.Equal(2 + 21 + 8, vector.Request.Bytes.Count);
    }

    [Theory]
    [InlineData("01 01 > 0", "no device")]
    [InlineData("[45]\n01 01", "no >")]
    [InlineData("[45]\n01 \"a > 0", "no >")]
    [InlineData("[45]\n01 0 > 0", "Line 2")]
    public void A_line_that_is_no_vector_is_named(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => VectorFile.Read(text)).Message, StringComparison.Ordinal);
}
