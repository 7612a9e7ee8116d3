using System.Text.RegularExpressions;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Engine.Catalogs;
using Attic.Media;
using Attic.Media.Cartridges;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;
using Attic.Media.Programs;

namespace Attic.Engine.Files;

/// <summary>Where a file goes in a machine.</summary>
public enum DroppedPlace
{
    /// <summary>Into the first drive.</summary>
    Disk,

    /// <summary>Into the cartridge slot.</summary>
    Cartridge,

    /// <summary>Into the cassette recorder.</summary>
    Cassette,
}

/// <summary>What a file that a user hands over without a word is taken for, and why.</summary>
/// <param name="Machine">The machine that it is for: <c>atari_st</c>, <c>atari_xl</c>.</param>
/// <param name="Place">Where it goes.</param>
/// <param name="Region">PAL or NTSC, where its name says so.</param>
/// <param name="Basic">Whether an XL should start with BASIC; null where nothing tells.</param>
/// <param name="Reasons">What was chosen, a sentence each.</param>
public sealed partial record DroppedFile(string Machine, DroppedPlace Place, VideoRegion? Region, bool? Basic, IReadOnlyList<string> Reasons)
{
    private const string Xl = "atari_xl";
    private const string St = "atari_st";
    private const int VtocSector = 360;
    private const int DirectorySector = 361;
    private const int DirectorySectors = 8;
    private const int EntryBytes = 16;

    /// <summary>The XL's profile for the region; null for the machine's usual one.</summary>
    public string? Profile => (Machine, Region) switch
    {
        (Xl, VideoRegion.Pal) => "xl_800_pal",
        (Xl, VideoRegion.Ntsc) => "xl_800_ntsc",
        (St, VideoRegion.Pal) => "st_1040_pal",
        (St, VideoRegion.Ntsc) => "st_1040_ntsc",
        _ => null,
    };

    /// <summary>Looks at a file; null when no machine here takes such a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="file">Its bytes.</param>
    public static DroppedFile? Look(string name, ReadOnlySpan<byte> file)
    {
        var region = RegionOf(name);
        string ending = Path.GetExtension(name).ToLowerInvariant();
        var reasons = new List<string>();
        DroppedFile? found = null;
        if (ProgramFile.Recognises(name))
        {
            bool basic = ending is ".bas" or ".lst" or ".lis";
            reasons.Add(basic ? $"{name} is a BASIC program of the 8-bit Ataris: BASIC is on." : $"{name} is a binary program of the 8-bit Ataris: its loader switches BASIC off.");
            found = new(Xl, DroppedPlace.Disk, region, basic ? true : null, reasons);
        }
        else if (XlCartridgeFile.IsCar(file))
        {
            reasons.Add($"{name} is a cartridge of the 8-bit Ataris.");
            found = new(Xl, DroppedPlace.Cartridge, region, null, reasons);
        }
        else if (ending is ".cas" || file.StartsWith("FUJI"u8))
        {
            reasons.Add($"{name} is a cassette of the 8-bit Ataris.");
            found = new(Xl, DroppedPlace.Cassette, region, null, reasons);
        }
        else if (DiskFile.IsEightBit(name, file))
        {
            found = new(Xl, DroppedPlace.Disk, region, BasicFor(name, file, reasons), reasons);
        }
        else if (ending is ".st" or ".msa")
        {
            reasons.Add($"{name} is a disk of the Atari ST.");
            found = new(St, DroppedPlace.Disk, region, null, reasons);
        }
        else if (RomImage.IsCartridge(file, file.Length))
        {
            reasons.Add($"{name} is a cartridge of the Atari ST.");
            found = new(St, DroppedPlace.Cartridge, region, null, reasons);
        }
        else if (ending is ".rom" or ".bin" or ".car")
        {
            reasons.Add($"{name} is taken for a raw cartridge of the 8-bit Ataris.");
            found = new(Xl, DroppedPlace.Cartridge, region, null, reasons);
        }

        if (found is not null && region is { } told)
        {
            reasons.Add($"Its name says {(told == VideoRegion.Pal ? "PAL" : "NTSC")}.");
        }

        return found;
    }

    // (PAL), [NTSC], _pal. as collections tag their files.
    [GeneratedRegex(@"[\(\[ _\-.](?<region>pal|ntsc)[\)\] _\-.]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RegionTag();

    private static VideoRegion? RegionOf(string name)
    {
        var match = RegionTag().Match(name);
        return !match.Success ? null
            : match.Groups["region"].Value.Equals("pal", StringComparison.OrdinalIgnoreCase) ? VideoRegion.Pal : VideoRegion.Ntsc;
    }

    // A disk of a DOS is for BASIC when BASIC programs are on it; one without files starts a program of its own.
    private static bool? BasicFor(string name, ReadOnlySpan<byte> file, List<string> reasons)
    {
        try
        {
            using var disk = DiskImage8.FromBytes(name, file);
            byte[]? vtoc = Sector(disk, VtocSector);
            byte[]? boot = Sector(disk, 1);
            if (vtoc is not [2, ..])
            {
                bool boots = boot is [_, > 0, ..];
                reasons.Add(boots
                    ? $"{name} is a disk of the 8-bit Ataris that boots without a DOS: BASIC is off."
                    : $"{name} is a disk of the 8-bit Ataris.");
                return boots ? false : null;
            }

            var names = Enumerable.Range(DirectorySector, DirectorySectors).SelectMany(sector => Names(Sector(disk, sector))).ToList();
            if (names.Exists(entry => entry.EndsWith("BAS", StringComparison.Ordinal)))
            {
                reasons.Add($"{name} is a DOS disk of the 8-bit Ataris with BASIC programs: BASIC is on.");
                return true;
            }

            bool starts = names.Contains("AUTORUN SYS", StringComparer.Ordinal);
            reasons.Add(starts
                ? $"{name} is a DOS disk of the 8-bit Ataris that starts AUTORUN.SYS: BASIC is off."
                : $"{name} is a DOS disk of the 8-bit Ataris.");
            return starts ? false : null;
        }
        catch (MediaFormatException)
        {
            // Whoever opens it says what is wrong with it.
            reasons.Add($"{name} is a disk of the 8-bit Ataris.");
            return null;
        }
    }

    // Flag, length, first sector, name and ending of 8 and 3 (DOS 2.0S, directory entries); bit 6: in use, bit 7: deleted.
    private static IEnumerable<string> Names(byte[]? sector)
    {
        for (int at = 0; sector is not null && at + EntryBytes <= 128 && at + EntryBytes <= sector.Length; at += EntryBytes)
        {
            if ((sector[at] & 0xC0) == 0x40)
            {
                yield return System.Text.Encoding.Latin1.GetString(sector, at + 5, 11);
            }
        }
    }

    private static byte[]? Sector(IAtariDisk disk, int sector)
    {
        if (sector > disk.Shape.Sectors)
        {
            return null;
        }

        int track = disk.Shape.TrackOf(sector);
        var sectors = disk.SectorsOfTrack(track);
        for (int index = 0; index < sectors.Length; index++)
        {
            if (sectors[index].Number == disk.Shape.NumberOf(sector))
            {
                return disk.ReadSector(track, index).ToArray();
            }
        }

        return null;
    }
}
