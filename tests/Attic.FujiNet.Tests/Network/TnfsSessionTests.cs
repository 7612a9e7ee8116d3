using System.Net;
using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage.Tnfs;
using Attic.FujiNet.Tests.Storage.Tnfs;

namespace Attic.FujiNet.Tests.Network;

/// <summary>Files of TNFS servers as sessions of the network device (<c>network.extra_schemes</c>).</summary>
public sealed class TnfsSessionTests : IAsyncLifetime
{
    private const byte Get = 1;
    private const byte Put = 3;
    private const byte Delete = 4;
    private const byte Head = 5;
    private readonly TnfsBench _bench = new();
    private readonly TnfsServer _tnfs;
    private FujiServer _server = null!;
    private FujiBusClient _client = null!;

    public TnfsSessionTests()
    {
        _tnfs = new TnfsServer(_bench.Service, new IPEndPoint(IPAddress.Loopback, 0));
        _ = _tnfs.RunAsync();
    }

    public async Task InitializeAsync()
    {
        _server = await FujiServer.StartAsync(configure: config => config.Network.ExtraSchemes = true);
        _client = await _server.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        _tnfs.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task A_file_is_written_looked_at_read_from_anywhere_and_removed()
    {
        byte[] content = [.. Enumerable.Range(0, 20_000).Select(value => (byte)(value * 11))];
        byte[] handle = await OpenAsync(Put);
        for (int at = 0; at < content.Length; at += 5000)
        {
            await GoodAsync(3, new PayloadWriter().Byte(1).Bytes(handle).Long((uint)at).Block(content.AsSpan(at, 5000)));
        }

        await GoodAsync(3, new PayloadWriter().Byte(1).Bytes(handle).Long(20_000).Word(0));
        await GoodAsync(4, new PayloadWriter().Byte(1).Bytes(handle));

        handle = await OpenAsync(Head);
        Assert.Equal(20_000, BitConverter.ToInt32(await GoodAsync(5, new PayloadWriter().Byte(1).Bytes(handle)), 8));
        await GoodAsync(4, new PayloadWriter().Byte(1).Bytes(handle));

        handle = await OpenAsync(Get);
        Assert.Equal(content[15_000..15_100], await ReadAsync(handle, 15_000, 100));
        var all = new List<byte>();
        while (all.Count < content.Length)
        {
            all.AddRange(await ReadAsync(handle, all.Count, 4096));
        }

        Assert.Equal(content, all);
        Assert.Empty(await ReadAsync(handle, 20_000, 10));
        await GoodAsync(4, new PayloadWriter().Byte(1).Bytes(handle));

        handle = await OpenAsync(Delete);
        await GoodAsync(5, new PayloadWriter().Byte(1).Bytes(handle));
        handle = await OpenAsync(Get);
        Assert.Equal(IOStatus.IOError, await StatusAsync(5, new PayloadWriter().Byte(1).Bytes(handle)));
    }

    [Fact]
    public async Task A_post_is_not_supported_and_without_the_switch_nothing_is()
    {
        Assert.Equal(IOStatus.Unsupported, (await CallAsync(1, Request(2))).Status);
        await using var plain = await FujiServer.StartAsync();
        await using var client = await plain.ConnectAsync();
        Assert.Equal(IOStatus.Unsupported, (await client.CallAsync(DeviceIds.Network, 1, Request(Get).Written.ToArray())).Status);
    }

    private PayloadWriter Request(byte method) =>
        new PayloadWriter().Byte(1).Byte(method).Byte(0).Text($"tnfs://127.0.0.1:{_tnfs.EndPoint.Port}/f.bin").Word(0).Long(0).Word(0);

    private async Task<byte[]> OpenAsync(byte method) => (await GoodAsync(1, Request(method)))[4..6];

    private async Task<byte[]> ReadAsync(byte[] handle, int at, int count) =>
        (await GoodAsync(2, new PayloadWriter().Byte(1).Bytes(handle).Long((uint)at).Word(count)))[12..];

    private async Task<byte[]> GoodAsync(byte command, PayloadWriter request)
    {
        var (status, payload) = await CallAsync(command, request);
        Assert.Equal(IOStatus.Ok, status);
        return payload;
    }

    private async Task<IOStatus> StatusAsync(byte command, PayloadWriter request) => (await CallAsync(command, request)).Status;

    private async Task<(IOStatus Status, byte[] Payload)> CallAsync(byte command, PayloadWriter request)
    {
        while (true)
        {
            var answer = await _client.CallAsync(DeviceIds.Network, command, request.Written.ToArray());
            if (answer.Status != IOStatus.NotReady)
            {
                return answer;
            }
        }
    }
}
