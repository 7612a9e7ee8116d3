using System.Text;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Diagnostics.Console;
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
    [InlineData("net.close 77", "no such session")]
    [InlineData("net.close", "net.close <handle>")]
    [InlineData("dance", "unknown: dance")]
    public async Task Commands_answer_in_lines(string line, string expected)
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (device, _) = MemoryChannel.CreatePair("console");
        Assert.Contains(expected, await new DiagnosticsConsole(stack, device).RunAsync(line), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net.wifi.scan", "FujiNet-Test")]
    [InlineData("net wifi status", "state Disconnected")]
    [InlineData("modem.at AT", "there is no modem yet")]
    [InlineData("modem.baud fast", "modem.baud [number] <baud>")]
    [InlineData("uart.baud 57600", "baud_rate 57600")]
    [InlineData("uart.baud 12", "uart.baud <baud>")]
    [InlineData("uart.set parity maybe", "uart.set <data_bits")]
    [InlineData("appstore.read a b", "no such key")]
    [InlineData("hexdump fujinet.yaml 0 16", "00000000  66 75 6A 69 6E 65 74 3A 0A 20 20 64 65 76 69 63  fujinet:.  devic")]
    [InlineData("hexdump fujinet.yaml x", "hexdump <path>")]
    [InlineData("list", "appstore")]
    [InlineData("dump", "[disk.slots]")]
    [InlineData("exit", "kill ends the FujiNet")]
    [InlineData("mv a", "mv <from> <to>")]
    [InlineData("ls a b", "ls [path]")]
    public async Task Every_provider_answers_or_says_how_it_is_called(string line, string expected)
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (device, _) = MemoryChannel.CreatePair("console");
        Assert.Contains(expected, await new DiagnosticsConsole(stack, device).RunAsync(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_program_keeps_is_written_renamed_and_deleted()
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (device, _) = MemoryChannel.CreatePair("console");
        var console = new DiagnosticsConsole(stack, device);
        Assert.Equal("8 bytes\n", await console.RunAsync("appstore.write game score 12 3 4 5"));
        Assert.Equal("renamed\n", await console.RunAsync("appstore.rename game score best"));
        Assert.Equal("12 3 4 5\n", await console.RunAsync("appstore.read game best"));
        Assert.Equal("best\n", await console.RunAsync("appstore.list game"));
        Assert.StartsWith("8 bytes, ", await console.RunAsync("appstore.stat game best"), StringComparison.Ordinal);
        Assert.Equal("deleted\n", await console.RunAsync("appstore.delete game best"));
    }

    [Fact]
    public async Task A_wireless_network_is_joined_and_its_secret_never_shown()
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (device, _) = MemoryChannel.CreatePair("console");
        var console = new DiagnosticsConsole(stack, device);
        Assert.Contains("Connected", await console.RunAsync("net.wifi.set FujiNet-Sim hush"), StringComparison.Ordinal);
        string shown = await console.RunAsync("net.wifi.get") + await console.RunAsync("dump");
        Assert.Contains("passphrase set", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_modem_is_spoken_with()
    {
        await using var stack = await FujiNetStack.CreateAsync(new() { Configure = config => config.Devices.Modem = true });
        using var chain = await AtariChain.CreateAsync(stack, null, _ => { });
        var (device, _) = MemoryChannel.CreatePair("console");
        var console = new DiagnosticsConsole(stack, device);
        Assert.Contains("OK", await console.RunAsync("modem.at ATE0"), StringComparison.Ordinal);
        Assert.Equal("2400 baud\n", await console.RunAsync("modem.baud 1 2400"));
        Assert.Equal("locked\n", await console.RunAsync("modem.baudlock 1"));
        Assert.Contains("1: serial bus: commands, on hook, port 0, 2400 baud locked", await console.RunAsync("modem.status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Earlier_lines_come_back_by_the_cursor_keys()
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (device, host) = MemoryChannel.CreatePair("console");
        var console = new DiagnosticsConsole(stack, device);
        host.Write("pwd\rfs\r"u8);
        console.Poll();
        host.Write("\x1b[A\x1b[A\x1b[1;5C\r"u8);
        console.Poll();
        byte[] said = new byte[256];
        string text = Encoding.ASCII.GetString(said, 0, host.Read(said));
        Assert.EndsWith("\r> fs\x1b[K\r> pwd\x1b[Khost:/\r\n> ", text, StringComparison.Ordinal);
        Assert.Equal("  1 pwd\n  2 fs\n  3 pwd\n", await console.RunAsync("history"));
    }

    [Fact]
    public async Task Kill_ends_the_core()
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (device, _) = MemoryChannel.CreatePair("console");
        await new DiagnosticsConsole(stack, device).RunAsync("kill");
        using var waiter = HostPlatform.CreateWaiter();
        new Attic.FujiNet.Core.CoreRunner(stack.Core, waiter).Run(CancellationToken.None);
        Assert.True(stack.Core.StopRequested);
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
