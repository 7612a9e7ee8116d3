using System.CommandLine;
using System.Net.Sockets;
using Attic.FujiNet.Storage.Tnfs;

namespace Attic.Cli.Fuji;

/// <summary><c>attic fuji tnfsd</c>: serves a folder to FujiNets.</summary>
internal static class TnfsdVerb
{
    private const int DefaultPort = 16384;

    public static Command Build()
    {
        var folder = new Argument<string>("folder") { Description = "The folder. Nothing outside it can be reached." };
        var listen = new Option<string>("--listen") { Description = "Address and port of both UDP and TCP.", HelpName = "HOST:PORT", DefaultValueFactory = _ => $"127.0.0.1:{DefaultPort}" };
        var readOnly = new Option<bool>("--read-only") { Description = "Clients may change nothing." };
        var verb = new Command("tnfsd", "Serves a folder over TNFS.") { folder, listen, readOnly };
        verb.SetAction((parsed, stop) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(listen)!, parsed.GetValue(readOnly), stop));
        return verb;
    }

    private static async Task<int> RunAsync(string folder, string listen, bool readOnly, CancellationToken stop)
    {
        try
        {
            using var server = new TnfsServer(new TnfsService(folder, new TnfsLimits { ReadOnly = readOnly }), HostAndPort.Parse(listen, "127.0.0.1", DefaultPort).ToEndPoint());
            Console.WriteLine($"[TnfsServer] Listening on {server.EndPoint}");
            await server.RunAsync(stop);
            return ExitCode.Done;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new CommandFailure(ExitCode.Failed, error.Message, inner: error);
        }
    }
}
