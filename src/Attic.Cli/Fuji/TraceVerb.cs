using System.CommandLine;
using System.Globalization;
using Attic.FujiNet.Diagnostics;

namespace Attic.Cli.Fuji;

/// <summary><c>attic fuji trace</c>: puts a capture into words; with <c>--follow</c> while it grows.</summary>
internal static class TraceVerb
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "A capture of \"attic fuji serve --capture FILE\"." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on while the capture grows, until Ctrl-C." };
        var verb = new Command("trace", "Prints captured packets in words.") { file, follow };
        verb.SetAction((parsed, stop) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(follow), stop));
        return verb;
    }

    private static async Task<int> RunAsync(string path, bool follow, CancellationToken stop)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            string rest = string.Empty;
            while (true)
            {
                string text = rest + await reader.ReadToEndAsync(stop);
                int end = text.LastIndexOf('\n') + 1;
                rest = text[end..];
                foreach (string line in text[..end].Split('\n'))
                {
                    Print(line.TrimEnd('\r'));
                }

                if (!follow)
                {
                    Print(rest);
                    return ExitCode.Done;
                }

                await Task.Delay(s_pause, stop);
            }
        }
        catch (FormatException error)
        {
            throw CommandFailure.BadInput($"{path}: {error.Message}", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput(error.Message, inner: error);
        }
    }

    private static void Print(string line)
    {
        if (Capture.Parse(line) is { } packet)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{packet.Microseconds / 1e6:0.000000} {packet.Transport} {PacketPrinter.Print(packet.ToDevice, packet.Packet)}"));
        }
    }
}
