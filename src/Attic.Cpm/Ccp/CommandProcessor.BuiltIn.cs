using System.Globalization;
using System.Text;
using Attic.Cpm.Drives;
using Attic.Cpm.Terminal;

namespace Attic.Cpm.Ccp;

/// <content>DIR, ERA, REN, SAVE, TYPE, USER, EXIT.</content>
internal sealed partial class CommandProcessor
{
    private const int NamesPerLine = 4;

    private CommandResult? BuiltIn(CommandLine line) => line.Verb switch
    {
        "DIR" => Directory(line.Word(0)),
        "ERA" => Erase(line.Word(0)),
        "REN" => Rename(line.Word(0), line.Word(1)),
        "SAVE" => Save(line.Word(0), line.Word(1)),
        "TYPE" => Type(line.Word(0)),
        "USER" => ChangeUser(line.Word(0)),
        "EXIT" => CommandResult.Exit,
        _ => null,
    };

    private CpmDrive? Find(int drive) => drives[drive == 0 ? bdos.Drive : drive - 1];

    private CommandResult Say(string message)
    {
        console.NewLine();
        console.Write(message);
        return CommandResult.Done;
    }

    private CommandResult Directory(string word)
    {
        var (drive, name) = CommandLine.Split(word);
        bool all = word.Length == 0 || word.EndsWith(':');
        var files = Find(drive)?.List(bdos.User, all ? CpmName.Parse("*.*") : name) ?? [];
        if (files.Count == 0)
        {
            return Say("No file");
        }

        char letter = (char)('A' + (drive == 0 ? bdos.Drive : drive - 1));
        return Show(files.Chunk(NamesPerLine).Select(row => $"{letter}: {string.Join(" : ", row.Select(file => Padded(file.Name)))}"));
    }

    private static string Padded(CpmName name)
    {
        Span<byte> field = stackalloc byte[CpmName.Length];
        name.CopyTo(field);
        return $"{Encoding.ASCII.GetString(field[..8])} {Encoding.ASCII.GetString(field[8..])}";
    }

    private CommandResult Erase(string word)
    {
        var (drive, name) = CommandLine.Split(word);
        if (word.Length == 0)
        {
            return Say("No file");
        }

        var files = Find(drive)?.List(bdos.User, name) ?? [];
        foreach (var file in files.Where(file => !file.ReadOnly))
        {
            Find(drive)!.Delete(bdos.User, file.Name);
        }

        return files.Count == 0 ? Say("No file") : files.Any(file => file.ReadOnly) ? Say("File R/O") : CommandResult.Done;
    }

    private CommandResult Rename(string newWord, string oldWord)
    {
        var (drive, to) = CommandLine.Split(newWord);
        var (_, from) = CommandLine.Split(oldWord);
        var target = Find(drive);
        if (target?.Find(bdos.User, to) is not null)
        {
            return Say("File exists");
        }

        return target?.Rename(bdos.User, from, to) == true ? CommandResult.Done : Say("No file");
    }

    /// <summary>SAVE n NAME: n pages of 256 bytes from $0100.</summary>
    private CommandResult Save(string pages, string word)
    {
        var (drive, name) = CommandLine.Split(word);
        var target = Find(drive);
        if (!byte.TryParse(pages, NumberStyles.None, CultureInfo.InvariantCulture, out byte count) || target is null || name.IsAmbiguous)
        {
            return Complain(pages);
        }

        target.Delete(bdos.User, name);
        if (!target.Create(bdos.User, name))
        {
            return Say("No space");
        }

        for (int record = 0; record < count * 2; record++)
        {
            if (!target.Write(bdos.User, name, record, memory.Ram.AsSpan(CpmLayout.ProgramArea + (record * CpmDrive.RecordSize), CpmDrive.RecordSize)))
            {
                return Say("No space");
            }
        }

        return CommandResult.Done;
    }

    private CommandResult Type(string word)
    {
        var (drive, name) = CommandLine.Split(word);
        var source = Find(drive);
        if (source?.Find(bdos.User, name) is not { } file)
        {
            return Say("No file");
        }

        var text = new StringBuilder();
        Span<byte> record = stackalloc byte[CpmDrive.RecordSize];
        for (int at = 0; at < file.Records && source.Read(bdos.User, name, at, record); at++)
        {
            int end = record.IndexOf(AsciiCode.EndOfFile);
            text.Append(Encoding.Latin1.GetString(end < 0 ? record : record[..end]));
            if (end >= 0)
            {
                break;
            }
        }

        return Show(text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'));
    }

    private CommandResult ChangeUser(string word)
    {
        if (!byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out byte user) || user > 15)
        {
            return Complain(word);
        }

        bdos.User = user;
        Remember();
        return CommandResult.Done;
    }

    private CommandResult Show(IEnumerable<string> lines)
    {
        _listing = [.. lines];
        _listed = 0;
        return ContinueListing();
    }

    /// <summary>Shows the lines of DIR and TYPE; ^S holds them, ^C ends them. (CP/M lets any key end them; so would a script that types ahead.)</summary>
    private CommandResult ContinueListing()
    {
        for (; _listed < _listing!.Length; _listed++)
        {
            console.Poll();
            if (console.Paused)
            {
                return CommandResult.Waiting;
            }

            if (console.TakeBreak())
            {
                break;
            }

            console.NewLine();
            console.Write(_listing[_listed]);
        }

        _listing = null;
        return CommandResult.Done;
    }
}
