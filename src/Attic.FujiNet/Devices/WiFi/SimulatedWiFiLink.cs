using System.Globalization;

namespace Attic.FujiNet.Devices.WiFi;

/// <summary>A link with three networks that are always there and always let one in: for computers without one of their own.</summary>
public sealed class SimulatedWiFiLink : IWiFiLink
{
    private static readonly WiFiNetwork[] s_networks =
    [
        new("FujiNet-Sim", [2, 0, 0, 0, 0, 1], -42, 1, 1),
        new("FujiNet-Test", [2, 0, 0, 0, 0, 2], -58, 6, 1),
        new("FujiNet-Guest", [2, 0, 0, 0, 0, 3], -71, 11, 0),
    ];

    private static readonly WiFiAddresses s_addresses = new("192.0.2.2", "255.255.255.0", "192.0.2.1", "192.0.2.1");

    /// <inheritdoc/>
    public WiFiCapabilities Capabilities =>
        WiFiCapabilities.Config | WiFiCapabilities.Status | WiFiCapabilities.Connect | WiFiCapabilities.Disconnect
        | WiFiCapabilities.Scan | WiFiCapabilities.Bssid | WiFiCapabilities.Simulated;

    /// <inheritdoc/>
    public WiFiBackend Backend => WiFiBackend.Simulated;

    /// <inheritdoc/>
    public WiFiState State { get; private set; }

    /// <inheritdoc/>
    public sbyte Rssi => 0;

    /// <inheritdoc/>
    public IReadOnlyList<byte>? Bssid { get; private set; }

    /// <inheritdoc/>
    public WiFiAddresses Addresses => State == WiFiState.Connected ? s_addresses : new(string.Empty, string.Empty, string.Empty, string.Empty);

    /// <inheritdoc/>
    public void Connect(string ssid, string bssid, string passphrase)
    {
        ArgumentNullException.ThrowIfNull(bssid);
        State = WiFiState.Connected;
        Bssid = bssid.Length == 0 ? null : [.. bssid.Split(':').Select(pair => byte.Parse(pair, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
    }

    /// <inheritdoc/>
    public void Disconnect()
    {
        State = WiFiState.Disconnected;
        Bssid = null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<WiFiNetwork> Scan() => s_networks;
}
