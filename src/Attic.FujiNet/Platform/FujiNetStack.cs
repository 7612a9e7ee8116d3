using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Apps;
using Attic.FujiNet.Devices.Clock;
using Attic.FujiNet.Devices.Disks;
using Attic.FujiNet.Devices.Files;
using Attic.FujiNet.Devices.Fuji;
using Attic.FujiNet.Devices.Hosts;
using Attic.FujiNet.Devices.Modems;
using Attic.FujiNet.Devices.Networks;
using Attic.FujiNet.Devices.Printing;
using Attic.FujiNet.Devices.Slots;
using Attic.FujiNet.Devices.WiFi;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Network;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Sio.Classic;
using Attic.FujiNet.Storage;
using Attic.FujiNet.Storage.Http;
using Attic.FujiNet.Storage.Tnfs;

namespace Attic.FujiNet.Platform;

/// <summary>What a FujiNet is put together from.</summary>
public sealed class FujiNetOptions
{
    /// <summary>The folder of the file system <c>host</c>; null for one in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Woken when there is something to do for the core.</summary>
    public IWakeup? Wakeup { get; init; }

    /// <summary>The wireless link; null when there is none.</summary>
    public IWiFiLink? WiFi { get; init; } = new SimulatedWiFiLink();

    /// <summary>Told what people should know: warnings, faults of devices.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Changes the configuration after it was read, for this run only; null for no change.</summary>
    public Action<FujiConfig>? Configure { get; init; }
}

/// <summary>
/// A whole FujiNet without its transports: the composition root. It makes the file systems, services and devices and gives each
/// what it needs; whoever runs it adds transports and ticks the core.
/// </summary>
public sealed class FujiNetStack : IAsyncDisposable
{
    // Devices of transports begin at different generations, so that no handle of one fits another by chance.
    private const int GenerationStep = 37;

    private readonly FujiNetOptions _options;
    private readonly IReadOnlyList<IDisposable> _networks;

    private FujiNetStack(FujiNetOptions options, StorageManager storage, FujiConfig config, FujiConfigStore configStore, EgressPolicy egress, ServerTrust trust, IReadOnlyList<IDisposable> networks)
    {
        _options = options;
        _networks = networks;
        (Storage, Config, ConfigStore) = (storage, config, configStore);
        Egress = egress;
        Trust = trust;
        void Report(string where, Exception fault) => options.Log($"fault at {where}: {fault}");
        var events = new EventHub();
        var devices = new IODeviceManager(Report);
        var routing = new RoutingManager(devices, Report);
        Core = new FujinetCore(new IOService(routing), routing, events, new CoreContext(options.Wakeup));
        Clock = new ClockService(options.Time, config.Clock.Timezone, config.Clock.MaySet, events);
        AppStore = new AppStore(storage);
        Host = new HostState(storage, AppStore);
        Slots = new SlotCatalog(AppStore);
        Disks = new DiskService(storage, options.Time);
        Mounts = new RuntimeMounts(storage);
        Sessions = new SessionFactory(egress, trust, config.Network.ExtraSchemes, options.Wakeup, storage.Get("tnfs"));
        DiskDevice = new DiskDevice(Disks, Host, Mounts, config.Boot);
        Printer = MakePrinter();
    }

    /// <summary>The core.</summary>
    public FujinetCore Core { get; }

    /// <summary>The file systems.</summary>
    public StorageManager Storage { get; }

    /// <summary>The configuration.</summary>
    public FujiConfig Config { get; }

    /// <summary>Keeps the configuration.</summary>
    public FujiConfigStore ConfigStore { get; }

    /// <summary>The clock.</summary>
    public ClockService Clock { get; }

    /// <summary>The app store.</summary>
    public AppStore AppStore { get; }

    /// <summary>The current host.</summary>
    public HostState Host { get; }

    /// <summary>The catalogue of disk images.</summary>
    public SlotCatalog Slots { get; }

    /// <summary>The drives.</summary>
    public DiskService Disks { get; }

    /// <summary>The mounts that come back after a restart.</summary>
    public RuntimeMounts Mounts { get; }

    /// <summary>Makes sessions on the network.</summary>
    public SessionFactory Sessions { get; }

    /// <summary>Where the FujiNet may connect to.</summary>
    public EgressPolicy Egress { get; }

    /// <summary>Whom TLS trusts.</summary>
    public ServerTrust Trust { get; }

    /// <summary>The printer, of the serial bus and the FujiBus; null when there is none.</summary>
    public Printer? Printer { get; }

    /// <summary>The wireless link; null when there is none.</summary>
    public IWiFiLink? WiFi => _options.WiFi;

    /// <summary>The time.</summary>
    public TimeProvider Time => _options.Time;

    /// <summary>Woken when there is something to do for the core.</summary>
    public IWakeup? Wakeup => _options.Wakeup;

    /// <summary>The hosts and drives of CONFIG, once a chain has asked for them.</summary>
    internal ClassicSlots? AtariSlots { get; set; }

    /// <summary>The modems of serial buses.</summary>
    internal IList<Modem> SerialModems { get; } = [];

    private DiskDevice DiskDevice { get; }

    /// <summary>Puts a FujiNet together.</summary>
    /// <exception cref="IOException">The data folder cannot be used.</exception>
    /// <exception cref="StorageException">The configuration cannot be read or written.</exception>
    public static async ValueTask<FujiNetStack> CreateAsync(FujiNetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var storage = new StorageManager();
        IFileSystem host = options.DataFolder is null ? new MemoryFileSystem("host", options.Time) : new HostFileSystem("host", options.DataFolder);
        storage.Register(host);
        var configStore = new FujiConfigStore(host, options.Log);
        var config = await configStore.LoadAsync();
        if (options.Configure is { } change)
        {
            config.Override(change);
        }

        var egress = new EgressPolicy(config.Network.Allow, config.Network.RefusePrivate);
        var trust = ServerTrust.FromFile(config.Network.TestCertificate);
        var clients = new HttpClients(egress, trust);
        var tnfs = new TnfsFileSystem(egress);
        storage.Register(new HttpFileSystem(clients.For(followRedirects: true), new OverlayStore(host)));
        storage.Register(tnfs);
        var stack = new FujiNetStack(options, storage, config, configStore, egress, trust, [clients, tnfs]);
        stack.RegisterDevices();
        await stack.DiskDevice.RestoreMountsAsync();
        stack.Core.Events.Network.Publish(new(NetworkEventKind.GotIp, "127.0.0.1"));
        return stack;
    }

    /// <summary>Saves the configuration.</summary>
    public ValueTask SaveConfigAsync() => ConfigStore.SaveAsync(Config);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Core.Dispose();
        Sessions.Dispose();
        if (Printer is not null)
        {
            await Printer.EndJobAsync();
        }

        await Disks.DisposeAsync();
        foreach (var network in _networks)
        {
            network.Dispose();
        }
    }

    private Printer? MakePrinter()
    {
        var wanted = Config.Devices.Printer;
        if (!wanted.IsEnabled || Storage.Persistent is not { } files)
        {
            return null;
        }

        try
        {
            var output = PrinterOutputs.Make(wanted, files, Egress, Time);
            return new(output, Time, TimeSpan.FromSeconds(wanted.PauseSeconds));
        }
        catch (FormatException unknown)
        {
            _options.Log($"There is no printer: {unknown.Message}");
            return null;
        }
    }

    private void RegisterDevices()
    {
        var devices = Core.Routing.Shared;
        devices.Register(DeviceIds.Fuji, new FujiDevice(Core.RequestRestart));
        devices.Register(DeviceIds.Host, new HostDevice(Host));
        devices.Register(DeviceIds.AppStore, new AppStoreDevice(AppStore));
        devices.Register(DeviceIds.SlotCatalog, new SlotCatalogDevice(Slots, Host));
        devices.Register(DeviceIds.WiFi, new WiFiDevice(Config.WiFi, _options.WiFi, SaveConfigAsync));
        devices.Register(DeviceIds.File, new FileDevice(Storage, Host, Clock));
        devices.Register(DeviceIds.Disk, DiskDevice);
        if (Config.Clock.IsEnabled)
        {
            devices.Register(DeviceIds.Clock, new ClockDevice(Clock, zone =>
            {
                Config.Clock.Timezone = zone;
                return SaveConfigAsync();
            }));
        }

        if (Printer is { } printer)
        {
            Core.AddPoll(() => _ = printer.PollAsync());
            if (Config.Devices.Printer.OnFujiBus)
            {
                devices.Register(PrinterDevice.WireId, new PrinterDevice(printer));
            }
        }

        Core.Routing.RegisterPerTransport(DeviceIds.Modem, _ => new ModemDevice(new Modem(Egress, _options.Time, _options.Wakeup)));
        Core.Routing.RegisterPerTransport(
            DeviceIds.Network,
            transport => new NetworkDevice(Sessions, _options.Time, Config.Network.Sessions, (byte)(transport * GenerationStep)));
    }
}
