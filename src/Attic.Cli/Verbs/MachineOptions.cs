using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Attic.Abi.AtariXl;
using Attic.Engine.Machines;

namespace Attic.Cli.Verbs;

/// <summary>The options that say which machine; the same for every verb.</summary>
internal static class MachineOptions
{
    /// <summary><c>--machine</c>: the short name, turned into the contract's long one.</summary>
    public static Option<string> Machine() => new("--machine", "-m")
    {
        Description = "Which machine: st (Atari ST) or xl (Atari 800XL).",
        HelpName = "st|xl",
        DefaultValueFactory = _ => "atari_st",
        CustomParser = result => ReadMachine(result),
    };

    /// <summary><c>--profile</c>.</summary>
    public static Option<string?> Profile() => new("--profile")
    {
        Description = "Model, memory and region: st_520_pal, st_520_ntsc, st_1040_pal, st_1040_ntsc, xl_800_pal, xl_800_ntsc, xe_130_pal, xe_130_ntsc … (the JSON files on the card under config/engine_v2/machines).",
        HelpName = "P",
    };

    /// <summary><c>--rom</c>.</summary>
    public static Option<FileInfo?> Rom() => new("--rom")
    {
        Description = "Operating system image; of an XL also a folder with ATARIXL.ROM and ATARIBAS.ROM. Without it our own ROM from the card.",
        HelpName = "FILE|DIR",
    };

    /// <summary><c>--card</c>.</summary>
    public static Option<DirectoryInfo?> Card() => new("--card")
    {
        Description = "Folder with ROMs, disks, modules and saves; default ~/.attic/sdcard.",
        HelpName = "DIR",
    };

    /// <summary><c>--basic</c>: on, off, or BASIC's image.</summary>
    public static Option<string?> Basic() => new("--basic")
    {
        Description = "XL: off holds OPTION while the machine powers on; FILE is BASIC's image.",
        HelpName = "on|off|FILE",
    };

    /// <summary><c>FILE</c> without an option: a disk, cartridge or program whose machine is told from it.</summary>
    public static Argument<FileInfo?> File() => new("FILE")
    {
        Description = "A disk, cartridge or program (.st .msa .atr .xfd .atx .car .rom .xex .com .bas .lst): chooses the machine and where it goes, and says so.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary><c>--memory</c>: an XL's memory.</summary>
    public static Option<string?> Memory() => new("--memory")
    {
        Description = "XL: memory in KB: 16, 48, 64, 128, 192, 256, 320, 576, 1088; 320-compy and 576-compy have ANTIC's own switch. Default: the profile's.",
        HelpName = "KB",
        CustomParser = result => ReadMemory(result),
    };

    /// <summary><c>--power-on</c>: what an XL's memory holds at first.</summary>
    public static Option<string?> PowerOn()
    {
        var option = new Option<string?>("--power-on")
        {
            Description = "XL: what memory holds at power-on: random (the same for the same --seed), zero, or pattern.",
            HelpName = "random|zero|pattern",
        };
        option.AcceptOnlyFromAmong("random", "zero", "pattern");
        return option;
    }

    /// <summary><c>--drive</c>: the kind of an XL's drives.</summary>
    public static Option<string?> DriveModel()
    {
        var option = new Option<string?>("--drive")
        {
            Description = "XL: the kind of its disk drives: us-doubler (a 1050 with double density and high speed), 810, 1050, xf551.",
            HelpName = "MODEL",
        };
        option.AcceptOnlyFromAmong("us-doubler", "810", "1050", "xf551");
        return option;
    }

    /// <summary><c>--artifacts</c>.</summary>
    public static Option<bool> Artifacts() => new("--artifacts")
    {
        Description = "XL, NTSC: single pixels of high-resolution modes are coloured, as on a television.",
    };

    /// <summary><c>--fast-sio</c>.</summary>
    public static Option<bool> FastSio() => new("--fast-sio")
    {
        Description = "XL: the operating system's disk calls take no time; programs that drive the serial bus themselves see no difference.",
    };

    /// <summary><c>--seed</c>: of all that is random.</summary>
    public static Option<uint?> Seed() => new("--seed")
    {
        Description = "Seeds power-on memory and all else that is random; default: the profile's.",
        HelpName = "N",
    };

    /// <summary><c>--disk A=FILE</c>, for each drive once.</summary>
    public static Option<DiskArgument[]> Disks() => new("--disk")
    {
        Description = "Puts a disk image into a drive: --disk A=work.st (ST: A, B; .st, .msa) or --disk D1=work.atr (XL: D1 to D8; .atr, .xfd, .atx). What the machine writes goes into the file.",
        HelpName = "DRIVE=FILE",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = result => ReadDisks(result),
    };

    /// <summary>What the options of an XL replace of its profile.</summary>
    public static MachineChoices Choices(string? memory, string? powerOn, uint? seed, string? drives, bool fastSio, bool artifacts) => new()
    {
        RamKilobytes = memory is null ? null : int.Parse(memory.Split('-')[0], CultureInfo.InvariantCulture),
        Expansion = memory?.EndsWith("-compy", StringComparison.Ordinal) == true ? XlMemoryExpansion.CompyShop : null,
        Seed = seed,
        PowerOnMemory = powerOn switch
        {
            "zero" => XlPowerOnMemory.Zero,
            "pattern" => XlPowerOnMemory.Pattern,
            "random" => XlPowerOnMemory.Random,
            _ => null,
        },
        Drives = drives switch
        {
            "810" => XlDriveModel.Atari810,
            "1050" => XlDriveModel.Atari1050,
            "xf551" => XlDriveModel.Xf551,
            "us-doubler" => XlDriveModel.UsDoubler,
            _ => null,
        },
        FastSio = fastSio ? true : null,
        Artifacts = artifacts ? true : null,
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
                result.AddError($"There is no machine \"{name}\". Machines: st, xl.");
                return null;
        }
    }

    private static string? ReadMemory(ArgumentResult result)
    {
        string value = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
        string number = value.EndsWith("-compy", StringComparison.Ordinal) ? value[..^6] : value;
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return value;
        }

        result.AddError($"--memory takes a number of KB, 320 or 320-compy, not \"{value}\".");
        return null;
    }

    private static DiskArgument[]? ReadDisks(ArgumentResult result)
    {
        var disks = new List<DiskArgument>();
        foreach (var token in result.Tokens)
        {
            int equals = token.Value.IndexOf('=', StringComparison.Ordinal);
            string drive = equals > 0 ? token.Value[..equals].ToUpperInvariant().TrimEnd(':') : string.Empty;
            if (DiskArgument.DriveOf(drive) < 0 || equals == token.Value.Length - 1)
            {
                result.AddError($"--disk wants a drive and a file, A=work.st or D1=work.atr, not \"{token.Value}\".");
                return null;
            }

            disks.Add(new DiskArgument(drive, token.Value[(equals + 1)..]));
        }

        var twice = disks.GroupBy(disk => disk.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            result.AddError($"--disk names drive {twice.Key} twice; a drive takes one disk.");
            return null;
        }

        return [.. disks];
    }
}

/// <summary>A disk image for a drive.</summary>
/// <param name="Name">The drive as the user names it, upper case: <c>A</c>, <c>B</c> of an ST, <c>D1</c> to <c>D8</c> of an XL.</param>
/// <param name="Path">The file.</param>
internal sealed record DiskArgument(string Name, string Path)
{
    /// <summary>0 is A or D1.</summary>
    public int Drive => DriveOf(Name);

    /// <summary>Whether an XL has a drive of that name; else it is an ST's.</summary>
    public bool IsXl => Name.Length == 2;

    /// <summary>The number of a drive, from 0; -1 when no machine has one of that name.</summary>
    public static int DriveOf(string name) => name switch
    {
        ['D', >= '1' and <= '8' and var digit] => digit - '1',
        ['A' or 'B'] => name[0] - 'A',
        _ => -1,
    };
}
