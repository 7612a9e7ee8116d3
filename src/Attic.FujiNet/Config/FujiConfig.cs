namespace Attic.FujiNet.Config;

/// <summary>The configuration of a FujiNet, with the defaults that a missing key has.</summary>
public sealed class FujiConfig
{
    private readonly ConfigDocument _document;

    private FujiConfig(ConfigDocument document, bool isNew)
    {
        _document = document;
        Boot = new(document);
        WiFi = new(document);
        Devices = new(document);
        NetSio = new(document, isNew);
        Clock = new(document);
        Channel = new(document);
        Network = new(document);
        DeviceName = document.Text("fujinet.device_name", string.Empty);
    }

    /// <summary>The name by which the FujiNet goes.</summary>
    public string DeviceName { get; set; }

    /// <summary>What is started from.</summary>
    public BootConfig Boot { get; }

    /// <summary>The wireless network.</summary>
    public WiFiConfig WiFi { get; }

    /// <summary>Devices that can be switched on.</summary>
    public DevicesConfig Devices { get; }

    /// <summary>The link to an emulator.</summary>
    public NetSioConfig NetSio { get; }

    /// <summary>The clock.</summary>
    public ClockConfig Clock { get; }

    /// <summary>The channels.</summary>
    public ChannelConfig Channel { get; }

    /// <summary>The network device.</summary>
    public NetworkConfig Network { get; }

    /// <summary>The configuration when there is no file.</summary>
    public static FujiConfig Default() => new(ConfigDocument.Empty(), isNew: true);

    /// <summary>Reads a file.</summary>
    /// <param name="yaml">Its text.</param>
    /// <exception cref="FormatException">It is no YAML, or its top is no mapping.</exception>
    public static FujiConfig Parse(string yaml) => new(ConfigDocument.Parse(yaml), isNew: false);

    /// <summary>The file's text, with all keys that were in it and are unknown here.</summary>
    public string ToYaml()
    {
        _document.Set("fujinet.device_name", DeviceName);
        Boot.Write(_document);
        WiFi.Write(_document);
        Devices.Write(_document);
        NetSio.Write(_document);
        Clock.Write(_document);
        Channel.Write(_document);
        Network.Write(_document);
        return _document.ToString();
    }
}

/// <summary>What is started from.</summary>
public sealed class BootConfig
{
    internal BootConfig(ConfigDocument document)
    {
        IsConfig = document.Text("boot.mode", "config") is not "normal";
        Uri = document.Text("boot.config_uri", "persist:/boot/autorun.img");
        IsReadOnly = document.Flag("boot.readonly", missing: true);
    }

    /// <summary>Whether the configuration program is started (mode <c>config</c>) and not what is mounted (<c>normal</c>).</summary>
    public bool IsConfig { get; set; }

    /// <summary>The image of the configuration program.</summary>
    public string Uri { get; set; }

    /// <summary>Whether it is mounted read-only.</summary>
    public bool IsReadOnly { get; set; }

    internal void Write(ConfigDocument document)
    {
        document.Set("boot.mode", IsConfig ? "config" : "normal");
        document.Set("boot.config_uri", Uri);
        document.Set("boot.readonly", IsReadOnly);
    }
}

/// <summary>The wireless network.</summary>
public sealed class WiFiConfig
{
    internal WiFiConfig(ConfigDocument document)
    {
        IsEnabled = document.Flag("wifi.enabled", missing: false);
        Ssid = document.Text("wifi.ssid", string.Empty);
        Bssid = document.Text("wifi.bssid", string.Empty);
        Passphrase = document.Text("wifi.passphrase", string.Empty);
    }

    /// <summary>Whether to join it.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Its name.</summary>
    public string Ssid { get; set; }

    /// <summary>The access point, as six pairs of hexadecimal digits with colons; empty for any.</summary>
    public string Bssid { get; set; }

    /// <summary>The secret. Never shown.</summary>
    public string Passphrase { get; set; }

    internal void Write(ConfigDocument document)
    {
        document.Set("wifi.enabled", IsEnabled);
        document.Set("wifi.ssid", Ssid);
        document.Set("wifi.bssid", Bssid);
        document.Set("wifi.passphrase", Passphrase);
    }
}

/// <summary>Devices that can be switched on.</summary>
public sealed class DevicesConfig
{
    internal DevicesConfig(ConfigDocument document)
    {
        Modem = document.Flag("devices.modem.enabled", missing: false);
        ModemSniffer = document.Flag("devices.modem.sniffer_enabled", missing: false);
        Cpm = document.Flag("devices.cpm.enabled", missing: false);
        CpmCcpImage = document.Text("devices.cpm.ccp_image", string.Empty);
        Printer = document.Flag("devices.printer.enabled", missing: false);
    }

    /// <summary>The modem on Atari's serial bus; on the FujiBus it is always there.</summary>
    public bool Modem { get; set; }

    /// <summary>Whether what passes the modem is recorded.</summary>
    public bool ModemSniffer { get; set; }

    /// <summary>CP/M.</summary>
    public bool Cpm { get; set; }

    /// <summary>An image of a command processor; empty for our own.</summary>
    public string CpmCcpImage { get; set; }

    /// <summary>The printer.</summary>
    public bool Printer { get; set; }

    internal void Write(ConfigDocument document)
    {
        document.Set("devices.modem.enabled", Modem);
        document.Set("devices.modem.sniffer_enabled", ModemSniffer);
        document.Set("devices.cpm.enabled", Cpm);
        document.Set("devices.cpm.ccp_image", CpmCcpImage);
        document.Set("devices.printer.enabled", Printer);
    }
}

/// <summary>The link to an emulator.</summary>
public sealed class NetSioConfig
{
    internal NetSioConfig(ConfigDocument document, bool isNew)
    {
        // A file without the key says no; without a file the default is yes.
        IsEnabled = document.Flag("netsio.enabled", isNew);
        Host = document.Text("netsio.host", "localhost");
        Port = document.Number("netsio.port", 9997);
    }

    /// <summary>Whether it is wanted; it starts when the command line asks for it as well.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>The emulator's host.</summary>
    public string Host { get; set; }

    /// <summary>The emulator's UDP port.</summary>
    public int Port { get; set; }

    internal void Write(ConfigDocument document)
    {
        document.Set("netsio.enabled", IsEnabled);
        document.Set("netsio.host", Host);
        document.Set("netsio.port", Port);
    }
}

/// <summary>The clock.</summary>
public sealed class ClockConfig
{
    internal ClockConfig(ConfigDocument document)
    {
        Timezone = document.Text("clock.timezone", "UTC");
        IsEnabled = document.Flag("clock.enabled", missing: true);
        MaySet = document.Flag("clock.may_set", missing: false);
    }

    /// <summary>The zone as POSIX writes it in TZ.</summary>
    public string Timezone { get; set; }

    /// <summary>Whether there is a clock.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Whether a program may set the time; ours, the reference has no such key.</summary>
    public bool MaySet { get; set; }

    internal void Write(ConfigDocument document)
    {
        document.Set("clock.timezone", Timezone);
        document.Set("clock.enabled", IsEnabled);
        if (MaySet)
        {
            document.Set("clock.may_set", value: true);
        }
    }
}

/// <summary>The channels.</summary>
public sealed class ChannelConfig
{
    internal ChannelConfig(ConfigDocument document)
    {
        PtyPath = document.Text("channel.pty_path", string.Empty);
        TcpHost = document.Text("channel.tcp_host", "127.0.0.1");
        TcpPort = document.Number("channel.tcp_port", 65504);
        SerialPort = document.Text("channel.serial_port", "/dev/ttyUSB0");
        BaudRate = document.Number("channel.uart.baud_rate", document.Number("channel.uart_baud", 115_200));
        DataBits = document.Number("channel.uart.data_bits", 8);
        Parity = document.Text("channel.uart.parity", "none");
        StopBits = document.Text("channel.uart.stop_bits", "1");
        FlowControl = document.Text("channel.uart.flow_control", "none");
        TxGapMicroseconds = document.Number("channel.uart.tx_gap_us", 0);
    }

    /// <summary>A link to the pseudo terminal; empty for none.</summary>
    public string PtyPath { get; set; }

    /// <summary>Where TCP listens.</summary>
    public string TcpHost { get; set; }

    /// <summary>The TCP port.</summary>
    public int TcpPort { get; set; }

    /// <summary>The serial port's device.</summary>
    public string SerialPort { get; set; }

    /// <summary>Bits per second.</summary>
    public int BaudRate { get; set; }

    /// <summary>Data bits, 5 to 8.</summary>
    public int DataBits { get; set; }

    /// <summary><c>none</c>, <c>even</c> or <c>odd</c>.</summary>
    public string Parity { get; set; }

    /// <summary><c>1</c>, <c>1.5</c> or <c>2</c>.</summary>
    public string StopBits { get; set; }

    /// <summary><c>none</c> or <c>rts_cts</c>.</summary>
    public string FlowControl { get; set; }

    /// <summary>Pause before each answer in microseconds, for hosts that cannot listen at once.</summary>
    public int TxGapMicroseconds { get; set; }

    internal void Write(ConfigDocument document)
    {
        document.Set("channel.pty_path", PtyPath);
        document.Set("channel.tcp_host", TcpHost);
        document.Set("channel.tcp_port", TcpPort);
        document.Set("channel.serial_port", SerialPort);
        document.Set("channel.uart.baud_rate", BaudRate);
        document.Set("channel.uart.data_bits", DataBits);
        document.Set("channel.uart.parity", Parity);
        document.Set("channel.uart.stop_bits", StopBits);
        document.Set("channel.uart.flow_control", FlowControl);
        document.Set("channel.uart.tx_gap_us", TxGapMicroseconds);
    }
}

/// <summary>The network device; ours, the reference has no such keys. They are written only when they differ from the defaults.</summary>
public sealed class NetworkConfig
{
    /// <summary>Sessions by default.</summary>
    public const int DefaultSessions = 4;

    /// <summary>Most sessions.</summary>
    public const int MaxSessions = 256;

    internal NetworkConfig(ConfigDocument document)
    {
        ExtraSchemes = document.Flag("network.extra_schemes", missing: false);
        Sessions = Math.Clamp(document.Number("network.sessions", DefaultSessions), 1, MaxSessions);
        RefusePrivate = document.Flag("network.refuse_private", missing: false);
        Allow = document.Text("network.allow", string.Empty);
        TestCertificate = document.Text("network.test_ca", string.Empty);
    }

    /// <summary>Whether <c>udp</c>, <c>ws</c>, <c>wss</c> and <c>tnfs</c> are known.</summary>
    public bool ExtraSchemes { get; set; }

    /// <summary>Sessions of each transport, 1 to 256.</summary>
    public int Sessions { get; set; }

    /// <summary>Whether addresses of private networks and of this computer are refused.</summary>
    public bool RefusePrivate { get; set; }

    /// <summary>Hosts that may be reached, separated by commas, <c>*.example.org</c> for all below; empty for all.</summary>
    public string Allow { get; set; }

    /// <summary>A file with a certificate (PEM) that is trusted besides those of the platform; empty for none.</summary>
    public string TestCertificate { get; set; }

    internal void Write(ConfigDocument document)
    {
        if (ExtraSchemes)
        {
            document.Set("network.extra_schemes", value: true);
        }

        if (Sessions != DefaultSessions)
        {
            document.Set("network.sessions", Sessions);
        }

        if (RefusePrivate)
        {
            document.Set("network.refuse_private", value: true);
        }

        if (Allow.Length > 0)
        {
            document.Set("network.allow", Allow);
        }

        if (TestCertificate.Length > 0)
        {
            document.Set("network.test_ca", TestCertificate);
        }
    }
}
