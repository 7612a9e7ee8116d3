using Attic.Abi.Media;
using Attic.Media.Floppies8;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Floppies8;

public class AtxSpecTests
{
    [Fact]
    public void The_example_of_the_help_makes_what_it_says()
    {
        string example = AtxSpec.Help[AtxSpec.Help.IndexOf("density single\n", StringComparison.Ordinal)..];
        var disk = DiskImage8.FromBytes("d.atx", Make(example));
        var sectors = disk.SectorsOfTrack(5).ToArray();
        Assert.Equal(20, sectors.Length);
        Assert.Equal([723, 9_404, 18_085], sectors.Where(sector => sector.Number == 7).Select(sector => (int)sector.Position));
        Assert.Equal(64, Single(3).WeakFrom);
        Assert.Equal(AtariSectorFlags.CrcError, Single(4).Flags);
        Assert.Equal(AtariSectorFlags.NoData, Single(5).Flags);
        Assert.Equal((3, AtariSectorFlags.Long | AtariSectorFlags.CrcError), (Single(6).SizeCode, Single(6).Flags));

        AtariSector Single(int number) => sectors.Single(sector => sector.Number == number);
    }

    [Theory]
    [InlineData("density triple", 1)]
    [InlineData("\nfill 1\ndensity double", 3)]
    [InlineData("track 40", 1)]
    [InlineData("clear", 1)]
    [InlineData("track 1\nremove 19", 2)]
    [InlineData("track 1\nsector 7 at 360", 2)]
    [InlineData("track 1\nsector 7 at 10 data XYZ", 2)]
    [InlineData("track 1\nsector 7 at 10 long 128", 2)]
    [InlineData("track 1\nchange 7 weak 128", 2)]
    [InlineData("track 1 2", 1)]
    [InlineData("boot", 1)]
    public void A_wrong_line_is_named(string text, int line) =>
        Assert.Equal(line, Assert.Throws<SpecException>(() => Make(text)).Line);

    [Fact]
    public void A_turned_track_keeps_its_order() =>
        Assert.Equal(
            [18, 1, 3],
            DiskImage8.FromBytes("d.atx", Make("track 2\nturn 40\n")).SectorsOfTrack(2)[..3].ToArray().Select(sector => (int)sector.Number));

    [Fact]
    public void Whatever_is_said_makes_a_sound_disk_or_is_refused()
    {
        string[] words = ["density", "single", "double", "enhanced", "fill", "FF", "track", "3", "clear", "remove", "7", "turn", "90", "sector", "at", "change", "data", "crc", "missing", "deleted", "long", "512", "weak", "10", "#", "\n", "\n", "\n"];
        Prop.ForAll<byte[]>(choice =>
        {
            string text = string.Join(' ', choice.Select(value => words[value % words.Length]));
            try
            {
                DiskImage8.FromBytes("d.atx", Make(text)).ReadAll();
            }
            catch (SpecException)
            {
                // Refused, with the line.
            }
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Make(string text) => AtxSpec.Make(text, _ => throw new FileNotFoundException());
}
