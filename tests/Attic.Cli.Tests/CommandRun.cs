namespace Attic.Cli.Tests;

/// <summary>What a command line did.</summary>
internal sealed record CommandRun(int Code, string Output, string Errors)
{
    public static Task<CommandRun> Of(string line) => Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static async Task<CommandRun> Of(params string[] arguments)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var newOutput = new StringWriter();
        using var newErrors = new StringWriter();
        Console.SetOut(newOutput);
        Console.SetError(newErrors);
        try
        {
            int code = await AtticCommand.RunAsync(arguments);
            return new CommandRun(code, newOutput.ToString(), newErrors.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }
}

/// <summary>Tests that redirect the console run one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleCollection
{
    public const string Name = "console";
}
