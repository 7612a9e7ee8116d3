using Attic.Abi.Machines;
using Attic.Media;
using Attic.Media.Cassettes;
using Attic.Media.Durability;
using Attic.Media.Printers;

namespace Attic.Cli.Machines;

/// <summary>Puts a tape into the recorder and paper into the printer.</summary>
internal static class XlDevices
{
    /// <summary>Attaches what was asked for.</summary>
    /// <param name="machine">The machine, powered on.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="parts">Takes what has to be closed after the machine.</param>
    /// <exception cref="CommandFailure">A file is missing, in use or broken, or the machine has no such device.</exception>
    public static void Attach(IMachine machine, MachineRequest request, ICollection<IDisposable> parts)
    {
        if (request.Cassette is { } tape)
        {
            InsertTape(machine, tape, request, parts);
        }

        if (request.Printer is { } file)
        {
            var port = machine.Capability<IPrinterPort>() ?? throw CommandFailure.BadInput("--printer: this machine has no printer that prints text.");
            var paper = OpenPaper(file);
            parts.Add(paper);
            port.Load(paper);
        }
    }

    private static void InsertTape(IMachine machine, string path, MachineRequest request, ICollection<IDisposable> parts)
    {
        var deck = machine.Capability<ITapeDeck>() ?? throw CommandFailure.BadInput("--cassette: this machine has no tape recorder.");
        var tape = OpenTape(path, request);
        parts.Add(tape);
        foreach (string notice in tape.Notices)
        {
            Console.Error.WriteLine($"attic: {path}: {notice}");
        }

        deck.Insert(tape, machine.Now);
        if (!request.RecordTape)
        {
            return;
        }

        if (tape.WriteProtected)
        {
            throw CommandFailure.BadInput($"--record: {path} cannot be recorded on: {tape.Protection}.");
        }

        // Behind what is on it already.
        deck.Wind(tape.Length, machine.Now);
        deck.Press(TapeKey.Record, machine.Now);
    }

    private static TapeImage OpenTape(string path, MachineRequest request)
    {
        try
        {
            if (request.RecordTape && !File.Exists(path))
            {
                Attic.Media.Durability.StagedFile.Write(path, TapeImage.Blank());
            }

            return TapeImage.Open(path, writeProtect: !request.RecordTape);
        }
        catch (MediaFormatException damage)
        {
            throw CommandFailure.BadInput($"{path} is no tape. {damage.Message}", "The recorder takes .cas and .wav, also packed with gzip or zip.", damage);
        }
        catch (FileInUseException busy)
        {
            throw CommandFailure.BadInput(busy.Message, inner: busy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"--cassette: {error.Message}", inner: error);
        }
    }

    private static PrinterFile OpenPaper(string path)
    {
        try
        {
            return new(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"--printer: {error.Message}", inner: error);
        }
    }
}
