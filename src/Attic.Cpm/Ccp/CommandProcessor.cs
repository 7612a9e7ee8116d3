using System.Globalization;
using System.Text;
using Attic.Cpm.Bdos;
using Attic.Cpm.Drives;
using Attic.Cpm.Terminal;

namespace Attic.Cpm.Ccp;

/// <summary>
/// The Console Command Processor: prompt, built-in commands, programs (CP/M 2.2 User's Guide). Two conveniences are ours: a
/// program that is not on the current drive is looked for on A:, and EXIT ends the session.
/// </summary>
internal sealed partial class CommandProcessor(CpmMemory memory, CpmDrives drives, ConsoleDevice console, BdosCalls bdos)
{
    private const int LineLimit = 127;
    private static readonly CpmName SubmitFile = CpmName.Parse("$$$.SUB");
    private readonly LineEditor _editor = new(console);
    private readonly Queue<string> _submitted = [];
    private bool _prompted;
    private string[]? _listing;
    private int _listed;

    /// <summary>Queues a line to be executed as though typed.</summary>
    public void Submit(string line) => _submitted.Enqueue(line);

    /// <summary>A warm boot: back to the prompt, on the drive and in the user area of the byte at $0004.</summary>
    public void Boot()
    {
        byte current = memory.Ram[CpmLayout.DriveAndUser];
        bdos.User = current >> 4;
        bdos.Drive = drives[current & 0x0F] is null ? 0 : current & 0x0F;
        _prompted = false;
        _listing = null;
        _editor.Abandon();
    }

    /// <summary>Goes on: shows the prompt, takes keys, executes.</summary>
    public CommandResult Continue()
    {
        if (_listing is not null)
        {
            return ContinueListing();
        }

        if (!_prompted)
        {
            Prompt();
        }

        string? line = NextLine(out bool rebooted);
        if (rebooted)
        {
            _prompted = false;
            return CommandResult.Done;
        }

        if (line is null)
        {
            return CommandResult.Waiting;
        }

        _prompted = false;
        return Execute(new CommandLine(line));
    }

    private void Prompt()
    {
        console.NewLine();
        console.Write($"{(char)('A' + bdos.Drive)}{(bdos.User == 0 ? "" : bdos.User.ToString(CultureInfo.InvariantCulture))}>");
        _prompted = true;
    }

    private string? NextLine(out bool rebooted)
    {
        rebooted = false;
        if (_submitted.TryDequeue(out string? queued) || TakeSubmitRecord(out queued))
        {
            console.Write(queued);
            return queued;
        }

        var result = _editor.Continue(LineLimit);
        rebooted = result == LineResult.Reboot;
        return result == LineResult.Done ? string.Concat(_editor.Line.Select(key => (char)key)) : null;
    }

    /// <summary>SUBMIT leaves its lines in A:$$$.SUB, the next one last: a length and the characters in each record.</summary>
    private bool TakeSubmitRecord(out string line)
    {
        line = "";
        var drive = drives[0];
        var file = drive?.Find(0, SubmitFile);
        if (drive is null || file is not { Records: > 0 })
        {
            return false;
        }

        Span<byte> record = stackalloc byte[CpmDrive.RecordSize];
        drive.Read(0, SubmitFile, file.Value.Records - 1, record);
        line = Encoding.ASCII.GetString(record.Slice(1, Math.Min((int)record[0], CpmDrive.RecordSize - 1)));
        if (file.Value.Records == 1)
        {
            drive.Delete(0, SubmitFile);
        }
        else
        {
            drive.Truncate(0, SubmitFile, file.Value.Records - 1);
        }

        return true;
    }

    private CommandResult Execute(CommandLine line)
    {
        if (line.Verb.Length == 0 || line.Verb[0] == ';')
        {
            return CommandResult.Done;
        }

        if (line.Verb.Length == 2 && line.Verb[1] == ':')
        {
            return ChangeDrive(line.Verb[0] - 'A');
        }

        try
        {
            return BuiltIn(line) ?? Load(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            console.NewLine();
            console.Write(error is UnauthorizedAccessException ? "File R/O" : "Disk error");
            return CommandResult.Done;
        }
    }

    private CommandResult ChangeDrive(int drive)
    {
        if (drive is < 0 or >= CpmDrives.Count || drives[drive] is null)
        {
            console.NewLine();
            console.Write($"Bdos Err On {(char)('A' + drive)}: Select");
            return CommandResult.Done;
        }

        bdos.Drive = drive;
        Remember();
        return CommandResult.Done;
    }

    private void Remember() => memory.Ram[CpmLayout.DriveAndUser] = (byte)(bdos.User << 4 | bdos.Drive);

    private CommandResult Load(CommandLine line)
    {
        var (drive, name) = CommandLine.Split(line.Verb.Contains('.', StringComparison.Ordinal) ? line.Verb : line.Verb + ".COM");
        bool loaded = drive != 0 ? LoadFrom(drive - 1, bdos.User, name) : LoadFrom(bdos.Drive, bdos.User, name) || LoadFrom(0, 0, name);
        if (!loaded)
        {
            return Complain(line.Verb);
        }

        PrepareFcb(CpmLayout.FirstFcb, line.Word(0));
        PrepareFcb(CpmLayout.SecondFcb, line.Word(1));
        memory.Ram[CpmLayout.FirstFcb + 32] = 0;
        string tail = line.Tail.Length > LineLimit ? line.Tail[..LineLimit] : line.Tail;
        memory.Ram[CpmLayout.DefaultBuffer] = (byte)tail.Length;
        memory.CopyFrom(CpmLayout.DefaultBuffer + 1, Encoding.ASCII.GetBytes(tail + '\0'));
        console.NewLine();
        return CommandResult.Start;
    }

    private bool LoadFrom(int drive, int user, CpmName name)
    {
        var source = drives[drive];
        if (name.IsAmbiguous || source?.Find(user, name) is not { Records: > 0 } file)
        {
            return false;
        }

        if (file.Length > CpmLayout.Ccp - CpmLayout.ProgramArea)
        {
            console.NewLine();
            console.Write("Bad load");
            return false;
        }

        for (int record = 0; record < file.Records; record++)
        {
            source.Read(user, name, record, memory.Ram.AsSpan(CpmLayout.ProgramArea + (record * CpmDrive.RecordSize), CpmDrive.RecordSize));
        }

        return true;
    }

    private void PrepareFcb(ushort address, string word)
    {
        var (drive, name) = CommandLine.Split(word);
        Span<byte> fcb = stackalloc byte[16];
        fcb.Clear();
        fcb[0] = (byte)drive;
        name.CopyTo(fcb[1..]);
        memory.CopyFrom(address, fcb);
    }

    private CommandResult Complain(string word)
    {
        console.NewLine();
        console.Write(word + "?");
        return CommandResult.Done;
    }
}
