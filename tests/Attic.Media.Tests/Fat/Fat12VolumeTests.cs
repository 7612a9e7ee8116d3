using Attic.Media.Fat;
using Attic.Media.Floppies;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Fat;

public class Fat12VolumeTests
{
    private static readonly DateTime s_stamp = new(1986, 3, 14, 15, 9, 26, DateTimeKind.Unspecified);

    [Fact]
    public void A_file_is_read_back_with_its_name_length_and_time()
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided);
        byte[] program = [.. Enumerable.Range(0, 5000).Select(value => (byte)value)];
        volume.MakeFolder("auto");
        volume.WriteFile("AUTO\\hello.prg", program, s_stamp);
        Assert.Equal(program, volume.ReadFile("/auto/HELLO.PRG"));
        Assert.Equal(new FatEntry("HELLO.PRG", false, 5000, 0x20, s_stamp), volume.List("AUTO").Single(entry => !entry.IsFolder));
        Assert.Equal("AUTO", Assert.Single(volume.List()).Name);
    }

    [Fact]
    public void A_rewritten_file_gives_its_old_clusters_back()
    {
        var volume = Fat12Volume.Format(DiskGeometry.SingleSided);
        long free = volume.FreeBytes;
        volume.WriteFile("A", new byte[100_000]);
        volume.WriteFile("A", new byte[10]);
        Assert.Equal(free - 1024, volume.FreeBytes);
        volume.Delete("A");
        Assert.Equal(free, volume.FreeBytes);
        Assert.False(volume.Exists("A"));
    }

    [Fact]
    public void A_full_disk_refuses_a_file_and_stays_as_it_was()
    {
        var volume = Fat12Volume.Format(DiskGeometry.SingleSided);
        volume.WriteFile("A", new byte[1000]);
        byte[] before = volume.Image.ToArray();
        Assert.Throws<IOException>(() => volume.WriteFile("A", new byte[400_000]));
        Assert.Equal(before, volume.Image.ToArray());
    }

    [Fact]
    public void A_folder_grows_and_the_root_does_not()
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided);
        volume.MakeFolder("F");
        for (int file = 0; file < 100; file++)
        {
            volume.WriteFile($"F/{file}.TXT", [(byte)file]);
        }

        Assert.Equal(102, volume.List("F").Count);
        Assert.Equal([77], volume.ReadFile("F/77.TXT"));
        var full = Assert.Throws<IOException>(() =>
        {
            for (int file = 0; file < 112; file++)
            {
                volume.WriteFile($"{file}.TXT", []);
            }
        });
        Assert.Contains("root folder", full.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TOOLONGNAME")]
    [InlineData("A.LONG")]
    [InlineData("A*B")]
    [InlineData("")]
    public void An_impossible_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Fat12Volume.Format(DiskGeometry.SingleSided).WriteFile(name, []));

    [Theory]
    [InlineData(11, 0)]
    [InlineData(13, 3)]
    [InlineData(14, 0)]
    [InlineData(16, 0)]
    [InlineData(17, 1)]
    [InlineData(22, 0)]
    [InlineData(22, 1)]
    public void A_hostile_boot_sector_is_refused_at_its_field(int field, byte value)
    {
        byte[] image = Fat12Volume.Format(DiskGeometry.DoubleSided).Image.ToArray();
        image[field] = value;
        image[field + 1] = 0;
        Assert.Equal(field, Assert.Throws<MediaFormatException>(() => Fat12Volume.Open(image)).Offset);
    }

    [Fact]
    public void A_chain_that_runs_in_a_circle_ends_in_an_error()
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided);
        volume.WriteFile("A", new byte[3000]);
        byte[] image = volume.Image.ToArray();
        ReadOnlySpan<byte> circle = [0x03, 0x20, 0x00];
        circle.CopyTo(image.AsSpan(512 + 3));
        var damaged = Fat12Volume.Open(image);
        Assert.Contains("circle", Assert.Throws<MediaFormatException>(() => damaged.ReadFile("A")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_beyond_the_chain_is_refused()
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided);
        volume.WriteFile("A", new byte[10]);
        byte[] image = volume.Image.ToArray();
        image[(11 * 512) + 31] = 0xFF;
        Assert.Throws<MediaFormatException>(() => Fat12Volume.Open(image).ReadFile("A"));
    }

    [Fact]
    public void Random_damage_never_does_more_than_a_refusal()
    {
        var volume = Fat12Volume.Format(DiskGeometry.SingleSided);
        volume.MakeFolder("F");
        volume.WriteFile("F/A", new byte[9000]);
        volume.WriteFile("B", new byte[3000]);
        byte[] sound = volume.Image.ToArray();
        Prop.ForAll<byte[], PositiveInt>((noise, seed) =>
        {
            byte[] image = (byte[])sound.Clone();
            var random = new System.Random(seed.Get);
            foreach (byte value in noise)
            {
                image[random.Next(22 * 512)] = value;
            }

            return SurvivesEverything(image);
        }).QuickCheckThrowOnFailure();
    }

    private static bool SurvivesEverything(byte[] image)
    {
        Action<Fat12Volume>[] uses =
        [
            volume => volume.List(),
            volume => volume.List("F"),
            volume => volume.ReadFile("F/A"),
            volume => volume.WriteFile("F/NEW", new byte[5000]),
            volume => volume.MakeFolder("F/G"),
            volume => volume.Delete("B"),
        ];
        foreach (var use in uses)
        {
            try
            {
                use(Fat12Volume.Open(image));
            }
            catch (Exception refusal) when (refusal is MediaFormatException or IOException)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }

        return true;
    }
}
