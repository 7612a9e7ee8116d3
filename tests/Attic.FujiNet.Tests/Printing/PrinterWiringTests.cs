using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Printing;
using Attic.FujiNet.Network;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Sio.Classic;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Tests.Printing;

/// <summary>The printer that a configuration asks for, on the serial bus and the FujiBus.</summary>
public sealed class PrinterWiringTests
{
    private static readonly SioCommand s_write = new(ClassicPrinter.FirstId, (byte)'W', (byte)'N', 0);

    [Theory]
    [InlineData("text", ".txt", "HELLO\n")]
    [InlineData("pdf", ".pdf", "%PDF-")]
    public async Task The_configuration_says_what_is_made_and_where(string output, string ending, string start)
    {
        await using var stack = await CreateAsync(config => (config.Output, config.Folder) = (output, "/paper/today"));
        using var chain = await AtariChain.CreateAsync(stack, null, _ => { });
        Assert.Equal(SioFrame.Complete, (await chain.ExecuteAsync(s_write, Record("HELLO"))).Answer);
        var file = Assert.Single(await stack.Storage.Persistent!.ListAsync("/paper/today"));
        Assert.EndsWith(ending, file.Name, StringComparison.Ordinal);
        await using var open = await stack.Storage.Persistent.OpenAsync($"/paper/today/{file.Name}", StoredFileMode.Read);
        byte[] head = new byte[start.Length];
        await open.ReadAsync(0, head);
        Assert.Equal(start, Encoding.UTF8.GetString(head));
    }

    [Fact]
    public async Task Both_buses_share_the_printer_and_a_pause_begins_the_next_file()
    {
        var time = new SetTime(DateTimeOffset.UnixEpoch);
        await using var stack = await CreateAsync(config => (config.OnFujiBus, config.PauseSeconds) = (true, 3), time);
        using var chain = await AtariChain.CreateAsync(stack, null, _ => { });
        await chain.ExecuteAsync(s_write, Record("ONE"));
        var request = new IORequest();
        request.Set(PrinterDevice.WireId, 1, new byte[] { 1, 4, 0, (byte)'T', (byte)'W', (byte)'O', 0x9B });
        Assert.Equal(IOStatus.Ok, (await stack.Core.Routing.Shared.Get(PrinterDevice.WireId)!.HandleAsync(request)).Status);
        Assert.Single(await stack.Storage.Persistent!.ListAsync("/FujiNet/printer"));
        time.Advance(TimeSpan.FromSeconds(4));
        stack.Core.Tick();
        await chain.ExecuteAsync(s_write, Record("THREE"));
        Assert.Equal(2, (await stack.Storage.Persistent!.ListAsync("/FujiNet/printer")).Count);
    }

    [Fact]
    public async Task Without_being_switched_on_there_is_none()
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        using var chain = await AtariChain.CreateAsync(stack, null, _ => { });
        Assert.Equal(SioReception.Silent, chain.Accept(s_write));
        Assert.Null(stack.Core.Routing.Shared.Get(PrinterDevice.WireId));
    }

    [Fact]
    public async Task An_unknown_output_is_reported()
    {
        var log = new List<string>();
        await using var stack = await FujiNetStack.CreateAsync(new()
        {
            Log = log.Add, Configure = config => (config.Devices.Printer.IsEnabled, config.Devices.Printer.Output) = (true, "fax"),
        });
        Assert.Null(stack.Printer);
        Assert.Contains("\"fax\"", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_printer_in_the_network_gets_a_connection_for_each_job()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var output = new RawPortOutput(new EgressPolicy(), "127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port);
        for (int job = 0; job < 2; job++)
        {
            await output.WriteAsync(new byte[] { (byte)'A', 0x9B });
            await output.WriteAsync(new byte[] { (byte)'B', 0x9B });
            await output.EndJobAsync();
            using var peer = await server.AcceptTcpClientAsync();
            using var text = new StreamReader(peer.GetStream());
            Assert.Equal("A\r\nB\r\n", await text.ReadToEndAsync());
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("printer.example", false)]
    public async Task The_egress_policy_holds_for_printers_too(string allow, bool refusePrivate)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        string target = $"raw:127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}";
        await using var stack = await FujiNetStack.CreateAsync(new()
        {
            Configure = config =>
            {
                (config.Network.Allow, config.Network.RefusePrivate) = (allow, refusePrivate);
                (config.Devices.Printer.IsEnabled, config.Devices.Printer.Output) = (true, target);
            },
        });
        using var chain = await AtariChain.CreateAsync(stack, null, _ => { });
        Assert.Equal(SioFrame.Error, (await chain.ExecuteAsync(s_write, Record("SECRET"))).Answer);
        Assert.Contains("cannot be reached", stack.Printer!.Fault, StringComparison.Ordinal);
        Assert.False(server.Pending());
    }

    [Theory]
    [InlineData("raw:printer", true)]
    [InlineData("raw:printer:9101", true)]
    [InlineData("raw:[::1]:9101", true)]
    [InlineData("raw:::1", true)]
    [InlineData("raw:", false)]
    [InlineData("raw::9100", false)]
    [InlineData("raw:printer:0", false)]
    [InlineData("raw:printer:70000", false)]
    [InlineData("raw:printer:x", false)]
    [InlineData("PDF", false)]
    public void Outputs_are_named(string output, bool expected) => Assert.Equal(expected, PrinterOutputs.IsOne(output));

    private static ValueTask<FujiNetStack> CreateAsync(Action<PrinterConfig> set, TimeProvider? time = null) => FujiNetStack.CreateAsync(new()
    {
        Time = time ?? TimeProvider.System,
        Configure = config =>
        {
            config.Devices.Printer.IsEnabled = true;
            set(config.Devices.Printer);
        },
    });

    private static byte[] Record(string line)
    {
        byte[] record = Enumerable.Repeat((byte)' ', 40).ToArray();
        Encoding.ASCII.GetBytes(line, record);
        record[line.Length] = 0x9B;
        return record;
    }
}
