using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Attic.FujiNet.Devices.WiFi;

/// <summary>The network of this computer, which its operating system manages: it tells its state and nothing more.</summary>
public sealed class HostWiFiLink : IWiFiLink
{
    private readonly string _interface;

    /// <summary>A view of an interface.</summary>
    /// <param name="name">The interface; empty for the first that is up and has a gateway.</param>
    public HostWiFiLink(string name = "")
    {
        _interface = name;
    }

    /// <inheritdoc/>
    public WiFiCapabilities Capabilities => WiFiCapabilities.Status | WiFiCapabilities.HostManaged;

    /// <inheritdoc/>
    public WiFiBackend Backend => WiFiBackend.Host;

    /// <inheritdoc/>
    public WiFiState State => Find() is null ? WiFiState.Disconnected : WiFiState.Connected;

    /// <inheritdoc/>
    public sbyte Rssi => 0;

    /// <inheritdoc/>
    public IReadOnlyList<byte>? Bssid => null;

    /// <inheritdoc/>
    public WiFiAddresses Addresses
    {
        get
        {
            var properties = Find()?.GetIPProperties();
            var unicast = properties?.UnicastAddresses.FirstOrDefault(entry => entry.Address.AddressFamily == AddressFamily.InterNetwork);
            return new(
                unicast?.Address.ToString() ?? string.Empty,
                unicast?.IPv4Mask.ToString() ?? string.Empty,
                properties?.GatewayAddresses.FirstOrDefault()?.Address.ToString() ?? string.Empty,
                properties?.DnsAddresses.FirstOrDefault()?.ToString() ?? string.Empty);
        }
    }

    /// <inheritdoc/>
    public void Connect(string ssid, string bssid, string passphrase) => throw new NotSupportedException("The operating system manages the link.");

    /// <inheritdoc/>
    public void Disconnect() => throw new NotSupportedException("The operating system manages the link.");

    /// <inheritdoc/>
    public IReadOnlyList<WiFiNetwork>? Scan() => null;

    private NetworkInterface? Find() => NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(candidate =>
        candidate.OperationalStatus == OperationalStatus.Up
        && (_interface.Length == 0
            ? candidate.NetworkInterfaceType != NetworkInterfaceType.Loopback && candidate.GetIPProperties().GatewayAddresses.Count > 0
            : string.Equals(candidate.Name, _interface, StringComparison.Ordinal)));
}
