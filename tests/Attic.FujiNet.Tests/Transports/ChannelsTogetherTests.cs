using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Tests.Transports;

public class ChannelsTogetherTests
{
    private const string Request = "450407005100" + "01";
    private const string Response = "45040D00480100" + "010355544300";

    [Fact]
    public async Task Udp_peers_get_packets_without_frames_and_frames_for_frames()
    {
        UdpListener? listener = null;
        await using var server = await FujiServer.StartAsync(prepare: (stack, _) =>
        {
            listener = new UdpListener(new IPEndPoint(IPAddress.Loopback, 0), transport => stack.Core.IO.Add(transport));
            stack.Core.IO.Add(listener);
        });
        using var peer = new UdpClient();
        peer.Connect(listener!.EndPoint);
        Assert.Equal(Response, await AskAsync(Request));
        Assert.Equal($"C0{Response}C0", await AskAsync($"C0{Request}C0"));

        async Task<string> AskAsync(string hex)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await peer.SendAsync(Convert.FromHexString(hex), patience.Token);
            return Convert.ToHexString((await peer.ReceiveAsync(patience.Token)).Buffer);
        }
    }

    [Fact]
    public async Task A_websocket_message_is_a_packet()
    {
        WebSocketListener? listener = null;
        await using var server = await FujiServer.StartAsync(prepare: (stack, waiter) =>
        {
            listener = new WebSocketListener(new IPEndPoint(IPAddress.Loopback, 0), transport => stack.Core.IO.Add(transport), waiter);
            stack.Core.IO.Add(listener);
        });
        using var client = new ClientWebSocket();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client.ConnectAsync(new Uri($"ws://{listener!.EndPoint}/"), patience.Token);
        await client.SendAsync(Convert.FromHexString(Request), WebSocketMessageType.Binary, endOfMessage: true, patience.Token);
        byte[] answer = new byte[64];
        var received = await client.ReceiveAsync(answer, patience.Token);
        Assert.Equal(Response, Convert.ToHexString(answer.AsSpan(0, received.Count)));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_connect()
    {
        WebSocketListener? listener = null;
        await using var server = await FujiServer.StartAsync(prepare: (stack, waiter) =>
        {
            listener = new WebSocketListener(new IPEndPoint(IPAddress.Loopback, 0), transport => stack.Core.IO.Add(transport), waiter);
            stack.Core.IO.Add(listener);
        });
        using var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Origin", "https://example.org");
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(new Uri($"ws://{listener!.EndPoint}/"), CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_pseudo_terminal_may_be_closed_and_opened_again()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no pseudo terminals.");
        using var folder = new TemporaryFolder();
        string link = Path.Combine(folder.Path, "fn");
        await using var server = await FujiServer.StartAsync(prepare: (stack, _) => stack.Core.IO.Add(new FujiBusTransport(HostPlatform.OpenPty(link))));
        for (int client = 0; client < 3; client++)
        {
            await using var opened = await FujiBusClient.ConnectAsync(link);
            Assert.Equal(IOStatus.Ok, (await opened.CallAsync(DeviceIds.Clock, 4, new byte[] { 1 })).Status);

            // Half a request is left behind.
            await opened.SendPacketAsync(new byte[] { 0x45, 4 });
        }
    }

    [Fact]
    public async Task Two_transports_have_sessions_that_the_other_cannot_use()
    {
        TcpServerChannel? second = null;
        await using var server = await FujiServer.StartAsync(prepare: (stack, _) =>
        {
            second = new TcpServerChannel(new IPEndPoint(IPAddress.Loopback, 0));
            stack.Core.IO.Add(new FujiBusTransport(second));
        });
        await using var one = await server.ConnectAsync();
        await using var other = await FujiBusClient.ConnectAsync(second!.EndPoint.ToString());
        byte[] open = Convert.FromHexString("0101001200" + Convert.ToHexString("tcp://127.0.0.1:99"u8) + "0000000000000000");
        byte[] mine = (await one.CallAsync(DeviceIds.Network, 1, open)).Payload;
        byte[] theirs = (await other.CallAsync(DeviceIds.Network, 1, open)).Payload;
        Assert.NotEqual(mine, theirs);
        Assert.Equal(IOStatus.InvalidRequest, (await other.CallAsync(DeviceIds.Network, 4, new byte[] { 1, mine[4], mine[5] })).Status);
        Assert.Equal(IOStatus.Ok, (await one.CallAsync(DeviceIds.Network, 4, new byte[] { 1, mine[4], mine[5] })).Status);
    }

    [Fact]
    public async Task A_capture_replays_without_a_difference()
    {
        using var text = new StringWriter();
        await using var server = await FujiServer.StartAsync();
        await using (var tap = new TrafficTap(text, null))
        {
            ((FujiBusTransport)server.Stack.Core.IO.Transports.First().Transport).Tap = tap;
            await using var client = await server.ConnectAsync();
            await client.CallAsync(DeviceIds.Clock, 4, new byte[] { 1 });
            await client.CallAsync(DeviceIds.Clock, 5, new byte[] { 1, 0 });
        }

        var packets = text.ToString().Split('\n').Select(line => Capture.Parse(line.TrimEnd('\r'))).OfType<CapturedPacket>().ToList();
        Assert.Equal(4, packets.Count);
        Assert.Equal("< Clock.GetTimezone Ok  010355544300  |..UTC.|", PacketPrinter.Print(packets[1].ToDevice, packets[1].Packet));
        await using var again = await server.ConnectAsync();
        var (requests, differences) = await CaptureReplay.RunAsync(again, packets);
        Assert.Equal((2, 0), (requests, differences.Count));
    }
}
