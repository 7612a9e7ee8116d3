using System.Globalization;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>A command of the console.</summary>
/// <param name="Name">Its name, <c>provider.command</c>, or one word of the shell.</param>
/// <param name="Arguments">What follows it, for people; empty for nothing.</param>
/// <param name="Run">Carries it out and says what it has to say, in lines; null when the arguments are wrong.</param>
internal sealed record ConsoleCommand(string Name, string Arguments, Func<string[], ValueTask<string?>> Run)
{
    /// <summary>A command that takes no arguments and has its answer at once.</summary>
    public ConsoleCommand(string name, Func<string> run)
        : this(name, string.Empty, arguments => new(arguments.Length == 0 ? run() : null))
    {
    }

    /// <summary>How it is called.</summary>
    public string Usage => Arguments.Length == 0 ? Name : $"{Name} {Arguments}";
}

/// <summary>Commands about one thing. Providers are asked in the order of their registration.</summary>
internal interface IConsoleProvider
{
    /// <summary>Its name, which its commands begin with.</summary>
    string Name { get; }

    /// <summary>Its commands.</summary>
    IEnumerable<ConsoleCommand> Commands { get; }
}

/// <summary>Lines that are the same everywhere.</summary>
internal static class ConsoleText
{
    /// <summary>A line.</summary>
    public static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture) + "\n";

    /// <summary>Sixteen bytes a line: offset, hexadecimal, characters.</summary>
    public static string Dump(ReadOnlySpan<byte> bytes, long offset)
    {
        const int width = 16;
        var text = new System.Text.StringBuilder();
        for (int at = 0; at < bytes.Length; at += width)
        {
            var row = bytes.Slice(at, Math.Min(width, bytes.Length - at));
            text.Append(CultureInfo.InvariantCulture, $"{offset + at:X8} ");
            foreach (byte value in row)
            {
                text.Append(CultureInfo.InvariantCulture, $" {value:X2}");
            }

            text.Append(' ', (3 * (width - row.Length)) + 2);
            foreach (byte value in row)
            {
                text.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
