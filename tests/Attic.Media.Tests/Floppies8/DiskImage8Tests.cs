using System.IO.Compression;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Media.Durability;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;

namespace Attic.Media.Tests.Floppies8;

public sealed class DiskImage8Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => ["d.atr", "d.xfd", "d.atx"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_written_is_in_the_file_when_it_is_closed(string name)
    {
        string path = Blank(name);
        using (var disk = DiskImage8.Open(path))
        {
            Assert.True(disk.WriteSector(39, disk.IndexOf(39, 18), Images8.Fill(128, 0x5A)));
        }

        using var again = DiskImage8.Open(path, writeProtect: true);
        Assert.Equal(Images8.Fill(128, 0x5A), again.ReadSector(39, again.IndexOf(39, 18)).ToArray());
        Assert.False(File.Exists(path + ".journal"));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_write_that_only_the_journal_has_comes_back(string name)
    {
        string path = Blank(name);
        byte[] before = File.ReadAllBytes(path);
        int offset = before.Length - 200;
        File.WriteAllBytes(path + ".journal", [.. JournalFormat.Header(FileIdentity.Of(before)), .. Record(FileTarget.Patch(offset, [1, 2, 3]))]);
        using (var disk = DiskImage8.Open(path))
        {
            Assert.Single(disk.Notices);
        }

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path)[offset..(offset + 3)]);
    }

    [Fact]
    public void A_journal_with_a_write_outside_the_image_is_kept_and_not_used()
    {
        string path = Blank("d.atr");
        byte[] before = File.ReadAllBytes(path);
        File.WriteAllBytes(path + ".journal", [.. JournalFormat.Header(FileIdentity.Of(before)), .. Record(FileTarget.Patch(before.Length - 1, [1, 2, 3]))]);
        using (var disk = DiskImage8.Open(path))
        {
            Assert.NotEmpty(disk.Notices);
        }

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.True(File.Exists(path + ".journal.kept"));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_state_brings_the_disk_back_and_the_file_follows(string name)
    {
        string path = Blank(name);
        using (var disk = DiskImage8.Open(path))
        {
            disk.WriteSector(0, 0, Images8.Fill(128, 1));
            byte[] saved = new StateSaver().Save(disk).ToArray();
            disk.WriteSector(0, 0, Images8.Fill(128, 2));
            disk.WriteSector(1, 0, Images8.Fill(128, 2));
            new StateLoader().Load(disk, saved);
            Assert.Equal((1, 0), (disk.ReadSector(0, 0)[0], disk.ReadSector(1, 0)[0]));
        }

        using var again = DiskImage8.Open(path, writeProtect: true);
        Assert.Equal((1, 0), (again.ReadSector(0, 0)[0], again.ReadSector(1, 0)[0]));
    }

    [Fact]
    public void A_state_brings_back_the_density()
    {
        var disk = DiskImage8.FromBytes("d.atr", Images8.Atr(128, 92_160));
        disk.WriteSector(0, 0, Images8.Fill(128, 1));
        byte[] saved = new StateSaver().Save(disk).ToArray();
        string hash = disk.ContentHash();
        Assert.True(disk.Format(AtariDiskShape.Double));
        new StateLoader().Load(disk, saved);
        Assert.Equal((AtariDiskShape.Single, hash), (disk.Shape, disk.ContentHash()));
    }

    [Fact]
    public void A_state_without_writes_takes_a_few_bytes() =>
        Assert.InRange(new StateSaver().Save(DiskImage8.FromBytes("d.atr", Images8.Atr(128, 92_160))).Length, 1, 32);

    [Fact]
    public void A_state_of_another_disk_is_refused()
    {
        byte[] saved = new StateSaver().Save(DiskImage8.FromBytes("d.atr", Images8.Atr(128, 92_160))).ToArray();
        var other = DiskImage8.FromBytes("d.atr", Images8.Atr(128, 133_120));
        Assert.Throws<InvalidDataException>(() => new StateLoader().Load(other, saved));
    }

    [Fact]
    public void A_compressed_image_can_be_read_and_not_written()
    {
        string path = _folder["d.atr.gz"];
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(Images8.Atr(128, 92_160));
        }

        using var disk = DiskFile.Open(path);
        Assert.True(disk.WriteProtected);
        Assert.IsType<DiskImage8>(disk);
    }

    [Fact]
    public void An_archive_is_searched_for_a_disk_of_either_machine()
    {
        Assert.IsType<DiskImage8>(DiskFile.FromBytes("a.zip", Zip("game.atx", new AtxWriter(AtariDiskShape.Single).ToFile())));
        Assert.IsType<FloppyImage>(DiskFile.FromBytes("a.zip", Zip("game.st", new byte[737_280])));
    }

    [Fact]
    public void A_second_user_of_a_file_is_refused()
    {
        string path = Blank("d.atr");
        using var first = DiskImage8.Open(path);
        Assert.Throws<FileInUseException>(() => DiskImage8.Open(path));
    }

    [Fact]
    public void A_raw_image_of_a_strange_length_is_refused()
    {
        var refusal = Assert.Throws<MediaFormatException>(() => DiskImage8.FromBytes("d.xfd", new byte[92_000]));
        Assert.Equal(92_000, refusal.Offset);
    }

    private static byte[] Record(in JournalRecord record)
    {
        using var stream = new MemoryStream();
        JournalFormat.Append(stream, record, 1);
        return stream.ToArray();
    }

    private static byte[] Zip(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }

        return stream.ToArray();
    }

    private string Blank(string name)
    {
        File.WriteAllBytes(_folder[name], DiskImage8.Blank(name, AtariDiskShape.Single)!);
        return _folder[name];
    }
}
