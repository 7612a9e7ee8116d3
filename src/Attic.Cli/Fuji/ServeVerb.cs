using System.CommandLine;
using Attic.Engine.Card;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Storage;

namespace Attic.Cli.Fuji;

/// <summary><c>attic fuji serve</c>: runs a FujiNet on any number of channels.</summary>
internal static class ServeVerb
{
    /// <summary>What the process ends with when a program asked the FujiNet to restart; whoever started it starts it again.</summary>
    public const int RestartCode = 75;

    public static Command Build()
    {
        var channels = new ServeChannels();
        var data = new Option<string?>("--data") { Description = "The folder that is the file system host:, with the configuration; default fujinet-data in Attic's folder.", HelpName = "DIR" };
        var trace = new Option<bool>("--trace") { Description = "Prints each packet in words to standard error." };
        var capture = new Option<string?>("--capture") { Description = "Writes each packet to a file, for \"attic fuji trace\" and \"replay\". It holds secrets too.", HelpName = "FILE" };
        var printer = FujiOptions.Printer("--printer");
        var verb = new Command("serve", "Runs a FujiNet. Without a channel it listens on TCP 127.0.0.1:65504.") { data, printer, trace, capture };
        channels.AddTo(verb);
        verb.SetAction((parsed, stop) => RunAsync(parsed, channels, parsed.GetValue(data), parsed.GetValue(printer), parsed.GetValue(trace), parsed.GetValue(capture), stop));
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ServeChannels channels, string? data, string? printer, bool trace, string? capture, CancellationToken stop)
    {
        using var waiter = HostPlatform.CreateWaiter();
        await using var file = capture is null ? null : new StreamWriter(capture);
        await using var tap = trace || file is not null ? new TrafficTap(file, trace ? Console.Error : null) : null;
        try
        {
            await using var stack = await CreateAsync(data ?? Path.Combine(AtticHome.FromEnvironment().Folder, "fujinet-data"), printer, waiter);
            await channels.OpenAsync(parsed, stack, waiter, tap);
            await Task.Factory.StartNew(
                () => new CoreRunner(stack.Core, waiter).Run(stop),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            return stack.Core.RestartRequested ? RestartCode : ExitCode.Done;
        }
        catch (Exception error) when (error is IOException or StorageException or UnauthorizedAccessException or System.Net.Sockets.SocketException or PlatformNotSupportedException)
        {
            throw new CommandFailure(ExitCode.Failed, error.Message, inner: error);
        }
    }

    private static ValueTask<FujiNetStack> CreateAsync(string folder, string? printer, IReadinessWaiter waiter) => FujiNetStack.CreateAsync(new()
    {
        DataFolder = folder,
        Wakeup = waiter,
        WiFi = HostPlatform.CreateWiFi(Environment.GetEnvironmentVariable("FN_POSIX_WIFI_BACKEND"), Environment.GetEnvironmentVariable("FN_POSIX_WIFI_INTERFACE")),
        Log = message => Console.Error.WriteLine($"attic: {message}"),
        Configure = config =>
        {
            Override(config);
            FujiOptions.UsePrinter(config, printer);
        },
    });

    // The reference's environment variables.
    private static void Override(FujiConfig config)
    {
        if (Environment.GetEnvironmentVariable("FN_SERIAL_PORT") is { Length: > 0 } port)
        {
            config.Channel.SerialPort = port;
        }

        if (int.TryParse(Environment.GetEnvironmentVariable("FN_SERIAL_BAUD"), System.Globalization.CultureInfo.InvariantCulture, out int baud))
        {
            config.Channel.BaudRate = baud;
        }
    }
}
