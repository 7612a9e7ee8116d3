using System.Text;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Diagnostics;
using Attic.FujiNet.Platform;

namespace Attic.FujiNet.Tests.Diagnostics;

public class ConsoleTests
{
    [Theory]
    [InlineData("help", "core.info")]
    [InlineData("core.stats", "requests served 0")]
    [InlineData("core stats", "requests served 0")]
    [InlineData("disk.slots", "1: empty")]
    [InlineData("fs", "host")]
    [InlineData("ls", "fujinet.yaml")]
    [InlineData("cd /none", "does not exist")]
    [InlineData("net.close 77", "net.close <handle>")]
    [InlineData("dance", "unknown: dance")]
    public async Task Commands_answer_in_lines(string line, string expected)
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (device, _) = MemoryChannel.CreatePair("console");
        Assert.Contains(expected, await new DiagnosticsConsole(stack, device).RunAsync(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_is_answered_and_followed_by_a_prompt()
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (device, host) = MemoryChannel.CreatePair("console");
        var console = new DiagnosticsConsole(stack, device);
        host.Write(Encoding.ASCII.GetBytes("pwx\bd\r"));
        console.Poll();
        byte[] said = new byte[64];
        Assert.Equal("> host:/\r\n> ", Encoding.ASCII.GetString(said, 0, host.Read(said)));
    }
}
