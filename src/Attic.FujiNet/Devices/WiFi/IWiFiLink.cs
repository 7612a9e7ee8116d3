namespace Attic.FujiNet.Devices.WiFi;

/// <summary>What a wireless link can do.</summary>
[Flags]
public enum WiFiCapabilities : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It can be configured.</summary>
    Config = 1,

    /// <summary>It tells its state.</summary>
    Status = 2,

    /// <summary>It can join a network.</summary>
    Connect = 4,

    /// <summary>It can leave a network.</summary>
    Disconnect = 8,

    /// <summary>It can look for networks.</summary>
    Scan = 0x10,

    /// <summary>An access point can be chosen.</summary>
    Bssid = 0x20,

    /// <summary>The host's operating system manages it.</summary>
    HostManaged = 0x40,

    /// <summary>It is simulated.</summary>
    Simulated = 0x80,
}

/// <summary>What stands behind a link.</summary>
public enum WiFiBackend : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An ESP32.</summary>
    Esp32 = 1,

    /// <summary>The host's operating system.</summary>
    Host = 2,

    /// <summary>A simulation.</summary>
    Simulated = 3,
}

/// <summary>The state of a link.</summary>
public enum WiFiState : byte
{
    /// <summary>Not connected.</summary>
    Disconnected = 0,

    /// <summary>Connecting.</summary>
    Connecting = 1,

    /// <summary>Connected.</summary>
    Connected = 2,

    /// <summary>It could not connect.</summary>
    Failed = 3,
}

/// <summary>A network that was found.</summary>
/// <param name="Ssid">Its name.</param>
/// <param name="Bssid">The access point, six bytes.</param>
/// <param name="Rssi">Strength in dBm.</param>
/// <param name="Channel">Channel.</param>
/// <param name="Authentication">0 for an open network.</param>
public sealed record WiFiNetwork(string Ssid, IReadOnlyList<byte> Bssid, sbyte Rssi, byte Channel, byte Authentication);

/// <summary>Addresses of a connected link, as text.</summary>
/// <param name="Ip">Its address.</param>
/// <param name="Netmask">The network's mask.</param>
/// <param name="Gateway">The gateway.</param>
/// <param name="Dns">The name server.</param>
public sealed record WiFiAddresses(string Ip, string Netmask, string Gateway, string Dns);

/// <summary>A wireless link of the platform.</summary>
public interface IWiFiLink
{
    /// <summary>What it can do.</summary>
    WiFiCapabilities Capabilities { get; }

    /// <summary>What stands behind it.</summary>
    WiFiBackend Backend { get; }

    /// <summary>Its state.</summary>
    WiFiState State { get; }

    /// <summary>Strength in dBm; 0 when unknown.</summary>
    sbyte Rssi { get; }

    /// <summary>The access point that it is connected to, six bytes; null when there is none.</summary>
    IReadOnlyList<byte>? Bssid { get; }

    /// <summary>Its addresses; empty texts when it is not connected.</summary>
    WiFiAddresses Addresses { get; }

    /// <summary>Joins a network.</summary>
    /// <param name="ssid">Its name.</param>
    /// <param name="bssid">An access point as text; empty for any.</param>
    /// <param name="passphrase">Its secret.</param>
    void Connect(string ssid, string bssid, string passphrase);

    /// <summary>Leaves the network.</summary>
    void Disconnect();

    /// <summary>Looks for networks; null when that failed.</summary>
    IReadOnlyList<WiFiNetwork>? Scan();
}
