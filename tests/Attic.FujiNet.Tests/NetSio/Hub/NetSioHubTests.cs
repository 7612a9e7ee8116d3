using System.Diagnostics;
using System.Net;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Core;
using Attic.FujiNet.Disk;
using Attic.FujiNet.NetSio.Hub;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.FujiNet.Tests.NetSio.Hub;

/// <summary>The hub that emulators with a custom device connect to, over TCP.</summary>
public sealed class NetSioHubTests
{
    private static readonly byte[] Sector = [.. Enumerable.Range(0, 128).Select(value => (byte)(value * 5))];

    [Fact]
    public async Task An_emulator_boots_from_CONFIG_and_sees_its_status()
    {
        await using var hub = await HubServer.StartAsync();
        using var emulator = new ScriptedEmulator(hub.EndPoint);
        Assert.Equal(4, emulator.Read(0x31, (byte)'S', 0, 4).Length);
        byte[] boot = emulator.Read(0x31, (byte)'R', 1, 128);
        Assert.NotEqual(0, boot[1]);
        for (ushort sector = 2; sector <= boot[1]; sector++)
        {
            emulator.Read(0x31, (byte)'R', sector, 128);
        }
    }

    [Fact]
    public async Task Sectors_are_written_and_read_back()
    {
        await using var hub = await HubServer.StartAsync(disk: true);
        using var emulator = new ScriptedEmulator(hub.EndPoint);
        for (ushort sector = 100; sector < 150; sector++)
        {
            byte[] data = [.. Sector.Select(value => (byte)(value ^ sector))];
            Assert.Equal((byte)'C', emulator.Write(0x31, (byte)'W', sector, data));
            Assert.Equal(data, emulator.Read(0x31, (byte)'R', sector, 128));
        }
    }

    [Fact]
    public async Task What_nobody_takes_is_answered_with_silence_and_a_damaged_write_with_NAK()
    {
        await using var hub = await HubServer.StartAsync(disk: true);
        using var emulator = new ScriptedEmulator(hub.EndPoint);
        emulator.CommandUntilTaken(0x31, (byte)'S');
        emulator.Take(6);
        Assert.Equal(0, emulator.Command(0x3E, (byte)'S').Answer);
        Assert.Equal((byte)'N', emulator.Command(0x31, 0x66).Answer);
        emulator.Command(0x31, (byte)'W', 5);
        emulator.SendBlock(Sector[..65]);
        emulator.SendBlock(Sector[65..]);
        Assert.Equal('N' << 8 | 0x81, emulator.Ask(7, 0x09, 0x77));
    }

    [Fact]
    public async Task A_frame_is_answered_in_time_when_the_FujiNet_is_not()
    {
        await using var hub = await HubServer.StartAsync(chain: new SlowChain());
        using var emulator = new ScriptedEmulator(hub.EndPoint);
        hub.WaitForClients(1);
        var clock = Stopwatch.StartNew();
        while (hub.Chain!.Asked == 0)
        {
            // Silence, until the FujiNet is there and takes its time.
            Assert.Equal(0, emulator.Command(0x31, (byte)'S').Answer);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20));
        hub.Chain.Release.Set();
    }

    [Fact]
    public async Task Lines_and_resets_pass_both_ways()
    {
        await using var hub = await HubServer.StartAsync(chain: new SlowChain(isSlow: false));
        using var emulator = new ScriptedEmulator(hub.EndPoint);
        emulator.Until(0xC1);
        emulator.Post(0x21);
        Assert.Equal(0, emulator.Ask(5, 0, 0));
        emulator.Post(0xFF);
        hub.Chain!.Until(() => hub.Chain.Resets is [.., false, true]);
        hub.OnCore(() => hub.Chain.Bus.SetAttention(true));
        emulator.Until(0x31);
        hub.OnCore(() => hub.Chain.Bus.SetAttention(false));
        emulator.Until(0x30);
        hub.OnCore(() => hub.Chain.Bus.SetBaud!(9600));
        emulator.Until(0x80, 9600);
    }

    [Fact]
    public async Task Bytes_outside_of_frames_pass_both_ways_and_wait_for_the_line()
    {
        await using var hub = await HubServer.StartAsync(chain: new SlowChain(isSlow: false));
        using var emulator = new ScriptedEmulator(hub.EndPoint);
        emulator.Until(0xC1);
        emulator.Post(0x01, 'x');
        hub.Chain!.Until(() => hub.Chain.Heard == "x");

        // More messages than there is credit.
        for (byte piece = 0; piece < 20; piece++)
        {
            byte[] bytes = [.. Enumerable.Repeat(piece, piece + 1)];
            hub.OnCore(() => hub.Chain.Bus.SendStream!(bytes));
        }

        Assert.Equal(Enumerable.Range(0, 20).SelectMany(piece => Enumerable.Repeat((byte)piece, piece + 1)), emulator.Take(210));
    }

    [Fact]
    public async Task An_emulator_that_comes_again_is_served_again()
    {
        await using var hub = await HubServer.StartAsync(disk: true);
        for (int time = 0; time < 3; time++)
        {
            using var emulator = new ScriptedEmulator(hub.EndPoint);
            emulator.Read(0x31, (byte)'R', 1, 128);
        }

        hub.WaitForClients(0);
        hub.WaitForTransports(1);
    }

    [Fact]
    public async Task Two_emulators_share_the_disks_and_nothing_else()
    {
        await using var hub = await HubServer.StartAsync(disk: true);
        using var one = new ScriptedEmulator(hub.EndPoint);
        using var two = new ScriptedEmulator(hub.EndPoint);
        Assert.Equal((byte)'C', one.Write(0x31, (byte)'W', 9, Sector));
        Assert.Equal(Sector, two.Read(0x31, (byte)'R', 9, 128));

        // What one opens on N1: the other's N1: knows nothing of.
        byte[] spec = new byte[256];
        "N:HOST:/"u8.CopyTo(spec);
        spec[8] = 0x9B;
        Assert.Equal((byte)'C', one.Write(0x71, (byte)'O', 6, spec));
        Assert.NotEqual(0, one.Read(0x71, (byte)'S', 0, 4)[0]);
        Assert.Equal(0, two.Read(0x71, (byte)'S', 0, 4)[0]);
    }

    [Fact]
    public async Task Whatever_a_client_sends_the_next_one_is_served()
    {
        await using var hub = await HubServer.StartAsync(disk: true);
        var soup = Gen.Choose(0, 255).Select(value => (byte)value).NonEmptyListOf().Select(list => list.ToArray());
        Prop.ForAll(soup.ToArbitrary(), bytes =>
        {
            using var noise = new ScriptedEmulator(hub.EndPoint, hello: false);
            noise.SendRaw([(byte)(bytes[0] % 16), .. bytes]);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(60));
        using var emulator = new ScriptedEmulator(hub.EndPoint);
        Assert.Equal(128, emulator.Read(0x31, (byte)'R', 1, 128).Length);
    }

    [Theory]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 6, 0, 0, 0, 0, 255, 255, 255, 127, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public async Task Commands_that_there_are_none_of_end_the_connection(byte[] command)
    {
        await using var hub = await HubServer.StartAsync();
        using var emulator = new ScriptedEmulator(hub.EndPoint, hello: false);
        emulator.SendRaw(command);
        emulator.ExpectEnd();
    }
}

/// <summary>A FujiNet with a hub, on a thread of its own.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly FujiServer _server;
    private readonly NetSioHub _hub;

    private HubServer(FujiServer server, NetSioHub hub, SlowChain? chain) => (_server, _hub, Chain) = (server, hub, chain);

    public IPEndPoint EndPoint => _hub.EndPoint;

    public SlowChain? Chain { get; }

    public static async Task<HubServer> StartAsync(bool disk = false, SlowChain? chain = null)
    {
        NetSioHub? hub = null;
        var server = await FujiServer.StartAsync(configure: config => config.Boot.IsConfig = !disk, prepare: (stack, wakeup) =>
        {
            if (disk)
            {
                Insert(stack).AsTask().GetAwaiter().GetResult();
            }

            hub = new NetSioHub(
                new IPEndPoint(IPAddress.Loopback, 0),
                stack.Core.Context,
                () => chain is null ? AtariChain.CreateAsync(stack, null, _ => { }) : new(chain.Bus),
                transport => stack.Core.IO.Add(transport),
                wakeup);
            stack.Core.IO.Add(hub);
        });
        return new(server, hub!, chain);
    }

    public void OnCore(Action work) => _server.Stack.Core.Context.Post(_ => work(), null);

    public void WaitForClients(int count) => Assert.True(SpinWait.SpinUntil(() => _hub.Clients == count, TimeSpan.FromSeconds(20)));

    /// <summary>Waits until so many transports of NetSIO are left, the hub included.</summary>
    public void WaitForTransports(int count) =>
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                using var asked = new ManualResetEventSlim();
                int found = 0;
                OnCore(() =>
                {
                    found = _server.Stack.Core.IO.Transports.Count(entry => entry.Transport.Name.StartsWith("netsio", StringComparison.Ordinal));
                    asked.Set();
                });
                asked.Wait();
                return found == count;
            },
            TimeSpan.FromSeconds(20)));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async ValueTask Insert(FujiNetStack stack)
    {
        var target = stack.Storage.Resolve("host:/d1.atr")!;
        await stack.Disks.CreateAsync(target, ImageFormats.LayoutOfNew(ImageType.Atr, 128, 720), overwrite: true);
        await stack.Disks.MountAsync(0, target, new MountOptions(Atari: true));
    }
}

/// <summary>A chain with one device that takes its time to say whether it takes a command, and notes the rest.</summary>
internal sealed class SlowChain : SioPeripheral, ISioStream
{
    private readonly bool _isSlow;
    private int _asked;

    public SlowChain(bool isSlow = true)
    {
        _isSlow = isSlow;
        Bus.Attach(0x31, this);
        Bus.Stream = this;
    }

    public SioChain Bus { get; } = new();

    public ManualResetEventSlim Release { get; } = new();

    public List<bool> Resets { get; } = [];

    public string Heard { get; private set; } = "";

    public int Asked => Volatile.Read(ref _asked);

    public void Until(Func<bool> done) => Assert.True(SpinWait.SpinUntil(done, TimeSpan.FromSeconds(20)));

    public override SioReception Accept(SioCommand command)
    {
        Interlocked.Increment(ref _asked);
        if (_isSlow)
        {
            Release.Wait(TimeSpan.FromSeconds(20));
        }

        return SioReception.Ack;
    }

    public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data) => new(SioResult.Complete);

    public override void Reset(bool cold) => Resets.Add(cold);

    public void OnBytes(ReadOnlyMemory<byte> bytes) => Heard += System.Text.Encoding.ASCII.GetString(bytes.Span);
}
