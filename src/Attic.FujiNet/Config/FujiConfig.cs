namespace Attic.FujiNet.Config;

/// <summary>The configuration of a FujiNet, with the defaults that a missing key has.</summary>
public sealed class FujiConfig
{
    private readonly ConfigDocument _document;

    private FujiConfig(ConfigDocument document)
    {
        _document = document;
        Boot = new(document);
        WiFi = new(document);
        Devices = new(document);
        NetSio = new(document);
        Clock = new(document);
        Channel = new(document);
        Network = new(document);
    }

    /// <summary>The name by which the FujiNet goes.</summary>
    public string DeviceName
    {
        get => _document.Text("fujinet.device_name");
        set => _document.Set("fujinet.device_name", value);
    }

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
    public static FujiConfig Default()
    {
        var document = ConfigDocument.Empty();
        document.AddDefaults(ConfigDefaults.OfReference);
        document.Set("netsio.enabled", value: true);
        return new(document);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="yaml">Its text.</param>
    /// <exception cref="FormatException">It is no YAML, or its top is no mapping.</exception>
    public static FujiConfig Parse(string yaml) => new(ConfigDocument.Parse(yaml));

    /// <summary>Changes what this run uses and the file does not get.</summary>
    public void Override(Action<FujiConfig> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _document.Override(() => change(this));
    }

    /// <summary>The file's text: all keys of the reference, ours where they differ from the defaults, and all that were in it and are unknown here.</summary>
    public string ToYaml()
    {
        _document.AddDefaults(ConfigDefaults.OfReference);
        return _document.ToString();
    }
}

/// <summary>What is started from.</summary>
public sealed class BootConfig
{
    private readonly ConfigDocument _document;

    internal BootConfig(ConfigDocument document) => _document = document;

    /// <summary>Whether the configuration program is started (mode <c>config</c>) and not what is mounted (<c>normal</c>).</summary>
    public bool IsConfig
    {
        get => _document.Text("boot.mode") is not "normal";
        set => _document.Set("boot.mode", value ? "config" : "normal");
    }

    /// <summary>The image of the configuration program.</summary>
    public string Uri
    {
        get => _document.Text("boot.config_uri");
        set => _document.Set("boot.config_uri", value);
    }

    /// <summary>Whether it is mounted read-only.</summary>
    public bool IsReadOnly
    {
        get => _document.Flag("boot.readonly");
        set => _document.Set("boot.readonly", value);
    }
}

/// <summary>The wireless network.</summary>
public sealed class WiFiConfig
{
    private readonly ConfigDocument _document;

    internal WiFiConfig(ConfigDocument document) => _document = document;

    /// <summary>Whether to join it.</summary>
    public bool IsEnabled
    {
        get => _document.Flag("wifi.enabled");
        set => _document.Set("wifi.enabled", value);
    }

    /// <summary>Its name.</summary>
    public string Ssid
    {
        get => _document.Text("wifi.ssid");
        set => _document.Set("wifi.ssid", value);
    }

    /// <summary>The access point, as six pairs of hexadecimal digits with colons; empty for any.</summary>
    public string Bssid
    {
        get => _document.Text("wifi.bssid");
        set => _document.Set("wifi.bssid", value);
    }

    /// <summary>The secret. Never shown.</summary>
    public string Passphrase
    {
        get => _document.Text("wifi.passphrase");
        set => _document.Set("wifi.passphrase", value);
    }
}

/// <summary>Devices that can be switched on.</summary>
public sealed class DevicesConfig
{
    private readonly ConfigDocument _document;

    internal DevicesConfig(ConfigDocument document)
    {
        _document = document;
        Printer = new(document);
    }

    /// <summary>The modem on Atari's serial bus; on the FujiBus it is always there.</summary>
    public bool Modem
    {
        get => _document.Flag("devices.modem.enabled");
        set => _document.Set("devices.modem.enabled", value);
    }

    /// <summary>CP/M.</summary>
    public bool Cpm
    {
        get => _document.Flag("devices.cpm.enabled");
        set => _document.Set("devices.cpm.enabled", value);
    }

    /// <summary>The printer.</summary>
    public PrinterConfig Printer { get; }
}

/// <summary>The printer. The reference has the first key only.</summary>
public sealed class PrinterConfig
{
    private readonly ConfigDocument _document;

    internal PrinterConfig(ConfigDocument document) => _document = document;

    /// <summary>Whether there is one.</summary>
    public bool IsEnabled
    {
        get => _document.Flag("devices.printer.enabled");
        set => _document.Set("devices.printer.enabled", value);
    }

    /// <summary>Where its paper goes: <c>text</c>, <c>pdf</c>, or <c>raw:HOST</c> or <c>raw:HOST:PORT</c> for a printer in the network.</summary>
    public string Output
    {
        get => _document.Text("devices.printer.output");
        set => _document.Set("devices.printer.output", value);
    }

    /// <summary>The folder of text and PDF files on the FujiNet's storage.</summary>
    public string Folder
    {
        get => _document.Text("devices.printer.folder");
        set => _document.Set("devices.printer.folder", value);
    }

    /// <summary>Seconds without printing after which a job is over and the next file begins, 1 to 3600.</summary>
    public int PauseSeconds
    {
        get => Math.Clamp(_document.Number("devices.printer.pause_s"), 1, 3600);
        set => _document.Set("devices.printer.pause_s", value);
    }

    /// <summary>Whether it is also a device of the FujiBus, of our own definition.</summary>
    public bool OnFujiBus
    {
        get => _document.Flag("devices.printer.fujibus");
        set => _document.Set("devices.printer.fujibus", value);
    }
}

/// <summary>The link to an emulator.</summary>
public sealed class NetSioConfig
{
    private readonly ConfigDocument _document;

    internal NetSioConfig(ConfigDocument document) => _document = document;

    /// <summary>Whether it is wanted; it starts when the command line asks for it as well. A file without the key says no.</summary>
    public bool IsEnabled
    {
        get => _document.Flag("netsio.enabled");
        set => _document.Set("netsio.enabled", value);
    }

    /// <summary>The emulator's host.</summary>
    public string Host
    {
        get => _document.Text("netsio.host");
        set => _document.Set("netsio.host", value);
    }

    /// <summary>The emulator's UDP port.</summary>
    public int Port
    {
        get => _document.Number("netsio.port");
        set => _document.Set("netsio.port", value);
    }
}

/// <summary>The clock.</summary>
public sealed class ClockConfig
{
    private readonly ConfigDocument _document;

    internal ClockConfig(ConfigDocument document) => _document = document;

    /// <summary>The zone as POSIX writes it in TZ.</summary>
    public string Timezone
    {
        get => _document.Text("clock.timezone");
        set => _document.Set("clock.timezone", value);
    }

    /// <summary>Whether there is a clock.</summary>
    public bool IsEnabled
    {
        get => _document.Flag("clock.enabled");
        set => _document.Set("clock.enabled", value);
    }

    /// <summary>Whether a program may set the time; ours, the reference has no such key.</summary>
    public bool MaySet
    {
        get => _document.Flag("clock.may_set");
        set => _document.Set("clock.may_set", value);
    }
}

/// <summary>The channels.</summary>
public sealed class ChannelConfig
{
    private readonly ConfigDocument _document;

    internal ChannelConfig(ConfigDocument document)
    {
        _document = document;

        // The key of old times.
        if (!document.Has("channel.uart.baud_rate") && document.Has("channel.uart_baud"))
        {
            BaudRate = document.Number("channel.uart_baud", document.Number("channel.uart.baud_rate"));
        }
    }

    /// <summary>A link to the pseudo terminal; empty for none.</summary>
    public string PtyPath
    {
        get => _document.Text("channel.pty_path");
        set => _document.Set("channel.pty_path", value);
    }

    /// <summary>Where TCP listens.</summary>
    public string TcpHost
    {
        get => _document.Text("channel.tcp_host");
        set => _document.Set("channel.tcp_host", value);
    }

    /// <summary>The TCP port.</summary>
    public int TcpPort
    {
        get => _document.Number("channel.tcp_port");
        set => _document.Set("channel.tcp_port", value);
    }

    /// <summary>The serial port's device.</summary>
    public string SerialPort
    {
        get => _document.Text("channel.serial_port");
        set => _document.Set("channel.serial_port", value);
    }

    /// <summary>Bits per second.</summary>
    public int BaudRate
    {
        get => _document.Number("channel.uart.baud_rate");
        set => _document.Set("channel.uart.baud_rate", value);
    }

    /// <summary>Data bits, 5 to 8.</summary>
    public int DataBits
    {
        get => _document.Number("channel.uart.data_bits");
        set => _document.Set("channel.uart.data_bits", value);
    }

    /// <summary><c>none</c>, <c>even</c> or <c>odd</c>.</summary>
    public string Parity
    {
        get => _document.Text("channel.uart.parity");
        set => _document.Set("channel.uart.parity", value);
    }

    /// <summary><c>1</c>, <c>1.5</c> or <c>2</c>.</summary>
    public string StopBits
    {
        get => _document.Text("channel.uart.stop_bits");
        set => _document.Set("channel.uart.stop_bits", value);
    }

    /// <summary><c>none</c> or <c>rts_cts</c>.</summary>
    public string FlowControl
    {
        get => _document.Text("channel.uart.flow_control");
        set => _document.Set("channel.uart.flow_control", value);
    }

    /// <summary>Pause before each answer in microseconds, for hosts that cannot listen at once.</summary>
    public int TxGapMicroseconds
    {
        get => _document.Number("channel.uart.tx_gap_us");
        set => _document.Set("channel.uart.tx_gap_us", value);
    }
}

/// <summary>The network device; ours, the reference has no such keys.</summary>
public sealed class NetworkConfig
{
    /// <summary>Sessions by default.</summary>
    public const int DefaultSessions = 4;

    /// <summary>Most sessions.</summary>
    public const int MaxSessions = 256;

    private readonly ConfigDocument _document;

    internal NetworkConfig(ConfigDocument document) => _document = document;

    /// <summary>Whether <c>udp</c>, <c>ws</c>, <c>wss</c> and <c>tnfs</c> are known.</summary>
    public bool ExtraSchemes
    {
        get => _document.Flag("network.extra_schemes");
        set => _document.Set("network.extra_schemes", value);
    }

    /// <summary>Sessions of each transport, 1 to 256.</summary>
    public int Sessions
    {
        get => Math.Clamp(_document.Number("network.sessions"), 1, MaxSessions);
        set => _document.Set("network.sessions", value);
    }

    /// <summary>Whether addresses of private networks and of this computer are refused.</summary>
    public bool RefusePrivate
    {
        get => _document.Flag("network.refuse_private");
        set => _document.Set("network.refuse_private", value);
    }

    /// <summary>Hosts that may be reached, separated by commas, <c>*.example.org</c> for all below; empty for all.</summary>
    public string Allow
    {
        get => _document.Text("network.allow");
        set => _document.Set("network.allow", value);
    }

    /// <summary>A file with a certificate (PEM) that is trusted besides those of the platform; empty for none.</summary>
    public string TestCertificate
    {
        get => _document.Text("network.test_ca");
        set => _document.Set("network.test_ca", value);
    }
}
