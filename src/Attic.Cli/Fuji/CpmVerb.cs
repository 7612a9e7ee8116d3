using System.CommandLine;
using Attic.Engine.Card;
using Attic.FujiNet.Devices.Cpm;

namespace Attic.Cli.Fuji;

/// <summary><c>attic fuji cpm</c>: CP/M 2.2 in this terminal, its drives in folders.</summary>
internal static class CpmVerb
{
    private const byte Interrupt = 0x03;

    public static Command Build()
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "The folder whose subfolders A to P are the drives; A is made if need be. Default: ~/.attic/cpm.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verb = new Command("cpm", "Runs CP/M 2.2 in this terminal. EXIT ends it; drives are the subfolders A to P of a folder.") { folder };
        verb.SetAction((parsed, stop) => RunAsync(parsed.GetValue(folder) ?? Path.Combine(AtticHome.FromEnvironment().Folder, "cpm"), stop));
        return verb;
    }

    private static async Task<int> RunAsync(string folder, CancellationToken stop)
    {
        var screen = Console.OpenStandardOutput();
        using var session = new CpmSession(shown =>
        {
            screen.Write(shown);
            screen.Flush();
        });
        using var end = stop.Register(session.Dispose);
        _ = Task.Run(() => Read(session), CancellationToken.None);
        try
        {
            await session.RunAsync(folder);
            screen.Write("\r\n"u8);
            return ExitCode.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"{folder} cannot be used: {error.Message}", inner: error);
        }
    }

    /// <summary>Keys of a terminal one by one; a file or pipe as though it were typed.</summary>
    private static void Read(CpmSession session)
    {
        if (Console.IsInputRedirected)
        {
            using var input = Console.OpenStandardInput();
            byte[] chunk = new byte[256];
            for (int read; (read = input.Read(chunk)) > 0;)
            {
                session.Type([.. chunk[..read].Select(key => key == '\n' ? (byte)'\r' : key)]);
            }

            session.Type("\rEXIT\r"u8);
            return;
        }

        Console.TreatControlCAsInput = true;
        while (true)
        {
            session.Type([KeyOf(Console.ReadKey(intercept: true))]);
        }
    }

    /// <summary>Cursor keys as WordStar and its followers take them.</summary>
    private static byte KeyOf(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.UpArrow => 0x05,
        ConsoleKey.DownArrow => 0x18,
        ConsoleKey.LeftArrow => 0x13,
        ConsoleKey.RightArrow => 0x04,
        ConsoleKey.Backspace => 0x08,
        ConsoleKey.Enter => 0x0D,
        ConsoleKey.C when key.Modifiers.HasFlag(ConsoleModifiers.Control) => Interrupt,
        _ => (byte)key.KeyChar,
    };
}
