using System.CommandLine;
using System.Net.Sockets;
using Attic.FujiNet.Diagnostics;

namespace Attic.Cli.Fuji;

/// <summary><c>attic fuji replay</c>: sends the requests of a capture again.</summary>
internal static class ReplayVerb
{
    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "A capture of \"attic fuji serve --capture FILE\"." };
        var target = new Argument<string>("target") { Description = "HOST:PORT, or the path of a terminal." };
        var verb = new Command("replay", "Sends the requests of a capture again and prints the answers that differ.") { file, target };
        verb.SetAction((parsed, stop) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(target)!, stop));
        return verb;
    }

    private static async Task<int> RunAsync(string path, string target, CancellationToken stop)
    {
        try
        {
            var packets = (await File.ReadAllLinesAsync(path, stop)).Select(Capture.Parse).OfType<CapturedPacket>().ToList();
            await using var client = await FujiBusClient.ConnectAsync(target, stop);
            var (requests, differences) = await CaptureReplay.RunAsync(client, packets, stop);
            foreach (var difference in differences)
            {
                Console.WriteLine(PacketPrinter.Print(toDevice: true, difference.Request.Packet));
                Console.WriteLine($"  captured {Describe(difference.Expected)}");
                Console.WriteLine($"  now      {Describe(difference.Found)}");
            }

            Console.WriteLine($"{requests - differences.Count} of {requests} answers as captured");
            return differences.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (FormatException error)
        {
            throw CommandFailure.BadInput($"{path}: {error.Message}", inner: error);
        }
        catch (Exception error) when (error is IOException or SocketException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Failed, error.Message, inner: error);
        }
    }

    private static string Describe(byte[]? packet) => packet is null ? "no answer" : PacketPrinter.Print(toDevice: false, packet);
}
