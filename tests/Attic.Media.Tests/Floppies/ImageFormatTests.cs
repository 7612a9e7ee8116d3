using System.IO.Compression;
using Attic.Media.Floppies;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Floppies;

public class ImageFormatTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            foreach (int sides in (int[])[1, 2])
            {
                foreach (int sectors in (int[])[9, 10, 11])
                {
                    shapes.Add(80, sides, sectors);
                    shapes.Add(82, sides, sectors);
                    shapes.Add(85, sides, sectors);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_raw_image_without_a_boot_sector_is_recognised_by_its_length(int cylinders, int sides, int sectors)
    {
        var geometry = new DiskGeometry(cylinders, sides, sectors);
        Assert.Equal(geometry, DiskGeometry.Of(new byte[geometry.Bytes]));
    }

    [Fact]
    public void A_boot_sector_describes_a_disk_of_unusual_length()
    {
        byte[] image = Attic.Media.Fat.Fat12Volume.Format(new(40, 1, 8)).Image.ToArray();
        Assert.Equal(new(40, 1, 8), DiskGeometry.Of(image));
    }

    [Fact]
    public void A_boot_sector_that_contradicts_the_length_is_ignored()
    {
        byte[] image = new byte[DiskGeometry.DoubleSided.Bytes];
        image[12] = 2;
        image[24] = 11;
        image[26] = 2;
        Assert.Equal(DiskGeometry.DoubleSided, DiskGeometry.Of(image));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Msa_gives_back_what_was_packed(int cylinders, int sides, int sectors)
    {
        var content = Disks.Numbered(new(cylinders, sides, sectors));
        content.SetTrack(3, 0, new byte[sectors * 512]);
        content.SetSector(4, 0, 2, Disks.Sector(0xE5));
        byte[] packed = MsaCodec.Instance.Encode(content);
        Assert.Equal(content.Hash(), MsaCodec.Instance.Decode(packed).Hash());
    }

    [Fact]
    public void Msa_packs_runs_and_single_run_marks()
    {
        var content = new DiskContent();
        byte[] track = new byte[9 * 512];
        track[100] = 0xE5;
        content.SetTrack(0, 0, track);
        byte[] expected =
        [
            0x0E, 0x0F, 0, 9, 0, 0, 0, 0, 0, 0,
            0, 12, 0xE5, 0, 0, 100, 0xE5, 0xE5, 0, 1, 0xE5, 0, 0x11, 0x9B,
        ];
        Assert.Equal(expected, MsaCodec.Instance.Encode(content));
    }

    [Theory]
    [InlineData(0, 0x0F, 0)]
    [InlineData(3, 0, 2)]
    [InlineData(3, 12, 2)]
    [InlineData(5, 2, 4)]
    [InlineData(7, 1, 6)]
    [InlineData(9, 86, 8)]
    [InlineData(11, 0, 10)]
    [InlineData(10, 0xFF, 10)]
    [InlineData(15, 0xFF, 20)]
    [InlineData(12, 0x00, 24)]
    public void A_damaged_msa_is_refused_at_its_damage(int at, byte value, long offset)
    {
        byte[] file =
        [
            0x0E, 0x0F, 0, 9, 0, 0, 0, 0, 0, 0,
            0, 12, 0xE5, 0, 0, 100, 0xE5, 0xE5, 0, 1, 0xE5, 0, 0x11, 0x9B,
        ];
        file[at] = value;
        var error = Assert.Throws<MediaFormatException>(() => MsaCodec.Instance.Decode(file));
        Assert.Equal(offset, error.Offset);
    }

    [Fact]
    public void A_truncated_file_names_its_end_at_every_length()
    {
        byte[] msa = MsaCodec.Instance.Encode(Disks.Numbered(new(2, 2, 9)));
        for (int length = 0; length < msa.Length; length += 37)
        {
            var error = Assert.Throws<MediaFormatException>(() => MsaCodec.Instance.Decode(msa.AsSpan(0, length)));
            Assert.Equal(length, error.Offset);
        }

        Assert.Equal(737279, Assert.Throws<MediaFormatException>(() => StCodec.Instance.Decode(new byte[737279])).Offset);
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_and_nothing_else()
    {
        Prop.ForAll<byte[], int>((bytes, form) => ReadsOrRefuses(bytes, form)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Sound_files_with_random_damage_are_read_or_refused_and_nothing_else()
    {
        byte[] msa = MsaCodec.Instance.Encode(Disks.Numbered(new(3, 1, 9)));
        byte[] zip = Zip("disk.msa", msa);
        byte[] gzip = GZip(msa);
        foreach (byte[] sound in (byte[][])[msa, zip, gzip])
        {
            Prop.ForAll<PositiveInt, byte>((at, value) =>
            {
                byte[] damaged = (byte[])sound.Clone();
                damaged[at.Get * 31 % damaged.Length] ^= value;
                return ReadsOrRefuses(damaged, 0);
            }).QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void Containers_give_the_image_inside()
    {
        var content = Disks.Numbered(new(3, 1, 9));
        byte[] msa = MsaCodec.Instance.Encode(content);
        Assert.Equal(content.Hash(), ImageFile.Read("disk.zip", Zip("readme.txt", [1], "DISK.MSA", msa)).Content.Hash());
        Assert.Equal(content.Hash(), ImageFile.Read("disk.msa.gz", GZip(msa)).Content.Hash());
    }

    [Fact]
    public void A_container_that_unpacks_without_end_is_refused()
    {
        byte[] bomb = GZip(new byte[64 << 20]);
        Assert.Throws<MediaFormatException>(() => ImageFile.Read("bomb.st.gz", bomb));
    }

    private static bool ReadsOrRefuses(byte[] bytes, int form)
    {
        string name = (form & 3) switch { 0 => "x.msa", 1 => "x.st", 2 => "x.gz", _ => "x" };
        byte[] file = (form & 4) != 0 ? [0x0E, 0x0F, .. bytes] : (form & 8) != 0 ? [0x1F, 0x8B, 8, .. bytes] : bytes;
        try
        {
            return ImageFile.Read(name, file).Content.Cylinders >= 0;
        }
        catch (MediaFormatException)
        {
            return true;
        }
    }

    private static byte[] GZip(byte[] content)
    {
        var file = new MemoryStream();
        using (var packer = new GZipStream(file, CompressionLevel.Fastest))
        {
            packer.Write(content);
        }

        return file.ToArray();
    }

    private static byte[] Zip(string name, byte[] content, string? second = null, byte[]? secondContent = null)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, name, content);
            if (second is not null)
            {
                Add(archive, second, secondContent!);
            }
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(content);
    }
}
