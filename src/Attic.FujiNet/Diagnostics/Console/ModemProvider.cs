using System.Globalization;
using System.Text;
using Attic.FujiNet.Devices.Modems;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Protocols;
using static Attic.FujiNet.Diagnostics.Console.ConsoleText;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>The modems: each transport of the FujiBus has one as soon as it asks for it, and an Atari's serial bus where it is switched on.</summary>
internal sealed class ModemProvider(FujiNetStack stack) : IConsoleProvider
{
    private const string None = "there is no modem yet: a client has not asked for one, and the serial bus has none\n";

    public string Name => "modem";

    // Without a number the first is meant.
    public IEnumerable<ConsoleCommand> Commands =>
    [
        new("modem.status", Status),
        new("modem.at", "[number] <command>", arguments => new(At(arguments))),
        new("modem.drain", "[number]", arguments => new(Drain(arguments))),
        new("modem.baud", "[number] <baud>", arguments => new(Baud(arguments))),
        new("modem.baudlock", "[number] <0|1>", arguments => new(Lock(arguments))),
    ];

    private List<(string Name, Modem Modem)> Modems() =>
    [
        .. stack.SerialModems.Select(modem => ("serial bus", modem)),
        .. stack.Core.Routing.OwnDevices(DeviceIds.Modem).Select(entry => (Line($"transport {entry.TransportId}").TrimEnd(), ((ModemDevice)entry.Device).Modem)),
    ];

    private string Status() => Modems() is { Count: > 0 } modems
        ? string.Concat(modems.Select((entry, index) => Line($"{index + 1}: {entry.Name}: {Describe(entry.Modem)}")))
        : None;

    private static string Describe(Modem modem) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(modem.InCommandMode ? "commands" : "online")}, {(modem.IsConnected ? "connected" : "on hook")}, port {modem.ListenPort}, {modem.Baud} baud{(modem.IsBaudLocked ? " locked" : string.Empty)}, {modem.Available} bytes wait");

    /// <summary>The modem that is meant, and the arguments behind its number.</summary>
    private Modem? Choose(string[] arguments, int needed, out string[] rest)
    {
        var modems = Modems();
        int number = 1;
        bool hasNumber = arguments.Length > needed && int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        rest = hasNumber ? arguments[1..] : arguments;
        return modems.ElementAtOrDefault(number - 1).Modem;
    }

    private string? At(string[] arguments)
    {
        var modem = Choose(arguments, needed: 1, out string[] rest);
        if (rest.Length == 0)
        {
            return null;
        }

        if (modem is null)
        {
            return None;
        }

        if (!modem.InCommandMode)
        {
            return "the modem is online; its line is the client's\n";
        }

        modem.Write(Encoding.Latin1.GetBytes(string.Join(' ', rest) + "\r"));
        return Drained(modem);
    }

    private string? Drain(string[] arguments) => arguments.Length > 1 ? null : Choose(arguments, needed: 0, out _) is { } modem ? Drained(modem) : None;

    private string? Baud(string[] arguments)
    {
        var modem = Choose(arguments, needed: 1, out string[] rest);
        bool valid = rest.Length == 1 & uint.TryParse(rest.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out uint baud);
        return !valid ? null
            : modem is null ? None
            : modem.SetBaud(baud) ? Line($"{modem.Baud} baud") : "the rates are 300 600 1200 1800 2400 4800 9600 19200\n";
    }

    private string? Lock(string[] arguments)
    {
        var modem = Choose(arguments, needed: 1, out string[] rest);
        if (rest is not ["0" or "1"])
        {
            return null;
        }

        if (modem is null)
        {
            return None;
        }

        modem.IsBaudLocked = rest is ["1"];
        return modem.IsBaudLocked ? "locked\n" : "free\n";
    }

    private static string Drained(Modem modem)
    {
        byte[] bytes = new byte[modem.Available];
        string text = Encoding.Latin1.GetString(bytes, 0, modem.Read(bytes)).Replace("\r", string.Empty, StringComparison.Ordinal);
        return text.EndsWith('\n') || text.Length == 0 ? text : text + "\n";
    }
}
