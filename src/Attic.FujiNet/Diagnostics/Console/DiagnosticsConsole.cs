using System.Text;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Storage;
using static Attic.FujiNet.Diagnostics.Console.ConsoleText;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>
/// A console for people on a channel of its own: what goes on in the core, in sessions, in drives, in the store. Lines of
/// <c>provider.command arguments</c>; <c>help</c> names them. It runs on the core's thread, between requests.
/// </summary>
public sealed class DiagnosticsConsole
{
    internal const string Prompt = "> ";

    // What "dump" shows: everything that only looks.
    private static readonly string[] s_dumped = ["core.info", "core.stats", "net.sessions", "net.wifi.status", "disk.slots", "disk.stats", "modem.status", "uart.status"];

    private readonly FujiNetStack _stack;
    private readonly IChannel _channel;
    private readonly LineEditor _editor;
    private readonly List<IConsoleProvider> _providers;
    private readonly Dictionary<string, ConsoleCommand> _commands = new(StringComparer.Ordinal);
    private readonly Queue<string> _lines = [];
    private int _connection = -1;
    private bool _busy;

    /// <summary>A console.</summary>
    /// <param name="stack">The FujiNet.</param>
    /// <param name="channel">Where the person is; it belongs to the console from then on.</param>
    public DiagnosticsConsole(FujiNetStack stack, IChannel channel)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(channel);
        (_stack, _channel) = (stack, channel);
        _editor = new LineEditor(Write);
        _providers = [new CoreProvider(stack), new NetProvider(stack), new DiskProvider(stack), new ModemProvider(stack), new AppStoreProvider(stack.AppStore), new UartProvider(stack), new ShellProvider(stack)];

        // The first of a name answers.
        foreach (var command in BuiltIn().Concat(_providers.SelectMany(provider => provider.Commands)))
        {
            _commands.TryAdd(command.Name, command);
        }
    }

    /// <summary>Reads what was typed and answers it; called once a tick.</summary>
    public void Poll()
    {
        _channel.Poll();
        if (_connection != _channel.Connection)
        {
            _connection = _channel.Connection;
            _editor.Clear();
            Write(Prompt);
        }

        Span<byte> typed = stackalloc byte[256];
        int count;
        while (_lines.Count == 0 && (count = _channel.Read(typed)) > 0)
        {
            foreach (byte value in typed[..count])
            {
                if (_editor.Type((char)value) is { } line)
                {
                    _lines.Enqueue(line);
                }
            }
        }

        if (_lines.Count > 0 && !_busy)
        {
            _ = AnswerAsync();
        }
    }

    /// <summary>Runs one line.</summary>
    /// <returns>What it says.</returns>
    public async ValueTask<string> RunAsync(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

        // "net wifi scan" is "net.wifi.scan": the longest name that there is.
        for (int length = Math.Min(words.Length, 3); length > 0; length--)
        {
            if (_commands.TryGetValue(string.Join('.', words[..length]), out var command))
            {
                return await RunAsync(command, words[length..]);
            }
        }

        return words.Length == 0 ? string.Empty : $"unknown: {words[0]}; help names what there is\n";
    }

    private static async ValueTask<string> RunAsync(ConsoleCommand command, string[] arguments)
    {
        try
        {
            return await command.Run(arguments) ?? $"{command.Usage}\n";
        }
        catch (StorageException error)
        {
            return error.Message + "\n";
        }
    }

    private IEnumerable<ConsoleCommand> BuiltIn() =>
    [
        new("help", () => string.Concat(_commands.Values.Select(command => command.Usage + "\n"))),
        new("list", () => string.Concat(_providers.Select(provider => provider.Name + "\n"))),
        new("dump", string.Empty, async _ => await DumpAsync()),
        new("history", () => string.Concat(_editor.History.Select((line, index) => Line($"{index + 1,3} {line}")))),
        new("exit", () => "close the terminal to leave; kill ends the FujiNet\n"),
        new("quit", () => "close the terminal to leave; kill ends the FujiNet\n"),
        new("kill", () =>
        {
            _stack.Core.RequestStop();
            return "ending\n";
        }),
        new("reboot", () =>
        {
            _stack.Core.RequestRestart();
            return "restarting\n";
        }),
    ];

    private async ValueTask<string> DumpAsync()
    {
        var text = new StringBuilder();
        foreach (string name in s_dumped)
        {
            text.Append(Line($"[{name}]")).Append(await RunAsync(_commands[name], []));
        }

        return text.ToString();
    }

    private async Task AnswerAsync()
    {
        _busy = true;
        while (_lines.TryDequeue(out string? line))
        {
            Write(await RunAsync(line));
            Write(Prompt);
        }

        _busy = false;
    }

    private void Write(string text) => _channel.Write(Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
}
