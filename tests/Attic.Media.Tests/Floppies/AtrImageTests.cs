using Attic.Media.Floppies;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Floppies;

public class AtrImageTests
{
    [Theory]
    [InlineData(128, 92_160, 720, 40)]
    [InlineData(128, 133_120, 1040, 40)]
    [InlineData(256, 183_936, 720, 40)]
    [InlineData(256, 184_320, 720, 40)]
    public void The_usual_densities_have_forty_tracks(int sectorBytes, int length, int sectors, int tracks)
    {
        var disk = AtrImage.Read("d.atr", File(sectorBytes, length));
        Assert.Equal((sectors, tracks), (disk.Sectors, disk.Cylinders));
        int bytes = 0;
        for (int track = 0; track < tracks; track++)
        {
            for (int index = 0; index < disk.SectorsOf(track, 0).Length; index++)
            {
                bytes += disk.Read(track, 0, index).Length;
            }
        }

        Assert.Equal(length, bytes);
    }

    [Fact]
    public void A_written_sector_lands_at_its_place_in_the_file()
    {
        var disk = AtrImage.Read("d.atr", File(256, 183_936));
        int index = IndexOf(disk, 0, 4);
        Assert.True(disk.Write(0, 0, index, Enumerable.Repeat((byte)7, 256).ToArray(), deleted: false));
        byte[] file = disk.ToFile();
        Assert.Equal((0, 7, 7, 0), (file[16 + 383], file[16 + 384], file[16 + 384 + 255], file[16 + 384 + 256]));
    }

    [Fact]
    public void A_protected_image_takes_no_write()
    {
        byte[] file = File(128, 92_160);
        file[15] = 1;
        var disk = AtrImage.Read("d.atr", file);
        Assert.False(disk.Write(0, 0, 0, new byte[128], deleted: false));
        Assert.Equal(file, disk.ToFile());
    }

    [Fact]
    public void A_damaged_file_is_refused_with_its_place()
    {
        byte[] file = File(128, 92_160);
        Assert.Equal(10, Refusal(file[..10]).Offset);
        Assert.Equal(2, Refusal(file[..1000]).Offset);
        file[4] = 77;
        Assert.Equal(4, Refusal(file).Offset);
        file[0] = 0;
        Assert.Equal(0, Refusal(file).Offset);

        static MediaFormatException Refusal(byte[] bytes) => Assert.Throws<MediaFormatException>(() => AtrImage.Read("d.atr", bytes));
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
            var disk = AtrImage.Read("d.atr", file);
            for (int track = 0; track < disk.Cylinders; track++)
            {
                for (int index = 0; index < disk.SectorsOf(track, 0).Length; index++)
                {
                    Assert.Equal(disk.SectorsOf(track, 0)[index].Length, disk.Read(track, 0, index).Length);
                }
            }
        }
        catch (MediaFormatException refusal)
        {
            Assert.InRange(refusal.Offset, 0, file.Length);
        }
    }

    private static int IndexOf(AtrImage disk, int track, int number)
    {
        var sectors = disk.SectorsOf(track, 0);
        for (int index = 0; index < sectors.Length; index++)
        {
            if (sectors[index].Number == number)
            {
                return index;
            }
        }

        return -1;
    }

    private static byte[] File(int sectorBytes, int length)
    {
        byte[] file = new byte[16 + length];
        (file[0], file[1]) = (0x96, 0x02);
        int paragraphs = length / 16;
        (file[2], file[3], file[6]) = ((byte)paragraphs, (byte)(paragraphs >> 8), (byte)(paragraphs >> 16));
        (file[4], file[5]) = ((byte)sectorBytes, (byte)(sectorBytes >> 8));
        return file;
    }
}
