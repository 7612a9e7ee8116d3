using System.CommandLine;
using System.Net.Sockets;
using Attic.FujiNet.Diagnostics;

namespace Attic.Cli.Fuji;

/// <summary><c>attic fuji conform</c>: replays vectors against any implementation.</summary>
internal static class ConformVerb
{
    public static Command Build()
    {
        var target = new Argument<string>("target") { Description = "HOST:PORT, or the path of a terminal. The implementation should be fresh, with an empty store." };
        var vectors = new Option<string?>("--vectors") { Description = "A file of vectors; default those that were captured from the reference.", HelpName = "FILE" };
        var verb = new Command("conform", "Replays captured requests against a FujiNet and prints the answers that differ.") { target, vectors };
        verb.SetAction((parsed, stop) => RunAsync(parsed.GetValue(target)!, parsed.GetValue(vectors), stop));
        return verb;
    }

    private static async Task<int> RunAsync(string target, string? vectors, CancellationToken stop)
    {
        try
        {
            string text = vectors is null ? ConformanceRunner.BuiltInVectors : await File.ReadAllTextAsync(vectors, stop);
            await using var client = await FujiBusClient.ConnectAsync(target, stop);
            var report = await ConformanceRunner.RunAsync(client, text, stop);
            foreach (var difference in report.Differences)
            {
                Console.WriteLine(difference.Problem);
            }

            Console.WriteLine($"{report.Vectors - report.Differences.Count} of {report.Vectors} vectors as expected");
            return report.Differences.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (FormatException error)
        {
            throw CommandFailure.BadInput(error.Message, inner: error);
        }
        catch (Exception error) when (error is IOException or SocketException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Failed, error.Message, inner: error);
        }
    }
}
