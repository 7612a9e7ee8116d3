using System.CommandLine;
using System.Globalization;

namespace Attic.Cli.Verbs;

/// <summary>Options that take a whole number from a range, and say so when they get something else.</summary>
internal static class NumberRange
{
    /// <summary>Lets <paramref name="option"/> take numbers from <paramref name="least"/> to <paramref name="most"/> only.</summary>
    public static void Require(Option option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count != 1)
        {
            return;
        }

        string given = result.Tokens[0].Value;
        if (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < least || value > most)
        {
            result.AddError($"{option.Name} takes a number from {least} to {most}, not \"{given}\".");
        }
    });
}
