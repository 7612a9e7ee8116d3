using System.CommandLine;
using Attic.Cli.Fuji;
using Attic.Cli.Machines;
using Attic.Server;

namespace Attic.Cli.Verbs;

/// <summary><c>attic up</c>: the engine with its page, until Ctrl-C.</summary>
internal static class UpVerb
{
    public static Command Build()
    {
        var machine = MachineOptions.Machine();
        var profile = MachineOptions.Profile();
        var card = MachineOptions.Card();
        var rom = MachineOptions.Rom();
        var file = MachineOptions.File();
        var port = new Option<int?>("--port", "-p")
        {
            Description = $"Port to listen on; default {ServerOptions.PreferredPort}, or the next free one up to {ServerOptions.LastPort}.",
            HelpName = "N",
        };
        var noSession = new Option<bool>("--no-session") { Description = "Start no machine; a client of the API does." };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Open no browser." };
        var sessions = new Option<int>("--sessions")
        {
            Description = "Machines that may run at a time, 1 to 64.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var allowUnsigned = new Option<bool>("--allow-unsigned")
        {
            Description = "Also run modules that no trusted key signed. Their code can do all that you can do.",
        };
        var fuji = new Option<DirectoryInfo?>("--fuji") { Description = "XL: plugs a FujiNet in, whose storage is this folder; the page has a button for it.", HelpName = "DIR" };
        var fujiPrinter = FujiOptions.Printer("--fuji-printer");
        NumberRange.Require(port, 0, 65535);
        NumberRange.Require(sessions, 1, 64);

        var up = new Command("up", "Starts the engine and its page, and a machine in it: an Atari ST, or an Atari 800XL with --machine xl.")
        {
            file, machine, rom, profile, port, card, noSession, noBrowser, sessions, fuji, fujiPrinter, allowUnsigned,
        };
        up.SetAction((parsed, cancel) => RunAsync(
            new ServerOptions
            {
                Port = parsed.GetValue(port),
                CardDirectory = parsed.GetValue(card)?.FullName,
                AllowUnsigned = parsed.GetValue(allowUnsigned),
                Sessions = parsed.GetValue(sessions),
                FujiNet = parsed.GetValue(fuji) is { } folder ? ServedFujiNet.Factory(folder.FullName, parsed.GetValue(fujiPrinter)) : null,
                AutoStart = parsed.GetValue(noSession) ? null : StartOf(parsed.GetValue(machine)!, parsed.GetResult(machine)?.Implicit ?? true, parsed.GetValue(profile), parsed.GetValue(rom)?.FullName, parsed.GetValue(file)?.FullName),
                Report = Console.Error.WriteLine,
            },
            openBrowser: !parsed.GetValue(noBrowser),
            cancel));
        return up;
    }

    private static AutoStart StartOf(string machine, bool anyMachine, string? profile, string? rom, string? file)
    {
        if (file is null)
        {
            return new AutoStart(machine, profile) { RomFile = rom };
        }

        var request = DroppedFiles.Place(new MachineRequest { Machine = machine, Profile = profile }, file, anyMachine);
        return new AutoStart(request.Machine, request.Profile)
        {
            RomFile = rom,
            MediaFile = file,
            IsCartridge = request.Cartridge is not null,
            IsCassette = request.Cassette is not null,
            Basic = request.Basic switch { "on" => true, "off" => false, _ => null },
        };
    }

    private static async Task<int> RunAsync(ServerOptions options, bool openBrowser, CancellationToken cancel)
    {
        try
        {
            await AtticServer.RunAsync(options, server => Announce(server.Url, openBrowser), cancel);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandFailure.BadInput(wrong.Message, inner: wrong);
        }
        catch (PortTakenException taken)
        {
            throw new CommandFailure(ExitCode.Failed, taken.Message, inner: taken);
        }

        return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static void Announce(Uri url, bool openBrowser)
    {
        Console.WriteLine($"Attic is up: {url}");
        Console.WriteLine("Ctrl-C stops it.");
        if (openBrowser)
        {
            Browser.Open(url);
        }
    }
}
