using Attic.Abi.Media;
using Attic.Media.Cartridges;
using Attic.Media.Cassettes;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;
using Attic.Media.Tests.Floppies8;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests;

/// <summary>Every file that an XL takes, damaged, cut, or under another's name: read whole, or refused with the offset and what was expected.</summary>
public class DamagedFilesTests
{
    private static readonly string[] s_endings = [".atr", ".xfd", ".atx", ".car", ".rom", ".cas", ".wav", ".xex", ".com", ".bas", ".lst", ".gz", ".zip"];

    public static TheoryData<string> Kinds => [.. Files().Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_damaged_file_is_read_or_refused(string kind)
    {
        byte[] sound = Files()[kind];
        Prop.ForAll<(ushort, byte)[], ushort, bool>((changes, cut, cuts) =>
        {
            byte[] file = cuts ? sound[..(cut % sound.Length)] : [.. sound];
            foreach (var (at, value) in changes)
            {
                // Two of three into the file's beginning, where its structure is.
                int place = at % 3 == 0 ? at : at % 64;
                if (file.Length > 0)
                {
                    file[place % file.Length] = value;
                }
            }

            OpensOrRefuses(kind, file);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_under_anothers_name_is_read_or_refused(string kind)
    {
        foreach (string ending in s_endings)
        {
            OpensOrRefuses(ending, Files()[kind]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_is_whole_is_read(string kind) => Open(kind, Files()[kind]);

    [Fact]
    public void A_disk_that_is_full_of_data_or_protected_keeps_what_it_has()
    {
        foreach (string name in (string[])["a.atr", "a.xfd", "a.atx"])
        {
            byte[] blank = DiskImage8.Blank(name, AtariDiskShape.Single)!;
            using var locked = DiskImage8.FromBytes(name, blank, writeProtect: true);
            Assert.False(locked.WriteSector(0, 0, new byte[128]));
            Assert.False(locked.Format(AtariDiskShape.Enhanced));
            Assert.Equal(blank, locked.ToFile());

            // No sector takes more than it has.
            using var disk = DiskImage8.FromBytes(name, blank);
            Assert.False(disk.WriteSector(0, 0, new byte[129]));
            Assert.Equal(blank, disk.ToFile());
        }
    }

    private static Dictionary<string, byte[]> Files() => new(StringComparer.Ordinal)
    {
        [".atr"] = DroppedSamples.Atr(),
        [".xfd"] = DroppedSamples.Atr()[16..],
        [".atx"] = DroppedSamples.Atx(),
        [".car"] = DroppedSamples.Car(),
        [".cas"] = DroppedSamples.Cas(),
        [".wav"] = TapeSounds.Wav([10_000, 12_000], 30_000, channels: 2),
        [".xex"] = DroppedSamples.Xex(),
        [".bas"] = DroppedSamples.Bas(),
        [".lst"] = DroppedSamples.Lst(),
    };

    private static void OpensOrRefuses(string ending, byte[] file)
    {
        try
        {
            Open(ending, file);
        }
        catch (MediaFormatException refusal)
        {
            Assert.True(refusal.Offset >= 0, refusal.Message);
            Assert.NotEmpty(refusal.Expected);
            Assert.NotEmpty(refusal.Found);
        }
    }

    private static void Open(string ending, byte[] file)
    {
        string name = "a" + ending;
        switch (ending)
        {
            case ".car" or ".rom":
                Assert.False(XlCartridgeFile.Read(name, file).Image.IsEmpty);
                break;
            case ".cas" or ".wav":
                using (var tape = TapeImage.FromBytes(name, file))
                {
                    Assert.True(tape.Length >= 0);
                    Assert.Equal(0, tape.Sound?.At(long.MaxValue) ?? 0);
                }

                break;
            default:
                using (var disk = DiskFile.FromBytes(name, file))
                {
                    (disk as DiskImage8)?.ReadAll();
                }

                break;
        }
    }
}
