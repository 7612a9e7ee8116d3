using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using Attic.Cli.Fuji;
using Attic.Cli.Verbs;
using Attic.Engine.Errors;

namespace Attic.Cli;

/// <summary>The command line: finds the verb, runs it, and turns whatever happens into a message and an exit code.</summary>
internal static class AtticCommand
{
    private const int PatienceMilliseconds = 10_000;

    private static readonly ParserConfiguration Parsing = new()
    {
        // "--type @x" types two characters; it does not name a file of arguments.
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>Runs the verb that <paramref name="args"/> name.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var interrupt = new CancellationTokenSource();
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Interrupt(signal, interrupt));
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Interrupt(signal, interrupt));
        var root = Build();
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args, Parsing);
        if (parsed.Errors.Count > 0 && parsed.Action?.ClearsParseErrors != true)
        {
            return ReportUsage(parsed);
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            int code = await parsed.InvokeAsync(invocation, interrupt.Token);
            return interrupt.IsCancellationRequested ? ExitCode.Interrupted : code;
        }
        catch (CommandFailure failure)
        {
            return Report(failure);
        }
        catch (EngineException refused)
        {
            return Report(new CommandFailure(CodeOf(refused), refused.Message, inner: refused));
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception unexpected)
        {
            Console.Error.WriteLine($"attic: this should not have happened; please report it:\n{unexpected}");
            return ExitCode.Failed;
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("""
            Atari home computers for people and programs.

            Start with "attic up": it starts the engine, opens your browser, and you use an Atari ST.
            "attic run" drives a machine without a window, for tests of the software that you write for it.
            """)
        {
            UpVerb.Build(),
            RunVerb.Build(),
            BenchVerb.Build(),
            DiskVerb.Build(),
            FujiVerb.Build(),
        };
        Examples.TeachHelp(root);
        return root;
    }

    // The first signal asks the verb to end; a second one, or a verb that does not end, ends the process.
    private static void Interrupt(PosixSignalContext signal, CancellationTokenSource interrupt)
    {
        if (interrupt.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true;
        interrupt.Cancel();
        var patience = new Thread(() =>
        {
            Thread.Sleep(PatienceMilliseconds);
            Environment.Exit(ExitCode.Interrupted);
        });
        patience.IsBackground = true;
        patience.Start();
    }

    private static int ReportUsage(ParseResult parsed)
    {
        // An unknown verb is reported once, not also as a missing one.
        foreach (var error in parsed.Errors.TakeLast(parsed.UnmatchedTokens.Count > 0 ? 1 : parsed.Errors.Count))
        {
            Console.Error.WriteLine($"attic: {error.Message}");
        }

        string verb = parsed.CommandResult.Command is RootCommand ? string.Empty : $" {parsed.CommandResult.Command.Name}";
        Console.Error.WriteLine($"       attic{verb} --help explains what can be given.");
        return ExitCode.BadInput;
    }

    // Faults of ours and a card or session that is taken are failures; everything else the user gave.
    private static int CodeOf(EngineException refused) =>
        refused.Code == ErrorCode.InternalError || refused.Code == ErrorCode.Conflict ? ExitCode.Failed : ExitCode.BadInput;

    private static int Report(CommandFailure failure)
    {
        Console.Error.WriteLine($"attic: {failure.Message}");
        if (failure.Remedy is not null)
        {
            Console.Error.WriteLine($"       {failure.Remedy}");
        }

        return failure.Code;
    }
}
