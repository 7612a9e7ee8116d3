using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Diagnostics;

/// <summary>The names of devices and commands, for people.</summary>
public static class PacketNames
{
    private static readonly Dictionary<byte, (string Name, Dictionary<byte, string> Commands)> s_devices = new()
    {
        [DeviceIds.Fuji] = ("Fuji", new() { [0xFF] = "Reset", [0xFE] = "GetSsid" }),
        [DeviceIds.Clock] = ("Clock", Numbered("GetTime", "SetTime", "GetTimeFormat", "GetTimezone", "SetTimezone", "SetTimezoneSave", "SyncNetworkTime")),
        [DeviceIds.Host] = ("Host", Numbered("GetCurrent", "SetCurrent", "ListHistory", "SelectHistory", "DeleteHistory")),
        [DeviceIds.AppStore] = ("AppStore", Numbered("Stat", "Read", "Write", "Delete", "List")),
        [DeviceIds.SlotCatalog] = ("Slots", Numbered("Get", "Put", "Delete", "Range")),
        [DeviceIds.WiFi] = ("WiFi", Numbered("GetStatus", "GetConfig", "SetConfig", "Scan")),
        [DeviceIds.Modem] = ("Modem", Numbered("Write", "Read", "Status", "Control")),
        [DeviceIds.File] = ("File", Numbered("Stat", "ListDirectory", "Read", "Write", "Resolve", "MakeDirectory")),
        [DeviceIds.Network] = ("Network", Numbered("Open", "Read", "Write", "Close", "Info", "InfoRead", "TranslateConfigure")),
        [DeviceIds.Disk] = ("Disk", Numbered(
            "Mount", "Unmount", "ReadSector", "WriteSector", "Info", "ClearChanged", "Create", "ReadSectors", "WriteSectors",
            "RestoreBoot", "BeginHostSession", "Reinitialize", "ListMounts", "Flush", "Inspect")),
    };

    /// <summary>All commands that have a name, by their devices.</summary>
    public static IEnumerable<(byte Device, byte Command)> Commands =>
        s_devices.SelectMany(device => device.Value.Commands.Keys.Select(command => (device.Key, command)));

    /// <summary>The name of a device; its id when it has none.</summary>
    public static string OfDevice(byte device) => s_devices.TryGetValue(device, out var known) ? known.Name : $"{device:X2}";

    /// <summary>The name of a command; its number when it has none.</summary>
    public static string OfCommand(byte device, byte command) =>
        s_devices.TryGetValue(device, out var known) && known.Commands.TryGetValue(command, out string? name) ? name : $"{command:X2}";

    private static Dictionary<byte, string> Numbered(params string[] names) =>
        names.Select((name, index) => (name, index)).ToDictionary(entry => (byte)(entry.index + 1), entry => entry.name);
}
