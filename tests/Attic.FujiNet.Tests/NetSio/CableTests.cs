using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Attic.Abi.AtariXl;
using Attic.Firmware.Xl.Tests;
using Attic.FujiNet.Core;
using Attic.FujiNet.NetSio;
using Attic.FujiNet.Platform;

namespace Attic.FujiNet.Tests.NetSio;

/// <summary>Our own XL listens, a FujiNet in another thread calls, over real UDP.</summary>
public sealed class CableTests
{
    [Fact]
    public async Task The_XL_boots_CONFIG_from_a_FujiNet_that_calls_it()
    {
        using var link = new UdpDatagramHost(new IPEndPoint(IPAddress.Loopback, 0));
        await using var server = await FujiServer.StartAsync(prepare: (stack, _) => Call(stack, link.EndPoint.Port));
        using var cable = new NetSioCable(link, isPaced: false);
        Assert.True(cable.WaitForDevice(TimeSpan.FromSeconds(30)));
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        computer.Machine.Capability<ISioCablePort>()!.Plug(cable, computer.Machine.Now);
        computer.RunUntil("Q quit", 3000);
        Assert.True(cable.Answered > 10);
    }

    [Fact]
    public void Without_a_FujiNet_the_machine_starts_all_the_same()
    {
        using var cable = new NetSioCable(new UdpDatagramHost(new IPEndPoint(IPAddress.Loopback, 0)), isPaced: false);
        Assert.False(cable.WaitForDevice(TimeSpan.Zero));
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        computer.Machine.Capability<ISioCablePort>()!.Plug(cable, computer.Machine.Now);
        computer.RunUntil("READY", 900);
    }

    [Fact]
    public void Whatever_a_device_sends_the_cable_goes_on()
    {
        var soup = Gen.Choose(0, 255).Select(value => (byte)value).NonEmptyListOf().Select(list => list.Take(500).ToArray()).NonEmptyListOf();
        Prop.ForAll(soup.ToArbitrary(), datagrams =>
        {
            using var cable = new NetSioCable(new Soup(datagrams), isPaced: true);
            cable.CommandChanged(low: true, 0);
            foreach (byte value in Emulator.FrameOf(0x31, (byte)'S'))
            {
                cable.ByteSent(value, 19_200, 0);
            }

            cable.CommandChanged(low: false, 10);
            for (long at = 0; at < 200_000; at += 1_000)
            {
                cable.TryTake(at, out _);
            }

            cable.Reset(cold: true);
        }).QuickCheckThrowOnFailure();
    }

    private static void Call(FujiNetStack stack, int port)
    {
        var chain = AtariChain.CreateAsync(stack, null, _ => { }).AsTask().GetAwaiter().GetResult();
        stack.Core.IO.Add(new NetSioTransport(new UdpDatagramLink("127.0.0.1", port), chain, stack.Core.Context));
    }

    /// <summary>A device that is there, and then sends anything.</summary>
    private sealed class Soup(IEnumerable<byte[]> datagrams) : IDatagramLink
    {
        private readonly Queue<byte[]> _left = new([[0xC1], [0xD1, 0], .. datagrams]);

        public string Name => "soup";

        public int Receive(Span<byte> buffer, TimeSpan limit)
        {
            if (!_left.TryDequeue(out byte[]? next))
            {
                return 0;
            }

            next.CopyTo(buffer);
            return next.Length;
        }

        public void Send(ReadOnlySpan<byte> datagram)
        {
            // It does not listen.
        }

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
