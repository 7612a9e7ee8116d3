using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Media.Durability;
using Attic.Media.Floppies;

namespace Attic.Media.Tests.Floppies;

public sealed class FloppyImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("disk.st")]
    [InlineData("disk.msa")]
    public void Writes_are_in_the_file_after_closing_and_nothing_lies_beside_it(string name)
    {
        string path = Create(name);
        using (var disk = FloppyImage.Open(path))
        {
            Assert.True(disk.Write(7, 1, 4, Disks.Sector(0xAA), deleted: false));
        }

        using var again = FloppyImage.Open(path, writeProtect: true);
        Assert.Equal(Disks.Sector(0xAA), again.Read(7, 1, 4).ToArray());
        Assert.Equal([path], Directory.GetFiles(_folder[""]));
    }

    [Fact]
    public void A_disk_that_was_only_read_leaves_its_file_alone()
    {
        string path = Create("disk.st");
        var before = File.GetLastWriteTimeUtc(path);
        using (var disk = FloppyImage.Open(path))
        {
            disk.Settle();
        }

        Assert.Equal(before, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void A_second_opening_for_writing_is_refused_by_name()
    {
        string path = Create("disk.st");
        using var first = FloppyImage.Open(path);
        var error = Assert.Throws<FileInUseException>(() => FloppyImage.Open(path));
        Assert.Contains("disk.st is in use by process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_protected_disk_takes_nothing_and_needs_no_lock()
    {
        string path = Create("disk.st");
        using var first = FloppyImage.Open(path);
        using var second = FloppyImage.Open(path, writeProtect: true);
        Assert.True(second.WriteProtected);
        Assert.False(second.Write(0, 0, 0, Disks.Sector(1), deleted: false));
        Assert.False(second.Format(0, 0, StandardTrack.Layout(0, 0, 9), new byte[9 * 512]));
    }

    [Fact]
    public void A_read_only_file_is_a_write_protected_disk()
    {
        string path = Create("disk.st");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        using var disk = FloppyImage.Open(path);
        Assert.Equal("the file is read-only", disk.Protection);
    }

    [Fact]
    public void Formatting_with_ten_sectors_makes_the_file_grow()
    {
        string path = Create("disk.st");
        using (var disk = FloppyImage.Open(path))
        {
            FormatAll(disk, 10);
        }

        Assert.Equal(80 * 2 * 10 * 512, new FileInfo(path).Length);
        using var again = FloppyImage.Open(path, writeProtect: true);
        Assert.Equal(10, again.SectorsOf(79, 1).Length);
        Assert.Equal(Disks.Sector(3), again.Read(79, 1, 2).ToArray());
    }

    [Fact]
    public void A_track_that_the_format_cannot_hold_is_refused_and_kept()
    {
        var disk = FloppyImage.InMemory("disk.st", Disks.Numbered(DiskGeometry.DoubleSided));
        byte[] before = disk.Read(3, 0, 0).ToArray();
        var foreign = StandardTrack.Layout(4, 0, 9);
        var large = StandardTrack.Layout(3, 0, 5).Select(sector => sector with { SizeCode = 3 }).ToArray();
        var twice = StandardTrack.Layout(3, 0, 9).Select(sector => sector with { Number = 1 }).ToArray();
        Assert.False(disk.Format(3, 0, foreign, new byte[9 * 512]));
        Assert.False(disk.Format(3, 0, large, new byte[5 * 1024]));
        Assert.False(disk.Format(3, 0, twice, new byte[9 * 512]));
        Assert.False(disk.Format(3, 0, [], []));
        Assert.Equal(before, disk.Read(3, 0, 0).ToArray());
    }

    [Fact]
    public void A_loaded_state_takes_the_disk_back_with_the_machine()
    {
        var disk = FloppyImage.InMemory("disk.st", Disks.Numbered(DiskGeometry.DoubleSided));
        disk.Write(1, 0, 0, Disks.Sector(1), deleted: false);
        var saver = new StateSaver();
        byte[] state = saver.Save(disk).ToArray();
        string hash = disk.ContentHash();

        disk.Write(1, 0, 0, Disks.Sector(2), deleted: false);
        disk.Write(9, 1, 3, Disks.Sector(3), deleted: false);
        Assert.True(disk.Format(50, 0, StandardTrack.Layout(50, 0, 10), new byte[10 * 512]));
        new StateLoader().Load(disk, state);

        Assert.Equal(hash, disk.ContentHash());
        Assert.Equal(9, disk.SectorsOf(50, 0).Length);
        Assert.Equal(state, saver.Save(disk).ToArray());
    }

    [Fact]
    public void What_a_loaded_state_takes_back_is_taken_back_in_the_file()
    {
        string path = Create("disk.st");
        string hash;
        using (var disk = FloppyImage.Open(path))
        {
            hash = disk.ContentHash();
            byte[] state = new StateSaver().Save(disk).ToArray();
            disk.Write(1, 0, 0, Disks.Sector(2), deleted: false);
            new StateLoader().Load(disk, state);
        }

        using var again = FloppyImage.Open(path, writeProtect: true);
        Assert.Equal(hash, again.ContentHash());
    }

    [Fact]
    public void A_state_without_writes_is_small() =>
        Assert.True(new StateSaver().Save(FloppyImage.InMemory("disk.st", Disks.Numbered(DiskGeometry.DoubleSided))).Length <= 32);

    [Fact]
    public void A_state_of_another_disk_is_refused_and_erasing_leaves_the_disk()
    {
        var disk = FloppyImage.InMemory("disk.st", Disks.Numbered(DiskGeometry.DoubleSided));
        var other = FloppyImage.InMemory("disk.st", Disks.Numbered(DiskGeometry.SingleSided));
        disk.Write(1, 0, 0, Disks.Sector(2), deleted: false);
        string hash = disk.ContentHash();
        byte[] state = new StateSaver().Save(other).ToArray();
        Assert.Throws<InvalidDataException>(() => new StateLoader().Load(disk, state));
        StateEraser.Erase(disk);
        Assert.Equal(hash, disk.ContentHash());
    }

    [Fact]
    public void A_blank_disk_is_formatted_and_empty()
    {
        FloppyImage.CreateBlank(_folder["blank.msa"], DiskGeometry.SingleSided, serial: 0x123456);
        using var disk = FloppyImage.Open(_folder["blank.msa"]);
        var volume = Attic.Media.Fat.Fat12Volume.Open(disk.CopyContent().ToSectors());
        Assert.Equal("msa", disk.FormatName);
        Assert.Empty(volume.List());
        Assert.Equal([0x56, 0x34, 0x12], volume.Image[8..11].ToArray());
    }

    private static void FormatAll(FloppyImage disk, int sectors)
    {
        byte[] data = new byte[sectors * 512];
        for (int sector = 0; sector < sectors; sector++)
        {
            Array.Fill(data, (byte)(sector + 1), sector * 512, 512);
        }

        for (int track = 0; track < 160; track++)
        {
            Assert.True(disk.Format(track / 2, track % 2, StandardTrack.Layout(track / 2, track % 2, sectors), data));
        }
    }

    private string Create(string name)
    {
        FloppyImage.Save(_folder[name], Disks.Numbered(DiskGeometry.DoubleSided));
        return _folder[name];
    }
}
