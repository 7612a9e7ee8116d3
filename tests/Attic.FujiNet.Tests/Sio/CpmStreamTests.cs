using System.Text;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Sio.Classic;

namespace Attic.FujiNet.Tests.Sio;

/// <summary>CP/M behind the serial bus ($5A): a command starts it, and the computer is its terminal.</summary>
public sealed class CpmStreamTests : IAsyncLifetime
{
    private const byte Go = (byte)'G';
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attic-cpm-");
    private readonly StringBuilder _shown = new();
    private readonly List<int> _bauds = [];
    private FujiNetStack _stack = null!;
    private SioChain _chain = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.CreateSubdirectory("A").FullName, "HELLO.TXT"), "GREETINGS\r\n\u001a");
        _folder.CreateSubdirectory("B");
        _stack = await FujiNetStack.CreateAsync(new() { Configure = config => config.Devices.Cpm = true });
        _chain = await AtariChain.CreateAsync(_stack, _folder.FullName, _ => { });
        _chain.SendStream = bytes => _shown.Append(Encoding.ASCII.GetString(bytes.Span));
        _chain.SetBaud = _bauds.Add;
    }

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        await _stack.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_typed_is_carried_out_until_the_computer_is_reset()
    {
        await StartAsync();
        _chain.Stream!.OnBytes("TYPE HELLO.TXT\r"u8.ToArray());
        _stack.TickUntil(() => Shows("GREETINGS"));
        Assert.Equal(9600, _bauds[^1]);
        _chain.Reset(cold: true);
        Assert.Null(_chain.Stream);
        Assert.Equal(SioChain.StandardBaud, _bauds[^1]);
    }

    [Fact]
    public async Task A_second_start_is_a_new_computer()
    {
        await StartAsync();
        _chain.Stream!.OnBytes("B:\r"u8.ToArray());
        _stack.TickUntil(() => Shows("B>"));
        _shown.Clear();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        var command = new SioCommand(ClassicCpm.Id, Go, 0, 0);
        Assert.Equal(SioReception.Ack, _chain.Accept(command));
        Assert.Equal(SioFrame.Complete, (await _chain.ExecuteAsync(command, default)).Answer);
        _stack.TickUntil(() => Shows("A>"));
    }

    private bool Shows(string text) => _shown.ToString().Contains(text, StringComparison.Ordinal);
}
