using System.CommandLine.Parsing;
using System.Globalization;

namespace Attic.Cli.Run;

/// <summary>Reads the steps of <c>attic run</c> from the tokens, since only these keep the order between options.</summary>
internal static class RunStepReader
{
    public const string Frames = "--frames";
    public const string Type = "--type";
    public const string UntilTextOption = "--until-text";
    public const string UntilIdleOption = "--until-idle";

    /// <summary>Frames that are run when no step is given: ten seconds, enough for a boot screen.</summary>
    public const int DefaultFrames = 500;

    /// <summary>The steps in order; one of <see cref="DefaultFrames"/> when there is none.</summary>
    /// <param name="tokens">The command line.</param>
    /// <param name="keys">The machine's keys.</param>
    /// <exception cref="CommandFailure">A step's value makes no sense.</exception>
    public static IReadOnlyList<RunStep> Read(IReadOnlyList<Token> tokens, KeyNames keys)
    {
        var steps = new List<RunStep>();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Type != TokenType.Option)
            {
                continue;
            }

            string value = i + 1 < tokens.Count && tokens[i + 1].Type == TokenType.Argument ? tokens[i + 1].Value : string.Empty;
            RunStep? step = tokens[i].Value switch
            {
                Frames => new RunFrames(ReadFrames(value)),
                Type => new TypeKeys(value, KeyScript.Parse(value, keys)),
                UntilTextOption => ReadUntilText(value),
                UntilIdleOption => new UntilIdle(),
                _ => null,
            };
            if (step is not null)
            {
                steps.Add(step);
            }
        }

        return steps.Count == 0 ? [new RunFrames(DefaultFrames)] : steps;
    }

    private static int ReadFrames(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw CommandFailure.BadInput(
                $"--frames takes a number of pictures from 1 to {int.MaxValue}, not \"{value}\".",
                "A PAL machine shows 50 a second: --frames 500 runs ten seconds.");

    private static UntilText ReadUntilText(string value) =>
        value.Length > 0
            ? new UntilText(value)
            : throw CommandFailure.BadInput("--until-text needs the text to wait for.", "Example: --until-text \"A:\\>\"");
}
