using Attic.Abi.Media;
using Attic.Media.Floppies8;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Floppies8;

public class AtxTests
{
    [Theory]
    [InlineData(18, 128, 92_160)]
    [InlineData(26, 128, 133_120)]
    [InlineData(18, 256, 184_320)]
    public void A_formatted_disk_has_the_sectors_of_its_density(int perTrack, int sectorBytes, int bytes)
    {
        var shape = perTrack == 26 ? AtariDiskShape.Enhanced : sectorBytes == 256 ? AtariDiskShape.Double : AtariDiskShape.Single;
        var disk = DiskImage8.FromBytes("d.atx", new AtxWriter(shape).ToFile());
        Assert.Equal((shape, bytes), (disk.Shape, disk.ReadAll()));
    }

    [Fact]
    public void Every_peculiarity_of_a_sector_is_kept()
    {
        var writer = new AtxWriter(AtariDiskShape.Single);
        writer.Track(3).Clear();
        writer.Track(3).Add(new(7, 20_000, AtariSectorFlags.CrcError, Images8.Fill(128, 2), 0));
        writer.Track(3).Add(new(7, 1_000, AtariSectorFlags.None, Images8.Fill(128, 1), 0, 40));
        writer.Track(3).Add(new(9, 5_000, AtariSectorFlags.NoData, [], 0));
        writer.Track(3).Add(new(10, 9_000, AtariSectorFlags.Long | AtariSectorFlags.CrcError, Images8.Fill(128, 3), 3));
        writer.Track(3).Add(new(11, 12_000, AtariSectorFlags.Deleted, Images8.Fill(128, 4), 0));
        var sectors = DiskImage8.FromBytes("d.atx", writer.ToFile()).SectorsOfTrack(3);
        Assert.Equal(
            [
                new AtariSector(7, 1_000, AtariSectorFlags.None, 128, 0, 40),
                new AtariSector(9, 5_000, AtariSectorFlags.NoData, 0, 0, -1),
                new AtariSector(10, 9_000, AtariSectorFlags.Long | AtariSectorFlags.CrcError, 128, 3, -1),
                new AtariSector(11, 12_000, AtariSectorFlags.Deleted, 128, 0, -1),
                new AtariSector(7, 20_000, AtariSectorFlags.CrcError, 128, 0, -1),
            ],
            sectors.ToArray());
    }

    [Fact]
    public void A_sector_that_is_written_is_good_again()
    {
        var writer = new AtxWriter(AtariDiskShape.Single);
        writer.Track(0).Clear();
        writer.Track(0).Add(new(1, 0, AtariSectorFlags.CrcError | AtariSectorFlags.Deleted, new byte[128], 0, 0));
        var disk = DiskImage8.FromBytes("d.atx", writer.ToFile());
        Assert.True(disk.WriteSector(0, 0, Images8.Fill(128, 9)));
        var again = DiskImage8.FromBytes("d.atx", disk.ToFile());
        Assert.Equal(new AtariSector(1, 0, AtariSectorFlags.None, 128, 0, -1), again.SectorsOfTrack(0)[0]);
        Assert.Equal(9, again.ReadSector(0, 0)[127]);
    }

    [Fact]
    public void A_sector_without_data_takes_none()
    {
        var writer = new AtxWriter(AtariDiskShape.Single);
        writer.Track(0).Clear();
        writer.Track(0).Add(new(1, 0, AtariSectorFlags.NoData, [], 0));
        var disk = DiskImage8.FromBytes("d.atx", writer.ToFile());
        Assert.False(disk.WriteSector(0, 0, new byte[128]));
    }

    [Theory]
    [InlineData(0, (byte)'B', 0)]
    [InlineData(4, (byte)2, 4)]
    [InlineData(18, (byte)7, 18)]
    [InlineData(30, (byte)255, 28)]
    [InlineData(48 + 2, (byte)255, 48)]
    [InlineData(48 + 8, (byte)200, 48 + 8)]
    [InlineData(48 + 22, (byte)1, 48 + 20)]
    [InlineData(48 + 32, (byte)9, 48 + 32)]
    [InlineData(48 + 32 + 8 + 3, (byte)255, 48 + 32 + 8 + 2)]
    [InlineData(48 + 32 + 8 + 6, (byte)255, 48 + 32 + 8 + 4)]
    public void Damage_is_named_with_its_place(int at, byte value, int offset)
    {
        byte[] file = new AtxWriter(AtariDiskShape.Single).ToFile();
        file[at] = value;
        Assert.Equal(offset, Assert.Throws<MediaFormatException>(() => DiskImage8.FromBytes("d.atx", file)).Offset);
    }

    [Fact]
    public void A_file_that_was_cut_is_refused()
    {
        byte[] file = new AtxWriter(AtariDiskShape.Single).ToFile();
        Assert.Equal(5_000, Assert.Throws<MediaFormatException>(() => DiskImage8.FromBytes("d.atx", file.AsSpan(0, 5_000))).Offset);
    }

    [Fact]
    public void Whatever_is_damaged_a_file_is_read_whole_or_refused()
    {
        byte[] sound = new AtxWriter(AtariDiskShape.Single).ToFile();
        Prop.ForAll<(ushort, byte)[]>(changes =>
        {
            byte[] file = [.. sound];
            foreach (var (at, value) in changes)
            {
                // Most of them into the first tracks' headers and lists, where they matter.
                file[at % (at % 3 == 0 ? file.Length : 300)] = value;
            }

            "AT8X"u8.CopyTo(file);
            try
            {
                DiskImage8.FromBytes("d.atx", file).ReadAll();
            }
            catch (MediaFormatException refusal)
            {
                Assert.InRange(refusal.Offset, 0, file.Length);
            }
        }).QuickCheckThrowOnFailure();
    }
}
