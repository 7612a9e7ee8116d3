using System.Globalization;

namespace Attic.FujiNet.Config;

/// <summary>The keys of the configuration and what a missing one means.</summary>
internal static class ConfigDefaults
{
    private static readonly Dictionary<string, string> s_ours = new(StringComparer.Ordinal)
    {
        ["devices.printer.output"] = "text",
        ["devices.printer.folder"] = "/FujiNet/printer",
        ["devices.printer.pause_s"] = "10",
        ["devices.printer.fujibus"] = "false",
        ["clock.may_set"] = "false",
        ["network.extra_schemes"] = "false",
        ["network.sessions"] = NetworkConfig.DefaultSessions.ToString(CultureInfo.InvariantCulture),
        ["network.refuse_private"] = "false",
        ["network.allow"] = "",
        ["network.test_ca"] = "",
    };

    /// <summary>The reference's keys, in its order: a file that is written has all of them.</summary>
    public static IReadOnlyList<(string Key, string Missing)> OfReference { get; } =
    [
        ("fujinet.device_name", ""),
        ("boot.mode", "config"),
        ("boot.config_uri", "persist:/boot/autorun.img"),
        ("boot.readonly", "true"),
        ("wifi.enabled", "false"),
        ("wifi.ssid", ""),
        ("wifi.bssid", ""),
        ("wifi.passphrase", ""),
        ("devices.modem.enabled", "false"),
        ("devices.modem.sniffer_enabled", "false"),
        ("devices.cpm.enabled", "false"),
        ("devices.cpm.ccp_image", ""),
        ("devices.printer.enabled", "false"),
        ("netsio.enabled", "false"),
        ("netsio.host", "localhost"),
        ("netsio.port", "9997"),
        ("clock.timezone", "UTC"),
        ("clock.enabled", "true"),
        ("channel.pty_path", ""),
        ("channel.tcp_host", "127.0.0.1"),
        ("channel.tcp_port", "65504"),
        ("channel.serial_port", "/dev/ttyUSB0"),
        ("channel.uart.baud_rate", "115200"),
        ("channel.uart.data_bits", "8"),
        ("channel.uart.parity", "none"),
        ("channel.uart.stop_bits", "1"),
        ("channel.uart.flow_control", "none"),
        ("channel.uart.tx_gap_us", "0"),
    ];

    private static Dictionary<string, string> All { get; } = OfReference.Concat(s_ours.Select(entry => (Key: entry.Key, Missing: entry.Value)))
        .ToDictionary(entry => entry.Key, entry => entry.Missing, StringComparer.Ordinal);

    /// <summary>What a missing key means; nothing for keys that are not known.</summary>
    public static string Of(string key) => All.GetValueOrDefault(key, string.Empty);
}
