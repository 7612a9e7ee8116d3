using System.Globalization;

namespace Attic.Cli.Run;

/// <summary>Writes each change of the screen's text, headed by the number of the frame that showed it.</summary>
internal sealed class ScreenLog(TextWriter writer)
{
    private string? _last;

    /// <summary>Appends <paramref name="text"/> when it differs from the last.</summary>
    public void Note(long frame, string text)
    {
        if (string.Equals(text, _last, StringComparison.Ordinal))
        {
            return;
        }

        _last = text;
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"--- frame {frame}\n"));
        writer.Write(text.TrimEnd('\n'));
        writer.Write("\n");
    }
}
