using System.Net.Sockets;
using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.FujiNet.NetSio;

namespace Attic.Cli.Fuji;

/// <summary>A cable from the serial socket of an XL that this process runs to a FujiNet elsewhere, which calls.</summary>
internal static class AttachedNetSio
{
    /// <summary>As long as other emulators wait.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Plugs a cable in, and waits a while for a FujiNet.</summary>
    /// <param name="machine">The machine, powered on and not running.</param>
    /// <param name="address">Where it listens: <c>HOST:PORT</c>, or either, or nothing for 127.0.0.1:9997.</param>
    /// <returns>The cable, to be disposed of after the machine.</returns>
    /// <exception cref="CommandFailure">The machine has no serial bus, or the port cannot be had.</exception>
    public static NetSioCable Attach(IMachine machine, string address)
    {
        var port = machine.Capability<ISioCablePort>() ?? throw CommandFailure.BadInput("--netsio: only an XL has a serial bus for a FujiNet.", "Add --machine xl.");
        var endPoint = HostAndPort.Parse(address, "127.0.0.1", NetSioFormat.Port).ToEndPoint();
        try
        {
            var link = new UdpDatagramHost(endPoint);
            var cable = new NetSioCable(link, isPaced: false);
            if (!cable.WaitForDevice(s_patience))
            {
                Console.Error.WriteLine($"attic: no FujiNet has called at {link.EndPoint} yet; the machine starts without it.");
            }

            port.Plug(cable, machine.Now);
            return cable;
        }
        catch (SocketException error)
        {
            throw CommandFailure.BadInput($"--netsio: {endPoint}: {error.Message}", inner: error);
        }
    }
}
