using System.Globalization;
using Attic.FujiNet.Devices.Networks;
using Attic.FujiNet.Devices.WiFi;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Protocols;
using static Attic.FujiNet.Diagnostics.Console.ConsoleText;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>Sessions, and the wireless link. The link's secret is never shown.</summary>
internal sealed class NetProvider(FujiNetStack stack) : IConsoleProvider
{
    private const string NoLink = "there is no wireless link\n";

    public string Name => "net";

    public IEnumerable<ConsoleCommand> Commands =>
    [
        new("net.sessions", Sessions),
        new("net.close", "<handle>", arguments => new(Close(arguments))),
        new("net.wifi.status", Status),
        new("net.wifi.get", Get),
        new("net.wifi.scan", Scan),
        new("net.wifi.set", "<ssid> [passphrase [bssid]]", arguments => new(Set(arguments))),
        new("net.wifi.save", string.Empty, SaveAsync),
    ];

    private IEnumerable<(int Transport, NetworkDevice Device)> Devices() =>
        stack.Core.Routing.OwnDevices(DeviceIds.Network).Select(entry => (entry.TransportId, (NetworkDevice)entry.Device));

    private string Sessions() => string.Concat(Devices().SelectMany(entry =>
        entry.Device.Sessions.Select(session => Line($"transport {entry.Transport}: {session.Handle:X4} {session.Url}"))));

    private string? Close(string[] arguments)
    {
        bool valid = arguments.Length == 1 & int.TryParse(arguments.FirstOrDefault(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int handle);
        return !valid ? null : Devices().ToList().Exists(entry => entry.Device.Close(handle)) ? "closed\n" : "no such session; net.sessions shows them\n";
    }

    private string Status() => stack.WiFi is not { } link
        ? NoLink
        : Line($"state {link.State}, backend {link.Backend}, rssi {link.Rssi}")
            + Line($"ip {link.Addresses.Ip}, mask {link.Addresses.Netmask}, gateway {link.Addresses.Gateway}, dns {link.Addresses.Dns}");

    private string Get() =>
        Line($"enabled {(stack.Config.WiFi.IsEnabled ? "yes" : "no")}")
        + Line($"ssid {stack.Config.WiFi.Ssid}")
        + Line($"bssid {stack.Config.WiFi.Bssid}")
        + Line($"passphrase {(stack.Config.WiFi.Passphrase.Length > 0 ? "set" : "none")}");

    private string Scan()
    {
        if (stack.WiFi is not { } link)
        {
            return NoLink;
        }

        return link.Scan() is { } found
            ? string.Concat(found.Select(network => Line($"{network.Ssid,-32} {Convert.ToHexString([.. network.Bssid])} {network.Rssi} dBm, channel {network.Channel}")))
            : "the operating system manages the link, and does not scan for us\n";
    }

    private string? Set(string[] arguments)
    {
        if (arguments.Length is < 1 or > 3)
        {
            return null;
        }

        if (stack.WiFi is not { } link || !link.Capabilities.HasFlag(WiFiCapabilities.Connect))
        {
            return stack.WiFi is null ? NoLink : "the operating system manages the link\n";
        }

        var wanted = stack.Config.WiFi;
        (wanted.IsEnabled, wanted.Ssid) = (true, arguments[0]);
        wanted.Passphrase = arguments.ElementAtOrDefault(1) ?? string.Empty;
        wanted.Bssid = arguments.ElementAtOrDefault(2) ?? string.Empty;
        link.Connect(wanted.Ssid, wanted.Bssid, wanted.Passphrase);
        return Line($"{link.State}; net.wifi.save keeps it");
    }

    private async ValueTask<string?> SaveAsync(string[] arguments)
    {
        await stack.SaveConfigAsync();
        return "saved\n";
    }
}
