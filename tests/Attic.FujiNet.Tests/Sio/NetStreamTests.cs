using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Sio.Classic;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Tests.Sio;

/// <summary>A stream between the serial bus and a peer, as games and MIDI programs use it ($70, $F0).</summary>
public sealed class NetStreamTests : IAsyncLifetime
{
    private readonly List<byte> _heard = [];
    private readonly List<int> _bauds = [];
    private FujiNetStack _stack = null!;
    private SioChain _chain = null!;

    public async Task InitializeAsync()
    {
        _stack = await FujiNetStack.CreateAsync(new());
        _chain = await AtariChain.CreateAsync(_stack, null, _ => { });
        _chain.SendStream = bytes => _heard.AddRange(bytes.Span);
        _chain.SetBaud = _bauds.Add;
    }

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        await _stack.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Bytes_pass_both_ways_and_a_command_ends_it(byte flags)
    {
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)(flags == 1 ? tcp.LocalEndpoint : udp.Client.LocalEndPoint!)).Port;
        Assert.Equal(SioFrame.Complete, (await OpenAsync(port, "127.0.0.1", (byte)(flags | 2))).Answer);
        _stack.TickUntil(() => _chain.Stream is not null);
        if (flags == 1)
        {
            using var peer = await tcp.AcceptTcpClientAsync();
            byte[] came = new byte[11];
            _chain.Stream!.OnBytes("out"u8.ToArray());
            var read = peer.GetStream().ReadExactlyAsync(came).AsTask();
            _stack.TickUntil(() => read.IsCompleted);
            Assert.Equal("REGISTERout", Encoding.ASCII.GetString(came));
            await peer.GetStream().WriteAsync("in"u8.ToArray());
            _stack.TickUntil(() => _heard.Count == 2);
        }
        else
        {
            var received = udp.ReceiveAsync();
            _stack.TickUntil(() => received.IsCompleted);
            var first = await received;
            Assert.Equal("REGISTER", Encoding.ASCII.GetString(first.Buffer));
            await udp.SendAsync("in"u8.ToArray(), first.RemoteEndPoint);
            _stack.TickUntil(() => _heard.Count == 2);
        }

        Assert.Equal("in"u8.ToArray(), _heard);
        _chain.Accept(new SioCommand(0x70, 0x53, 0, 0));
        _stack.TickUntil(() => _chain.Stream is null);
        Assert.Equal(SioChain.StandardBaud, _bauds[^1]);
    }

    [Fact]
    public async Task Where_the_motor_line_is_known_the_stream_flows_while_it_is_on()
    {
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _chain.SetMotor(on: false);
        await OpenAsync(((IPEndPoint)udp.Client.LocalEndPoint!).Port, "127.0.0.1", 0);
        _stack.Core.Tick();
        Assert.Null(_chain.Stream);
        _chain.SetMotor(on: true);
        Assert.NotNull(_chain.Stream);
        _chain.SetMotor(on: false);
        Assert.Null(_chain.Stream);
        _chain.SetMotor(on: true);
        Assert.NotNull(_chain.Stream);
        await OpenAsync(1, "STOP", 0);
        Assert.Null(_chain.Stream);
    }

    [Theory]
    [InlineData(0x9F, 0, 300)]
    [InlineData(0x84, 0x10, 300)]
    [InlineData(39, 0, 19200)]
    [InlineData(21, 0, 31960)]
    [InlineData(8, 0x10, 59114)]
    [InlineData(0, 0, 31250)]
    public async Task The_rate_is_told_by_the_low_byte_of_a_divisor(byte divisor, byte flags, int baud)
    {
        await OpenAsync(5004, "127.0.0.1", flags, divisor);
        _stack.TickUntil(() => _bauds.Count > 0);
        Assert.Equal(baud, _bauds[^1]);
    }

    private ValueTask<SioResult> OpenAsync(int port, string host, byte flags, byte divisor = 0)
    {
        byte[] payload = new byte[64];
        Encoding.ASCII.GetBytes(host, payload);
        (payload[host.Length + 1], payload[host.Length + 2]) = (flags, divisor);
        var command = new SioCommand(ClassicFuji.Id, 0xF0, (byte)(port >> 8), (byte)port);
        Assert.Equal(SioReception.AckWrite(64), _chain.Accept(command));
        return _chain.ExecuteAsync(command, payload);
    }
}
