using Attic.Abi.Media;
using Attic.Media.Floppies8;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Floppies8;

public class AtrTests
{
    [Theory]
    [InlineData(128, 92_160, 720, 18, 92_160)]
    [InlineData(128, 133_120, 1040, 26, 133_120)]
    [InlineData(256, 183_936, 720, 18, 183_936)]
    [InlineData(256, 184_320, 720, 18, 183_936)]
    [InlineData(256, 368_256, 1440, 18, 368_256)]
    public void The_usual_densities_have_forty_tracks_and_send_every_sector(int sectorBytes, int length, int sectors, int perTrack, int sent)
    {
        var disk = DiskImage8.FromBytes("d.atr", Images8.Atr(sectorBytes, length));
        Assert.Equal((sectors, 40, perTrack), (disk.Shape.Sectors, disk.Shape.Cylinders, disk.Shape.SectorsPerTrack));
        Assert.Equal(sent, disk.ReadAll());
    }

    [Theory]
    [InlineData(183_936, 128)]
    [InlineData(184_320, 256)]
    public void Boot_sectors_are_found_short_and_whole(int length, int pitch)
    {
        byte[] file = Images8.Atr(256, length);
        file[16 + pitch] = 0xAB;
        if (pitch == 256)
        {
            file[16 + (2 * pitch)] = 0xCD;
        }

        var disk = DiskImage8.FromBytes("d.atr", file);
        Assert.Equal(0xAB, disk.ReadSector(0, disk.IndexOf(0, 2))[0]);
        Assert.Equal(128, disk.ReadSector(0, disk.IndexOf(0, 2)).Length);
    }

    [Fact]
    public void Boot_sectors_one_after_another_in_the_room_of_whole_ones_are_found()
    {
        byte[] file = Images8.Atr(256, 184_320);
        (file[16 + 128], file[16 + 256], file[16 + 768]) = (2, 3, 4);
        var disk = DiskImage8.FromBytes("d.atr", file);
        Assert.Equal([2, 3, 4], new[] { 2, 3, 4 }.Select(number => disk.ReadSector(0, disk.IndexOf(0, number))[0]));
    }

    [Fact]
    public void A_written_sector_lands_at_its_place_in_the_file()
    {
        var disk = DiskImage8.FromBytes("d.atr", Images8.Atr(256, 183_936));
        Assert.True(disk.WriteSector(0, disk.IndexOf(0, 4), Images8.Fill(256, 7)));
        byte[] file = disk.ToFile();
        Assert.Equal((0, 7, 7, 0), (file[16 + 383], file[16 + 384], file[16 + 384 + 255], file[16 + 384 + 256]));
    }

    [Fact]
    public void A_protected_image_takes_neither_write_nor_format()
    {
        byte[] file = Images8.Atr(128, 92_160);
        (file[15], file[700]) = (1, 9);
        var disk = DiskImage8.FromBytes("d.atr", file);
        Assert.False(disk.WriteSector(0, 0, new byte[128]));
        Assert.False(disk.Format(AtariDiskShape.Single));
        Assert.Equal(file, disk.ToFile());
    }

    [Fact]
    public void A_format_changes_the_density()
    {
        var disk = DiskImage8.FromBytes("d.atr", Images8.Atr(128, 92_160));
        Assert.True(disk.Format(AtariDiskShape.Enhanced));
        Assert.Equal(AtariDiskShape.Enhanced, disk.Shape);
        Assert.Equal(AtariDiskShape.Enhanced, DiskImage8.FromBytes("d.atr", disk.ToFile()).Shape);
    }

    [Fact]
    public void A_damaged_file_is_refused_with_its_place()
    {
        byte[] file = Images8.Atr(128, 92_160);
        Assert.Equal(10, Refusal(file[..10]).Offset);
        Assert.Equal(2, Refusal(file[..1000]).Offset);
        file[4] = 77;
        Assert.Equal(4, Refusal(file).Offset);
        file[0] = 0;
        Assert.Equal(0, Refusal(file).Offset);

        static MediaFormatException Refusal(byte[] bytes) => Assert.Throws<MediaFormatException>(() => DiskImage8.FromBytes("d.atr", bytes));
    }

    [Fact]
    public void Whatever_the_bytes_are_a_file_is_read_whole_or_refused() =>
        Prop.ForAll<byte[], byte, ushort>((tail, size, paragraphs) => ReadsOrRefuses(tail, size, paragraphs)).QuickCheckThrowOnFailure();

    private static void ReadsOrRefuses(byte[] tail, byte size, ushort paragraphs)
    {
        // Half of the files claim the length that they have.
        int claimed = (size & 2) != 0 ? tail.Length / 16 : paragraphs;
        byte[] file = [0x96, 0x02, (byte)claimed, (byte)(claimed >> 8), (byte)(size & 0x80), (byte)(size & 1), .. new byte[10], .. tail];
        try
        {
            var disk = DiskImage8.FromBytes("d.atr", file);
            for (int track = 0; track < disk.Shape.Tracks; track++)
            {
                for (int index = 0; index < disk.SectorsOfTrack(track).Length; index++)
                {
                    Assert.Equal(disk.SectorsOfTrack(track)[index].Length, disk.ReadSector(track, index).Length);
                }
            }
        }
        catch (MediaFormatException refusal)
        {
            Assert.InRange(refusal.Offset, 0, file.Length);
        }
    }
}
