using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Storage.Tnfs;
using FsCheck;
using FsCheck.Fluent;
using static Attic.FujiNet.Tests.Storage.Tnfs.TnfsBench;

namespace Attic.FujiNet.Tests.Storage.Tnfs;

public sealed class TnfsFramingTests : IDisposable
{
    private static readonly byte[][] Requests =
    [
        [0, 0, 1, 0x00, 1, 2, .. "/\0user\0word\0"u8], [1, 0, 2, 0x01], [1, 0, 3, 0x10, .. "dir\0"u8], [1, 0, 4, 0x11, 0], [1, 0, 5, 0x12, 0],
        [1, 0, 6, 0x13, .. "d\0"u8], [1, 0, 7, 0x15, 0], [1, 0, 8, 0x16, 0, 1, 0, 0, 0], [1, 0, 9, 0x17, 0, 0, 0, 0, .. "*\0/\0"u8],
        [1, 0, 10, 0x18, 0, 5], [1, 0, 11, 0x21, 0, 0, 2], [1, 0, 12, 0x22, 0, 3, 0, 1, 2, 3], [1, 0, 13, 0x23, 0], [1, 0, 14, 0x24, .. "f\0"u8],
        [1, 0, 15, 0x25, 0, 0, 1, 0, 0, 0], [1, 0, 16, 0x26, .. "f\0"u8], [1, 0, 17, 0x27, 0, 1, .. "f\0"u8], [1, 0, 18, 0x28, .. "a\0b\0"u8],
        [1, 0, 19, 0x29, 1, 0, 0, 0, .. "f\0"u8], [1, 0, 20, 0x30], [1, 0, 21, 0x31],
    ];

    private readonly TnfsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_command_ends_where_it_ends()
    {
        foreach (byte[] request in Requests)
        {
            Assert.Equal(request.Length, TnfsFraming.RequestLength([.. request, 0xAA, 0xBB]));
            Assert.Equal(TnfsFraming.Incomplete, TnfsFraming.RequestLength(request.AsSpan(0, request.Length - 1)));
        }
    }

    [Fact]
    public void Every_answer_ends_where_it_ends()
    {
        _bench.Put("f", "content").Put("dir/x", "").Mount();
        foreach (byte[] request in Requests.Skip(2))
        {
            byte[] reply = _bench.Service.Answer([(byte)_bench.Session, (byte)(_bench.Session >> 8), .. request[2..]], IPAddress.Loopback);
            Assert.Equal(reply.Length, TnfsFraming.ReplyLength([.. reply, 1, 2]));
        }
    }

    [Fact]
    public void Any_bytes_are_answered_and_nothing_is_thrown()
    {
        _bench.Put("f", "content").Mount();
        var soup = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
        Prop.ForAll(soup.ToArbitrary(), bytes =>
        {
            byte[] packet = [(byte)_bench.Session, (byte)(_bench.Session >> 8), .. bytes];
            _ = TnfsFraming.RequestLength(packet);
            _ = TnfsFraming.ReplyLength(packet);
            byte[] reply = _bench.Service.Answer(packet, IPAddress.Loopback);
            if (bytes is [_, 1, ..])
            {
                _bench.Mount();
            }

            return reply.Length == 0 == packet.Length < TnfsHeader.Length;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task TCP_answers_requests_that_come_in_pieces_and_back_to_back()
    {
        using var server = new TnfsServer(_bench.Put("f", "content").Service, new IPEndPoint(IPAddress.Loopback, 0));
        var running = server.RunAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.EndPoint);
        var stream = client.GetStream();
        await stream.WriteAsync(Requests[0].AsMemory(0, 6));
        await stream.WriteAsync(Requests[0].AsMemory(6));
        byte[] mounted = new byte[9];
        await stream.ReadExactlyAsync(mounted);
        byte[] stat = [mounted[0], mounted[1], 1, 0x24, .. "f\0"u8];
        byte[] unmount = [mounted[0], mounted[1], 2, 0x01];
        await stream.WriteAsync((byte[])[.. stat, .. unmount]);
        byte[] answers = new byte[4 + 23 + 2 + 5];
        await stream.ReadExactlyAsync(answers);
        Assert.Equal([mounted[0], mounted[1], 2, 0x01, 0], answers[^5..]);
        server.Dispose();
        await running;
    }

    [Fact]
    public async Task UDP_answers_the_sender()
    {
        using var server = new TnfsServer(_bench.Service, new IPEndPoint(IPAddress.Loopback, 0));
        var running = server.RunAsync();
        using var client = new UdpClient();
        client.Connect(server.EndPoint);
        await client.SendAsync(Requests[0]);
        var reply = await client.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal([1, 0, 0, 0x02, 0x01, 0xE8, 0x03], reply.Buffer[2..]);
        server.Dispose();
        await running;
    }
}
