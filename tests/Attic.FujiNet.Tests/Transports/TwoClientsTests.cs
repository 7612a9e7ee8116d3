using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Tests.Transports;

/// <summary>Two clients, one over TCP and one over a pseudo terminal: each has its sessions, and neither sees the other's.</summary>
public sealed class TwoClientsTests
{
    private const byte Network = 0xFD;
    private static readonly byte[] Commands = [0x02, 0x03, 0x04, 0x05, 0x06, 0x07];

    [SkippableFact]
    public async Task Both_talk_to_one_server_and_get_their_own_bytes()
    {
        await using var both = await Both.StartAsync();
        byte[] one = await both.OpenAsync(both.Tcp);
        byte[] two = await both.OpenAsync(both.Pty);
        Assert.NotEqual(one, two);
        await WriteAsync(both.Tcp, one, "first");
        await WriteAsync(both.Pty, two, "other");
        Assert.Equal("other", await ReadAsync(both.Pty, two));
        Assert.Equal("first", await ReadAsync(both.Tcp, one));
    }

    [SkippableFact]
    public async Task A_handle_of_the_other_is_refused_by_every_command_and_stays_good()
    {
        await using var both = await Both.StartAsync();
        byte[] mine = await both.OpenAsync(both.Tcp);
        foreach (byte command in Commands)
        {
            Assert.Equal(IOStatus.InvalidRequest, await StatusOfAsync(both.Pty, command, mine));
        }

        await WriteAsync(both.Tcp, mine, "still here");
        Assert.Equal("still here", await ReadAsync(both.Tcp, mine));
    }

    [SkippableFact]
    public async Task A_handle_that_was_closed_is_stale_everywhere_even_when_its_place_is_taken_again()
    {
        await using var both = await Both.StartAsync();
        byte[] old = await both.OpenAsync(both.Tcp);
        Assert.Equal(IOStatus.Ok, await StatusOfAsync(both.Tcp, 0x04, old));
        byte[] now = await both.OpenAsync(both.Tcp);
        Assert.NotEqual(old, now);
        foreach (byte command in Commands)
        {
            Assert.Equal(IOStatus.InvalidRequest, await StatusOfAsync(both.Tcp, command, old));
            Assert.Equal(IOStatus.InvalidRequest, await StatusOfAsync(both.Pty, command, old));
        }

        Assert.Equal(IOStatus.Ok, await StatusOfAsync(both.Tcp, 0x04, now));
    }

    [SkippableFact]
    public async Task One_that_has_opened_all_it_can_leaves_the_other_its_own()
    {
        await using var both = await Both.StartAsync();
        for (int session = 0; session < 4; session++)
        {
            await both.OpenAsync(both.Tcp);
        }

        Assert.Equal(IOStatus.DeviceBusy, (await both.Tcp.CallAsync(Network, 0x01, both.OpenRequest)).Status);
        byte[] other = await both.OpenAsync(both.Pty);
        await WriteAsync(both.Pty, other, "room");
        Assert.Equal("room", await ReadAsync(both.Pty, other));
    }

    private static async Task<IOStatus> StatusOfAsync(FujiBusClient client, byte command, byte[] handle)
    {
        byte[] rest = command switch
        {
            0x02 or 0x06 => [0, 0, 0, 0, 16, 0],
            0x03 => [0, 0, 0, 0, 1, 0, (byte)'x'],
            0x07 => [1, 0, 0, 0],
            _ => [],
        };
        return (await client.CallAsync(Network, command, (byte[])[1, .. handle, .. rest])).Status;
    }

    private static async Task WriteAsync(FujiBusClient client, byte[] handle, string text)
    {
        byte[] request = [1, .. handle, 0, 0, 0, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)];
        Assert.Equal(IOStatus.Ok, (await UntilReadyAsync(client, 0x03, request)).Status);
    }

    private static async Task<string> ReadAsync(FujiBusClient client, byte[] handle)
    {
        byte[] request = [1, .. handle, 0, 0, 0, 0, 64, 0];
        var (status, payload) = await UntilReadyAsync(client, 0x02, request);
        Assert.Equal(IOStatus.Ok, status);
        return Encoding.ASCII.GetString(payload.AsSpan(12));
    }

    private static async Task<(IOStatus Status, byte[] Payload)> UntilReadyAsync(FujiBusClient client, byte command, byte[] request)
    {
        while (true)
        {
            var answer = await client.CallAsync(Network, command, request);
            if (answer.Status != IOStatus.NotReady)
            {
                return answer;
            }
        }
    }

    private sealed class Both : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly TcpListener _echo = new(IPAddress.Loopback, 0);
        private FujiServer? _server;

        public FujiBusClient Tcp { get; private set; } = null!;

        public FujiBusClient Pty { get; private set; } = null!;

        public byte[] OpenRequest
        {
            get
            {
                byte[] url = Encoding.ASCII.GetBytes($"tcp://127.0.0.1:{((IPEndPoint)_echo.LocalEndpoint).Port}");
                return [1, 1, 0, (byte)url.Length, 0, .. url, 0, 0, 0, 0, 0, 0, 0, 0];
            }
        }

        public static async Task<Both> StartAsync()
        {
            Skip.If(OperatingSystem.IsWindows(), "Windows has no pseudo terminals.");
            var both = new Both();
            both._echo.Start();
            _ = both.EchoAsync();
            string link = Path.Combine(both._folder.Path, "fn");
            both._server = await FujiServer.StartAsync(prepare: (stack, _) => stack.Core.IO.Add(new FujiBusTransport(HostPlatform.OpenPty(link))));
            both.Tcp = await both._server.ConnectAsync();
            both.Pty = await FujiBusClient.ConnectAsync(link);
            return both;
        }

        public async Task<byte[]> OpenAsync(FujiBusClient client)
        {
            var (status, payload) = await client.CallAsync(Network, 0x01, OpenRequest);
            Assert.Equal(IOStatus.Ok, status);
            return payload[4..6];
        }

        public async ValueTask DisposeAsync()
        {
            await Tcp.DisposeAsync();
            await Pty.DisposeAsync();
            await _server!.DisposeAsync();
            _echo.Dispose();
            _folder.Dispose();
        }

        private async Task EchoAsync()
        {
            try
            {
                while (true)
                {
                    _ = EchoAsync(await _echo.AcceptTcpClientAsync());
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private static async Task EchoAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    await client.GetStream().CopyToAsync(client.GetStream());
                }
                catch (IOException)
                {
                    // The session was closed.
                }
            }
        }
    }
}
