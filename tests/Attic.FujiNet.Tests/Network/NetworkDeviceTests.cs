using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Networks;
using Attic.FujiNet.Network;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Tests.Network;

public class NetworkDeviceTests
{
    [Fact]
    public void Four_sessions_fill_the_table_and_the_oldest_gives_way_when_asked()
    {
        using var rig = Rig();
        var handles = Enumerable.Range(0, 4).Select(_ => Open(rig, "tcp://127.0.0.1:9").Handle).ToList();
        Assert.Equal(IOStatus.DeviceBusy, Open(rig, "tcp://127.0.0.1:9").Status);
        Assert.Equal(IOStatus.Ok, Open(rig, "tcp://127.0.0.1:9", flags: 8).Status);
        Assert.Equal(IOStatus.InvalidRequest, Call(rig, 4, handles[0]).Status);
        Assert.Equal(IOStatus.Ok, Call(rig, 4, handles[1]).Status);
        Assert.Equal(IOStatus.InvalidRequest, Call(rig, 4, handles[1]).Status);
    }

    [Fact]
    public void A_body_streams_whole_through_a_window_and_its_front_is_read_once()
    {
        string body = string.Concat(Enumerable.Range(0, 40_000).Select(number => $"{number} "));
        using var server = new Scripted($"HTTP/1.1 200 OK\r\nX-Kind: a\r\nX-Other: b\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        using var rig = Rig();
        var (_, handle) = Open(rig, server.Url, wanted: "x-kind");
        var info = Call(rig, 5, handle);
        Assert.Equal((IOStatus.Ok, 7, 200, body.Length), (info.Status, info.Payload[1], info.Payload[6] | (info.Payload[7] << 8), BitConverter.ToInt32(info.Payload, 8)));
        Assert.Equal("X-Kind: a\r\n", Encoding.ASCII.GetString(Call(rig, 6, handle, [0, 0, 0, 0, 100, 0]).Payload[12..]));
        Assert.Equal(body, ReadAll(rig, handle));
        Assert.Equal(IOStatus.InvalidRequest, Call(rig, 2, handle, [0, 0, 0, 0, 16, 0]).Status);
        var past = Call(rig, 2, handle, [0, 0, 0, 1, 16, 0]);
        Assert.Equal((IOStatus.Ok, 1), (past.Status, past.Payload[1]));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "lies about its length")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "sends damaged chunks")]
    [InlineData("nonsense\r\n\r\n", "speaks no HTTP")]
    [InlineData("", "says nothing")]
    public void A_server_that_misbehaves_is_an_error_of_io(string answer, string what)
    {
        using var server = new Scripted(answer);
        using var rig = Rig();
        var (_, handle) = Open(rig, server.Url);
        Assert.True(ReadUntilOver(rig, handle) == IOStatus.IOError, what);
    }

    [Fact]
    public void A_server_with_endless_headers_is_an_error_of_io()
    {
        using var server = new Scripted("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: " + new string('a', 1000) + "\r\n", 200)));
        using var rig = Rig();
        Assert.Equal(IOStatus.IOError, ReadUntilOver(rig, Open(rig, server.Url).Handle));
    }

    [Fact]
    public void A_server_that_hangs_is_not_ready_and_holds_nobody_up()
    {
        using var server = new Scripted(null);
        using var rig = Rig();
        var (_, handle) = Open(rig, server.Url);
        Assert.Equal(IOStatus.NotReady, Call(rig, 2, handle, [0, 0, 0, 0, 16, 0]).Status);
        Assert.Equal(IOStatus.Ok, Call(rig, 4, handle).Status);
    }

    [Fact]
    public void A_tcp_read_may_be_repeated_as_it_was_and_not_otherwise()
    {
        using var server = new Scripted("hello");
        using var rig = Rig();
        var (_, handle) = Open(rig, server.Url.Replace("http", "tcp", StringComparison.Ordinal).TrimEnd('/'));
        var (first, _) = ReadSome(rig, handle, 0);
        Assert.Equal(first, ReadSome(rig, handle, 0).Data);
        Assert.Equal(IOStatus.InvalidRequest, Call(rig, 2, handle, [0, 0, 0, 0, 99, 0]).Status);
        Assert.Equal(IOStatus.InvalidRequest, Call(rig, 2, handle, [200, 0, 0, 0, 16, 0]).Status);
    }

    [Fact]
    public void A_refused_connection_shows_at_the_next_call()
    {
        using var rig = Rig();
        var (status, handle) = Open(rig, "tcp://127.0.0.1:1");
        Assert.Equal(IOStatus.Ok, status);
        Assert.Equal(IOStatus.IOError, ReadUntilOver(rig, handle));
    }

    [Fact]
    public void Private_addresses_can_be_refused()
    {
        using var server = new Scripted("hello");
        using var rig = Rig(new EgressPolicy(refusePrivate: true));
        Assert.Equal(IOStatus.IOError, ReadUntilOver(rig, Open(rig, server.Url).Handle));
    }

    [Theory]
    [InlineData("", "a.b", true)]
    [InlineData("*.example.org", "x.example.org", true)]
    [InlineData("*.example.org", "example.org.evil", false)]
    [InlineData("one, two", "two", true)]
    [InlineData("one", "two", false)]
    public void The_list_of_hosts_decides(string allow, string host, bool expected) => Assert.Equal(expected, new EgressPolicy(allow).AllowsHost(host));

    [Fact]
    public void A_value_of_json_is_read_as_text_and_another_may_follow()
    {
        const string Json = """{"Name": "x", "list": [1, 2.5, true, null], "o": {"k": "v", "n": 1e3}}""";
        using var server = new Scripted($"HTTP/1.1 200 OK\r\nContent-Length: {Json.Length}\r\n\r\n{Json}");
        using var rig = Rig();
        var (_, handle) = Open(rig, server.Url);
        Assert.Equal("1\n2.5\nTRUE\nNULL", Translate(rig, handle, "/LIST"));
        Assert.Equal("k\nv\nn\n1000", Translate(rig, handle, "/o"));
        Assert.Equal("x", Translate(rig, handle, "/name"));
        Assert.Equal(string.Empty, Translate(rig, handle, "/nothing"));
    }

    [Fact]
    public void An_idle_session_and_an_unfinished_body_are_reaped()
    {
        var time = new SetTime(DateTimeOffset.UnixEpoch);
        using var factory = new SessionFactory(new EgressPolicy(), new ServerTrust());
        using var device = new NetworkDevice(factory, time, hold: TimeSpan.Zero);
        using var rig = new FujiRig();
        rig.Shared.Register(DeviceIds.Network, device);
        Open(rig, "tcp://127.0.0.1:9");
        var request = new PayloadWriter().Byte(1).Byte(2).Byte(0).Text("http://127.0.0.1:9/").Word(0).Long(5).Word(0);
        rig.Call(DeviceIds.Network, 1, request.Written.ToArray());
        Assert.Equal(2, device.Sessions.Count());
        time.Advance(TimeSpan.FromSeconds(11));
        rig.Core.Tick();
        Assert.Single(device.Sessions);
        time.Advance(TimeSpan.FromMinutes(20));
        rig.Core.Tick();
        Assert.Empty(device.Sessions);
    }

    private static FujiRig Rig(EgressPolicy? egress = null)
    {
        var rig = new FujiRig();
        var factory = new SessionFactory(egress ?? new EgressPolicy(), new ServerTrust());
        rig.Shared.Register(DeviceIds.Network, new NetworkDevice(factory, TimeProvider.System, hold: TimeSpan.FromMilliseconds(20)));
        return rig;
    }

    private static (IOStatus Status, byte[] Handle) Open(FujiRig rig, string url, byte flags = 0, string? wanted = null)
    {
        var request = new PayloadWriter().Byte(1).Byte(1).Byte(flags).Text(url).Word(0).Long(0).Word(wanted is null ? 0 : 1);
        if (wanted is not null)
        {
            request.Text(wanted);
        }

        var (status, payload) = rig.Call(DeviceIds.Network, 1, request.Written.ToArray());
        return (status, status == IOStatus.Ok ? payload[4..6] : []);
    }

    private static (IOStatus Status, byte[] Payload) Call(FujiRig rig, byte command, byte[] handle, byte[]? rest = null) =>
        rig.Call(DeviceIds.Network, command, [1, .. handle, .. rest ?? []]);

    private static (string Data, bool IsEnd) ReadSome(FujiRig rig, byte[] handle, uint offset)
    {
        while (true)
        {
            var (status, payload) = Call(rig, 2, handle, [.. BitConverter.GetBytes(offset), 0, 16]);
            if (status != IOStatus.NotReady)
            {
                Assert.Equal(IOStatus.Ok, status);
                return (Encoding.ASCII.GetString(payload[12..]), (payload[1] & 1) != 0);
            }
        }
    }

    private static string ReadAll(FujiRig rig, byte[] handle)
    {
        var text = new StringBuilder();
        bool end = false;
        while (!end)
        {
            (string data, end) = ReadSome(rig, handle, (uint)text.Length);
            text.Append(data);
        }

        return text.ToString();
    }

    private static IOStatus ReadUntilOver(FujiRig rig, byte[] handle)
    {
        uint offset = 0;
        while (true)
        {
            var (status, payload) = Call(rig, 2, handle, [.. BitConverter.GetBytes(offset), 0, 16]);
            if (status == IOStatus.NotReady || (status == IOStatus.Ok && (payload[1] & 1) == 0))
            {
                offset += status == IOStatus.Ok ? (uint)(payload.Length - 12) : 0;
                continue;
            }

            return status;
        }
    }

    private static string Translate(FujiRig rig, byte[] handle, string selector)
    {
        var request = new PayloadWriter().Byte(1).Bytes(handle).Byte(1).Byte(0).Text(selector).Written.ToArray();
        (IOStatus Status, byte[] Payload) answer;
        do
        {
            answer = rig.Call(DeviceIds.Network, 7, request);
        }
        while (answer.Status == IOStatus.NotReady);
        Assert.Equal(IOStatus.Ok, answer.Status);
        string text = ReadSome(rig, handle, 0).Data;
        Assert.Equal(text.Length, BitConverter.ToInt32(answer.Payload, 6));
        return text;
    }

    /// <summary>A server that takes one request of each client, answers with fixed bytes and closes; without any it keeps silent.</summary>
    private sealed class Scripted : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<Socket> _clients = [];
        private readonly string? _answer;

        public Scripted(string? answer)
        {
            _answer = answer;
            _listener.Start();
            _ = ServeAsync();
        }

        public string Url => $"http://{_listener.LocalEndpoint}/";

        public void Dispose()
        {
            _listener.Dispose();
            lock (_clients)
            {
                _clients.ForEach(client => client.Dispose());
            }
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptSocketAsync();
                    lock (_clients)
                    {
                        _clients.Add(client);
                    }

                    _ = AnswerAsync(client);
                }
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
                return;
            }
        }

        private async Task AnswerAsync(Socket client)
        {
            if (_answer is null)
            {
                return;
            }

            try
            {
                // A client of plain TCP says nothing first.
                if (_answer.StartsWith("HTTP", StringComparison.Ordinal) || _answer.Length == 0)
                {
                    await client.ReceiveAsync(new byte[4096]);
                }

                await client.SendAsync(Encoding.ASCII.GetBytes(_answer));
                client.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The client went first.
                client.Dispose();
            }
        }
    }
}
