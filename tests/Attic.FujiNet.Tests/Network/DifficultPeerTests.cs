using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Networks;
using Attic.FujiNet.Network;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Tests.Network;

/// <summary>Servers that reset, are slow, half-closed, deaf, or say what is not true: each gets a status, and nobody else waits for them.</summary>
public sealed class DifficultPeerTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly FujiRig _rig = new();
    private readonly SessionFactory _factory = new(new EgressPolicy(), new ServerTrust());

    public DifficultPeerTests()
    {
        _listener.Start();
        _rig.Shared.Register(DeviceIds.Network, new NetworkDevice(_factory, TimeProvider.System, hold: TimeSpan.FromMilliseconds(20)));
        _rig.Shared.Register(DeviceIds.Fuji, new Ping());
    }

    public void Dispose()
    {
        _rig.Dispose();
        _factory.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("http")]
    public async Task A_server_that_resets_is_an_error_of_io(string scheme)
    {
        byte[] handle = Open(scheme);
        using var peer = await _listener.AcceptSocketAsync();
        if (scheme == "http")
        {
            await peer.ReceiveAsync(new byte[4096]);
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray());
        }

        peer.LingerState = new LingerOption(enable: true, seconds: 0);
        peer.Close();
        Assert.Equal(IOStatus.IOError, ReadToStatus(handle, out _));
        Assert.Equal(IOStatus.Ok, Call(4, handle).Status);
    }

    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nhello", IOStatus.Ok, "hel")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\nhello", IOStatus.Ok, "hello")]
    [InlineData("Content-Length: -5\r\n\r\nhello", IOStatus.Ok, "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhello", IOStatus.IOError, null)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", IOStatus.IOError, null)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", IOStatus.Ok, "hello")]
    public async Task Lengths_that_are_not_true_are_not_believed_and_those_that_are_none_do_not_count(string answer, IOStatus expected, string? body)
    {
        byte[] handle = Open("http");
        using var peer = await _listener.AcceptSocketAsync();
        await peer.ReceiveAsync(new byte[4096]);
        await peer.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + answer));
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(expected, ReadToStatus(handle, out string read));
        Assert.Equal(body ?? read, read);
    }

    [Fact]
    public async Task Redirects_that_lead_in_a_circle_end()
    {
        byte[] handle = Open("http", flags: 2);
        var serving = Task.Run(async () =>
        {
            int count = 0;
            while (true)
            {
                using var peer = await _listener.AcceptSocketAsync();
                await peer.ReceiveAsync(new byte[4096]);
                await peer.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: /{++count}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                peer.Shutdown(SocketShutdown.Both);
            }
        });
        var status = ReadToStatus(handle, out string body);
        Assert.True(status is IOStatus.IOError or IOStatus.Ok, $"{status}");
        Assert.Empty(body);
        _listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
    }

    [Fact]
    public async Task A_slow_server_holds_nobody_up()
    {
        byte[] slow = Open("tcp");
        using var peer = await _listener.AcceptSocketAsync();
        string read = string.Empty;
        foreach (char letter in "slow")
        {
            Assert.Equal(IOStatus.NotReady, Call(2, slow, Page(read.Length)).Status);
            Assert.Equal(IOStatus.Ok, _rig.Call(DeviceIds.Fuji, 1, []).Status);
            await peer.SendAsync(new[] { (byte)letter });
            (IOStatus Status, byte[] Payload) answer;
            while ((answer = Call(2, slow, Page(read.Length))).Status == IOStatus.NotReady)
            {
                // It is on its way.
            }

            read += Encoding.ASCII.GetString(answer.Payload[12..]);
        }

        Assert.Equal("slow", read);
    }

    [Fact]
    public async Task A_peer_that_has_said_all_is_still_spoken_to()
    {
        byte[] handle = Open("tcp");
        using var peer = await _listener.AcceptSocketAsync();
        await peer.SendAsync("bye"u8.ToArray());
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(IOStatus.Ok, ReadToStatus(handle, out string read));
        Assert.Equal("bye", read);
        Assert.Equal(IOStatus.Ok, Write(handle, 0, "more"u8.ToArray()));
        Assert.Equal(IOStatus.Ok, Write(handle, 4, []));
        byte[] came = new byte[16];
        int count = 0;
        for (int got; (got = await peer.ReceiveAsync(came.AsMemory(count))) > 0;)
        {
            count += got;
        }

        Assert.Equal("more", Encoding.ASCII.GetString(came, 0, count));
    }

    [Fact]
    public async Task A_deaf_peer_gets_so_much_and_no_more()
    {
        byte[] handle = Open("tcp");
        using var peer = await _listener.AcceptSocketAsync();
        byte[] block = new byte[16_384];
        uint written = 0;
        IOStatus status;
        while ((status = Write(handle, written, block)) == IOStatus.Ok)
        {
            written += (uint)block.Length;
            Assert.True(written < 64 << 20, "Everything is taken and kept.");
        }

        Assert.True(status is IOStatus.DeviceBusy or IOStatus.NotReady, $"{status}");
        Assert.Equal(IOStatus.Ok, _rig.Call(DeviceIds.Fuji, 1, []).Status);
        Assert.Equal(IOStatus.Ok, Call(4, handle).Status);
    }

    [Fact]
    public void A_client_that_sends_byte_by_byte_holds_nobody_up()
    {
        var other = _rig.Connect();
        byte[] packet = new byte[FujiBusPacket.HeaderBytes];
        FujiBusPacket.Write(DeviceIds.Fuji, 1, [], [], packet);
        byte[] wire = new byte[Slip.MaxEncodedLength(packet.Length)];
        foreach (byte value in wire[..Slip.Encode(packet, wire)])
        {
            _rig.Host.Write([value]);
            Assert.Equal(IOStatus.Ok, _rig.Call(DeviceIds.Fuji, 1, [], other).Status);
        }

        Assert.Equal(IOStatus.Ok, _rig.Receive(DeviceIds.Fuji, 1).Status);
    }

    private static byte[] Page(int offset) => [.. BitConverter.GetBytes(offset), 16, 0];

    private byte[] Open(string scheme, byte flags = 0)
    {
        string url = $"{scheme}://{_listener.LocalEndpoint}" + (scheme == "http" ? "/" : string.Empty);
        var request = new PayloadWriter().Byte(1).Byte(1).Byte(flags).Text(url).Word(0).Long(0).Word(0);
        var (status, payload) = _rig.Call(DeviceIds.Network, 1, request.Written.ToArray());
        Assert.Equal(IOStatus.Ok, status);
        return payload[4..6];
    }

    private (IOStatus Status, byte[] Payload) Call(byte command, byte[] handle, byte[]? rest = null) =>
        _rig.Call(DeviceIds.Network, command, [1, .. handle, .. rest ?? []]);

    private IOStatus Write(byte[] handle, uint offset, byte[] data) =>
        Call(3, handle, [.. BitConverter.GetBytes(offset), .. BitConverter.GetBytes((ushort)data.Length), .. data]).Status;

    // Reads to the end, or to what is neither data nor "not yet".
    private IOStatus ReadToStatus(byte[] handle, out string text)
    {
        text = string.Empty;
        while (true)
        {
            var (status, payload) = Call(2, handle, Page(text.Length));
            if (status == IOStatus.NotReady)
            {
                continue;
            }

            if (status != IOStatus.Ok)
            {
                return status;
            }

            text += Encoding.ASCII.GetString(payload[12..]);
            if ((payload[1] & 1) != 0)
            {
                return status;
            }
        }
    }

    private sealed class Ping : VirtualDevice
    {
        public override ValueTask<IOResponse> HandleAsync(IORequest request) => new(request.Answer());
    }
}
