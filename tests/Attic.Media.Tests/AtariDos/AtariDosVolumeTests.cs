using Attic.Abi.Media;
using Attic.Media.AtariDos;

namespace Attic.Media.Tests.AtariDos;

/// <summary>The file system of Atari DOS 2: files come back, the tables stay true, damage is refused and never loops.</summary>
public sealed class AtariDosVolumeTests
{
    public static TheoryData<string, int, int> Shapes => new()
    {
        { "single", 707, 125 },
        { "enhanced", 1010, 125 },
        { "double", 707, 253 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void An_empty_disk_is_sound_and_has_its_sectors(string shape, int free, int data)
    {
        var volume = AtariDosVolume.Open(AtariDosVolume.Create(Shape(shape)));
        Assert.Equal((free, data), (volume.FreeSectors, volume.SectorData));
        Assert.Empty(volume.FindFaults());
        Assert.Empty(volume.List());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_sequence_of_writes_and_deletes_keeps_files_and_tables(string shape, int free, int data)
    {
        byte[] image = AtariDosVolume.Create(Shape(shape));
        var volume = AtariDosVolume.Open(image);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var random = new Random(25);
        for (int step = 0; step < 400; step++)
        {
            string name = $"F{random.Next(80)}.D{random.Next(2)}";
            if (random.Next(3) == 0 && files.Remove(name))
            {
                volume.Delete(name);
                continue;
            }

            byte[] content = new byte[random.Next(12_000)];
            random.NextBytes(content);
            try
            {
                volume.WriteFile(name, content);
                files[name] = content;
            }
            catch (IOException)
            {
                // Full: nothing changed.
            }
        }

        volume = AtariDosVolume.Open(image.ToArray());
        Assert.Empty(volume.FindFaults());
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), volume.List().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(file.Value, volume.ReadFile(file.Key)));
        Assert.Equal(free - files.Values.Sum(content => Math.Max(1, (content.Length + data - 1) / data)), volume.FreeSectors);
    }

    [Fact]
    public void A_file_that_reaches_sector_720_is_one_that_DOS_2_0_takes_for_open()
    {
        byte[] image = AtariDosVolume.Create(AtariDiskShape.Enhanced);
        var volume = AtariDosVolume.Open(image);
        volume.WriteFile("BIG", new byte[125 * 800]);
        Assert.Equal(0x03, volume.Sector(361)[0]);
        Assert.Equal(1010 - 800, volume.FreeSectors);
        Assert.Equal(volume.Sector(360)[16..100].ToArray(), volume.Sector(1024)[..84].ToArray());
        Assert.Empty(volume.FindFaults());
        Assert.Equal(125 * 800, volume.ReadFile("big").Length);
    }

    [Fact]
    public void A_locked_file_stays()
    {
        var volume = AtariDosVolume.Open(AtariDosVolume.Create(AtariDiskShape.Single));
        volume.WriteFile("KEEP.ME", [1, 2, 3]);
        volume.SetLocked("KEEP.ME", locked: true);
        Assert.Throws<IOException>(() => volume.Delete("KEEP.ME"));
        Assert.Throws<IOException>(() => volume.WriteFile("KEEP.ME", [4]));
        volume.SetLocked("KEEP.ME", locked: false);
        volume.Delete("KEEP.ME");
        Assert.Throws<FileNotFoundException>(() => volume.ReadFile("KEEP.ME"));
        Assert.Equal(707, volume.FreeSectors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1ST")]
    [InlineData("TOOLONGNAME")]
    [InlineData("A.LONG")]
    [InlineData("A.B.C")]
    [InlineData("A B")]
    public void What_is_no_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => AtariDosVolume.Open(AtariDosVolume.Create(AtariDiskShape.Single)).WriteFile(name, [1]));

    [Fact]
    public void Damage_of_any_kind_ends_in_a_documented_exception()
    {
        byte[] sound = AtariDosVolume.Create(AtariDiskShape.Enhanced);
        var volume = AtariDosVolume.Open(sound);
        for (int file = 0; file < 20; file++)
        {
            volume.WriteFile($"F{file}", new byte[file * 400]);
        }

        var random = new Random(26);
        int refused = 0;
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. sound];
            for (int count = random.Next(1, 200); count > 0; count--)
            {
                // Half of it where the tables and the directory lie.
                int at = count % 2 == 0 ? random.Next(damaged.Length) : 16 + (359 * 128) + random.Next(9 * 128);
                damaged[at] = (byte)random.Next(256);
            }

            try
            {
                var other = AtariDosVolume.Open(damaged);
                other.FindFaults();
                foreach (var file in other.List())
                {
                    other.ReadFile(file.Name);
                }

                other.WriteFile("NEW", new byte[5000]);
            }
            catch (Exception expected) when (expected is MediaFormatException or IOException or ArgumentException)
            {
                refused++;
            }
        }

        Assert.True(refused > 0);
    }

    private static AtariDiskShape Shape(string name) => name switch
    {
        "enhanced" => AtariDiskShape.Enhanced,
        "double" => AtariDiskShape.Double,
        _ => AtariDiskShape.Single,
    };
}
