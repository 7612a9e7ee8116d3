using System.Net;
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

    private static void Call(FujiNetStack stack, int port)
    {
        var chain = AtariChain.CreateAsync(stack, null, _ => { }).AsTask().GetAwaiter().GetResult();
        stack.Core.IO.Add(new NetSioTransport(new UdpDatagramLink("127.0.0.1", port), chain, stack.Core.Context));
    }
}
