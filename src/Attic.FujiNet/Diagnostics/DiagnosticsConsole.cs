using System.Globalization;
using System.Text;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Modems;
using Attic.FujiNet.Devices.Networks;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Diagnostics;

/// <summary>
/// A console for people on a channel of its own: what goes on in the core, in sessions, in drives, in the store. Lines of
/// <c>provider.command arguments</c>; <c>help</c> names them. It runs on the core's thread, between requests.
/// </summary>
public sealed class DiagnosticsConsole
{
    private const string Prompt = "> ";
    private const int LongestLine = 1024;

    private readonly FujiNetStack _stack;
    private readonly IChannel _channel;
    private readonly StringBuilder _line = new();
    private StorageTarget? _folder;
    private int _connection = -1;
    private bool _busy;

    /// <summary>A console.</summary>
    /// <param name="stack">The FujiNet.</param>
    /// <param name="channel">Where the person is; it belongs to the console from then on.</param>
    public DiagnosticsConsole(FujiNetStack stack, IChannel channel)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(channel);
        _stack = stack;
        _channel = channel;
        _folder = stack.Storage.Persistent is { } files ? stack.Storage.Resolve($"{files.Name}:/") : null;
    }

    /// <summary>Reads what was typed and answers it; called once a tick.</summary>
    public void Poll()
    {
        _channel.Poll();
        if (_connection != _channel.Connection)
        {
            _connection = _channel.Connection;
            _line.Clear();
            Write(Prompt);
        }

        Span<byte> typed = stackalloc byte[256];
        int count;
        while (!_busy && (count = _channel.Read(typed)) > 0)
        {
            foreach (byte value in typed[..count])
            {
                Type((char)value);
            }
        }
    }

    /// <summary>Runs one line.</summary>
    /// <returns>What it says.</returns>
    public async ValueTask<string> RunAsync(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return string.Empty;
        }

        try
        {
            // "net sessions" is "net.sessions".
            string? answer = await RunAsync(words[0], words[1..]);
            answer ??= words.Length > 1 ? await RunAsync($"{words[0]}.{words[1]}", words[2..]) : null;
            return answer ?? $"unknown: {words[0]}; help names what there is\n";
        }
        catch (StorageException error)
        {
            return error.Message + "\n";
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture) + "\n";

    private void Type(char typed)
    {
        if (typed is '\r' or '\n')
        {
            string line = _line.ToString();
            _line.Clear();
            if (line.Length > 0)
            {
                _busy = true;
                _ = AnswerAsync(line);
            }
        }
        else if (typed is '\b' or '\x7F')
        {
            _line.Length = Math.Max(0, _line.Length - 1);
        }
        else if (!char.IsControl(typed) && _line.Length < LongestLine)
        {
            _line.Append(typed);
        }
    }

    private async Task AnswerAsync(string line)
    {
        Write(await RunAsync(line));
        Write(Prompt);
        _busy = false;
    }

    private void Write(string text) => _channel.Write(Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)));

    private async ValueTask<string?> RunAsync(string command, string[] arguments) => command switch
    {
        "help" => "core.info core.stats net.sessions net.close <handle> disk.slots disk.stats disk.stats.reset modem.status\n"
            + "appstore.list <namespace> fs pwd cd <path> ls [path] mkdir rm rmdir mv reboot\n",
        "core.info" => CoreInfo(),
        "core.stats" => CoreStats(),
        "net.sessions" => NetSessions(),
        "net.close" => NetClose(arguments),
        "disk.slots" => DiskSlots(),
        "disk.stats" => DiskStats(),
        "disk.stats.reset" => ResetDiskStats(),
        "modem.status" => ModemStatus(),
        "appstore.list" => arguments.Length == 1 ? string.Concat((await _stack.AppStore.ListAsync(arguments[0])).Select(key => key + "\n")) : "appstore.list <namespace>\n",
        "fs" => string.Concat(_stack.Storage.FileSystems.Select(files => files.Name + "\n")),
        "pwd" => (_folder?.Uri ?? "nowhere") + "\n",
        "cd" or "ls" or "mkdir" or "rm" or "rmdir" or "mv" => await ShellAsync(command, arguments),
        "reboot" => Restart(),
        _ => null,
    };

    private string CoreInfo() =>
        Line($"ticks {_stack.Core.TickCount}")
        + Line($"time {DateTimeOffset.FromUnixTimeSeconds(_stack.Clock.UnixSeconds):yyyy-MM-dd HH:mm:ss}Z, zone {_stack.Clock.Zone}")
        + string.Concat(_stack.Core.IO.Transports.Select(entry => Line($"transport {entry.Id}: {entry.Transport.Name}")));

    private string CoreStats()
    {
        var text = new StringBuilder(Line($"requests served {_stack.Core.IO.Served}"));
        foreach (var (id, transport) in _stack.Core.IO.Transports)
        {
            var counters = (transport as FujiBusTransport)?.Counters ?? (transport as FujiBusMessageTransport)?.Counters;
            if (counters is null)
            {
                continue;
            }

            text.Append(Line($"transport {id}: {counters.Requests} requests, {counters.Responses} responses, {counters.BytesIn} bytes in, {counters.BytesOut} out, {counters.Orphans} orphans"));
            foreach (var fault in Enum.GetValues<FujiBusFault>().Where(fault => counters.Faults(fault) > 0))
            {
                text.Append(Line($"  {fault}: {counters.Faults(fault)}"));
            }
        }

        return text.ToString();
    }

    private IEnumerable<(int Transport, NetworkDevice Device)> NetworkDevices() =>
        _stack.Core.Routing.OwnDevices(DeviceIds.Network).Select(entry => (entry.TransportId, (NetworkDevice)entry.Device));

    private string NetSessions() => string.Concat(NetworkDevices().SelectMany(entry =>
        entry.Device.Sessions.Select(session => Line($"transport {entry.Transport}: {session.Handle:X4} {session.Url}"))));

    private string NetClose(string[] arguments)
    {
        bool valid = arguments.Length == 1 & int.TryParse(arguments.FirstOrDefault(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int handle);
        return valid && NetworkDevices().ToList().Exists(entry => entry.Device.Close(handle)) ? "closed\n" : "net.close <handle>, as net.sessions shows it\n";
    }

    private string DiskSlots() => string.Concat(Enumerable.Range(0, DiskService.SlotCount).Select(slot =>
    {
        var info = _stack.Disks.InfoOf(slot);
        string state = info.Layout is { } layout
            ? string.Create(CultureInfo.InvariantCulture, $"{layout.Type} {layout.Sectors} x {layout.SectorBytes}{(info.IsReadOnly ? " ro" : string.Empty)}{(info.IsDirty ? " dirty" : string.Empty)}")
            : info.Uri.Length > 0 ? "waits" : "empty";
        return Line($"{slot + 1}: {state} {info.Uri}");
    }));

    private string DiskStats() => string.Concat(Enumerable.Range(0, DiskService.SlotCount).Select(slot =>
    {
        var counters = _stack.Disks.CountersOf(slot);
        return Line($"{slot + 1}: {counters.SectorsRead} sectors read, {counters.SectorsWritten} written, {counters.Failures} failures");
    }));

    private string ResetDiskStats()
    {
        for (int slot = 0; slot < DiskService.SlotCount; slot++)
        {
            _stack.Disks.ResetCounters(slot);
        }

        return "reset\n";
    }

    private string ModemStatus() => string.Concat(_stack.Core.Routing.OwnDevices(DeviceIds.Modem).Select(entry =>
    {
        var modem = ((ModemDevice)entry.Device).Modem;
        return Line($"transport {entry.TransportId}: {(modem.InCommandMode ? "commands" : "online")}, {(modem.IsConnected ? "connected" : "on hook")}, port {modem.ListenPort}, {modem.Baud} baud");
    }));

    private async ValueTask<string> ShellAsync(string command, string[] arguments)
    {
        var target = arguments.Length > 0 ? _stack.Storage.Resolve(arguments[0], _folder) : _folder;
        if (target is null || (arguments.Length == 0 && command is not "ls"))
        {
            return "that leads nowhere\n";
        }

        switch (command)
        {
            case "cd":
                _folder = await target.StatAsync() is { IsDirectory: true } ? target : throw StorageException.NotFound(target.Uri);
                return _folder.Uri + "\n";
            case "ls":
                return string.Concat((await target.FileSystem.ListAsync(target.Path)).Select(entry => Line($"{(entry.IsDirectory ? 'd' : '-')} {entry.Size,10} {entry.Name}")));
            case "mkdir":
                await target.FileSystem.MakeDirectoryAsync(target.Path);
                break;
            case "rm":
                await target.FileSystem.RemoveFileAsync(target.Path);
                break;
            case "rmdir":
                await target.FileSystem.RemoveDirectoryAsync(target.Path);
                break;
            default:
                var to = arguments.Length == 2 ? _stack.Storage.Resolve(arguments[1], _folder) : null;
                if (to is null || to.FileSystem != target.FileSystem)
                {
                    return "mv <from> <to>, within one file system\n";
                }

                await target.FileSystem.RenameAsync(target.Path, to.Path);
                break;
        }

        _stack.Storage.NotifyChanged(target.Uri);
        return "done\n";
    }

    private string Restart()
    {
        _stack.Core.RequestRestart();
        return "restarting\n";
    }
}
