using Attic.Cli.Verbs;
using Attic.Engine.Files;

namespace Attic.Cli.Machines;

/// <summary>Puts a file that was named without an option where it belongs, and says on standard error what was chosen.</summary>
internal static class DroppedFiles
{
    /// <summary>The request with the file in it; what the user said himself stands.</summary>
    /// <param name="request">What the options say.</param>
    /// <param name="path">The file.</param>
    /// <param name="anyMachine">Whether no machine was asked for.</param>
    /// <exception cref="CommandFailure">No machine takes such a file, or not the one that was asked for.</exception>
    public static MachineRequest Place(MachineRequest request, string path, bool anyMachine)
    {
        string name = Path.GetFileName(path);
        var found = DroppedFile.Look(name, Read(path)) ?? throw CommandFailure.BadInput(
            $"{name} is no disk, cartridge or program that a machine here takes.",
            "They take .st .msa .atr .xfd .atx .car .rom .xex .com .bas .lst and .cas; options name the place: --disk, --cartridge.");
        if (!anyMachine && !string.Equals(found.Machine, request.Machine, StringComparison.Ordinal))
        {
            throw CommandFailure.BadInput($"{found.Reasons[0]} It is not for the machine that --machine names.", "Leave --machine out.");
        }

        foreach (string reason in found.Reasons)
        {
            Console.Error.WriteLine($"attic: {reason}");
        }

        request = request with
        {
            Machine = found.Machine,
            Profile = request.Profile ?? found.Profile,
            Basic = request.Basic ?? (found.Basic is { } on ? on ? "on" : "off" : null),
        };
        return found.Place switch
        {
            DroppedPlace.Disk => request with { Disks = [new(string.Equals(found.Machine, "atari_xl", StringComparison.Ordinal) ? "D1" : "A", path), .. request.Disks] },
            DroppedPlace.Cartridge => request with { Cartridge = path },
            _ => request with { Cassette = path, BootFromCassette = true },
        };
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"Cannot open {path}: {error.Message}", inner: error);
        }
    }
}
