using System.CommandLine;
using System.CommandLine.Parsing;

namespace Attic.Cli.Verbs;

/// <summary>The options that say which machine; the same for every verb.</summary>
internal static class MachineOptions
{
    /// <summary><c>--machine</c>: the short name, turned into the contract's long one.</summary>
    public static Option<string> Machine() => new("--machine", "-m")
    {
        Description = "Which machine: st.",
        HelpName = "st|xl",
        DefaultValueFactory = _ => "atari_st",
        CustomParser = result => ReadMachine(result),
    };

    /// <summary><c>--profile</c>.</summary>
    public static Option<string?> Profile() => new("--profile")
    {
        Description = "Model, memory and region: st_520_pal, st_520_ntsc, st_1040_pal, st_1040_ntsc … (the JSON files on the card under config/engine_v2/machines).",
        HelpName = "P",
    };

    /// <summary><c>--rom</c>.</summary>
    public static Option<FileInfo?> Rom() => new("--rom")
    {
        Description = "Operating system image; without it our own ROM from the card.",
        HelpName = "FILE",
    };

    /// <summary><c>--card</c>.</summary>
    public static Option<DirectoryInfo?> Card() => new("--card")
    {
        Description = "Folder with ROMs, disks, modules and saves; default ~/.attic/sdcard.",
        HelpName = "DIR",
    };

    /// <summary><c>--disk A=FILE</c>, <c>--disk D1=FILE</c>, for each drive once.</summary>
    public static Option<DiskArgument[]> Disks() => new("--disk")
    {
        Description = "Puts a disk image into a drive: --disk A=work.st (.st, .msa), on an XL --disk D1=work.atr (.atr, .xfd, .atx). What the machine writes goes into the file.",
        HelpName = "DRIVE=FILE",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = result => ReadDisks(result),
    };

    private static string? ReadMachine(ArgumentResult result)
    {
        string name = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
        switch (name)
        {
            case "st" or "atari_st":
                return "atari_st";
            case "xl" or "atari_xl":
                return "atari_xl";
            default:
                result.AddError($"There is no machine \"{name}\". Machines: st.");
                return null;
        }
    }

    // A and B on the ST, D1 to D8 on the XL; -1 for anything else.
    private static int DriveOf(string name) => name.ToUpperInvariant() switch
    {
        "A" => 0,
        "B" => 1,
        ['D', >= '1' and <= '8' and var digit] => digit - '1',
        _ => -1,
    };

    private static DiskArgument[]? ReadDisks(ArgumentResult result)
    {
        var disks = new List<DiskArgument>();
        foreach (var token in result.Tokens)
        {
            int equals = token.Value.IndexOf('=', StringComparison.Ordinal);
            int drive = equals < 0 ? -1 : DriveOf(token.Value[..equals]);
            if (drive < 0 || equals == token.Value.Length - 1)
            {
                result.AddError($"--disk wants a drive and a file, A=work.st or B=data.msa, on an XL D1=work.atr to D8, not \"{token.Value}\".");
                return null;
            }

            disks.Add(new DiskArgument(drive, token.Value[(equals + 1)..]));
        }

        var twice = disks.GroupBy(disk => disk.Drive).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            result.AddError($"--disk names drive {(char)('A' + twice.Key)} (D{twice.Key + 1}) twice; a drive takes one disk.");
            return null;
        }

        return [.. disks];
    }
}

/// <summary>A disk image for a drive.</summary>
/// <param name="Drive">0 is A or D1.</param>
/// <param name="Path">The file.</param>
internal sealed record DiskArgument(int Drive, string Path);
