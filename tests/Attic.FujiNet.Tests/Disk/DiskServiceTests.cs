using System.Buffers.Binary;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Tests.Disk;

public class DiskServiceTests
{
    private readonly StorageManager _storage = new();
    private readonly MemoryFileSystem _files = new("host");

    public DiskServiceTests()
    {
        _storage.Register(_files);
    }

    [Theory]
    [InlineData("a.atr", 133_136, 0x80, 1, 128, 1040, 16)]
    [InlineData("a.atr", 183_952, 0x100, 1, 256, 720, 16)]
    [InlineData("a.atr", 184_336, 0x100, 1, 256, 720, 16)]
    public async Task An_atr_image_has_the_geometry_of_its_header(string name, int bytes, int sectorBytes, int type, int expectedBytes, uint sectors, int header)
    {
        byte[] file = new byte[bytes];
        BinaryPrimitives.WriteUInt16LittleEndian(file, 0x0296);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2), (ushort)((bytes - 16) / 16));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), (ushort)sectorBytes);
        var layout = await ProbeAsync(name, file);
        Assert.Equal(((ImageType)type, expectedBytes, sectors, header), (layout.Type, layout.SectorBytes, layout.Sectors, layout.HeaderBytes));
        Assert.Equal(bytes, layout.FileBytes);
    }

    [Fact]
    public async Task A_fat_boot_sector_tells_the_sector_size_whatever_the_name()
    {
        byte[] file = new byte[737_280];
        byte[] boot = [0xEB, 0x3C, 0x90];
        boot.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(11), 512);
        (file[13], file[16], file[510], file[511]) = (2, 2, 0x55, 0xAA);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(14), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(17), 112);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(19), 1440);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(22), 5);
        Assert.Equal(1440u, (await ProbeAsync("x.st", file)).Sectors);
        file[13] = 3;
        await Refused(DiskError.UnsupportedImageType, ProbeAsync("x.st", file));
    }

    [Theory]
    [InlineData("a.adf", 901_120, 0, 1760)]
    [InlineData("a.adf", 1_802_240, 0, 3520)]
    [InlineData("a.img", 1024, 128, 8)]
    [InlineData("a.any", 1024, 512, 2)]
    public async Task Other_images_go_by_extension_and_hint(string name, int bytes, int hint, uint sectors) =>
        Assert.Equal(sectors, (await ProbeAsync(name, new byte[bytes], hint)).Sectors);

    [Theory]
    [InlineData("a.adf", 1000, 0, DiskError.BadImage)]
    [InlineData("a.img", 1024, 0, DiskError.BadImage)]
    [InlineData("a.txt", 1024, 0, DiskError.UnsupportedImageType)]
    [InlineData("a.dsd", 1024, 0, DiskError.UnsupportedImageType)]
    [InlineData("a.atr", 1024, 0, DiskError.BadImage)]
    [InlineData("a.xfd", 92_160, 0, DiskError.UnsupportedImageType)]
    public async Task What_is_no_image_is_refused(string name, int bytes, int hint, DiskError expected) =>
        await Refused(expected, ProbeAsync(name, new byte[bytes], hint));

    [Fact]
    public async Task An_image_that_cannot_be_mounted_leaves_the_one_that_is()
    {
        await using var disks = new DiskService(_storage);
        await disks.CreateAsync(Target("/a.atr"), ImageFormats.LayoutOfNew(ImageType.Atr, 128, 720), overwrite: false);
        await _files.ReplaceAsync("/bad.atr", new byte[10]);
        await disks.MountAsync(0, Target("/a.atr"), new());
        await Refused(DiskError.BadImage, disks.MountAsync(0, Target("/bad.atr"), new()));
        await Refused(DiskError.FileNotFound, disks.MountAsync(0, Target("/none.atr"), new()));
        Assert.Equal(("host:/a.atr", DiskError.FileNotFound), (disks.InfoOf(0).Uri, disks.InfoOf(0).LastError));
        Assert.Equal(128, await disks.ReadAsync(0, 0, 1, new byte[128]));
    }

    [Fact]
    public async Task A_mount_that_waits_is_made_at_the_first_use()
    {
        await using var disks = new DiskService(_storage);
        await disks.MountLaterAsync(2, Target("/later.atr"), new(ReadOnly: true));
        await Refused(DiskError.FileNotFound, disks.EnsureMountedAsync(2));
        await disks.CreateAsync(Target("/later.atr"), ImageFormats.LayoutOfNew(ImageType.Atr, 256, 720), overwrite: false);
        Assert.Equal(128 + 128 + 128 + 256, await disks.ReadAsync(2, 0, 4, new byte[1024]));
        Assert.True(disks.InfoOf(2).IsReadOnly);
        await Refused(DiskError.ReadOnly, Discard(disks.WriteAsync(2, 0, 1, new byte[128])));
    }

    [Fact]
    public async Task What_a_cut_ssd_image_lacks_reads_as_zeros_and_grows_when_written()
    {
        await using var disks = new DiskService(_storage);
        byte[] file = new byte[512];
        (file[0x106], file[0x107]) = (1, 0x90);
        await _files.ReplaceAsync("/a.ssd", file);
        await disks.MountAsync(0, Target("/a.ssd"), new());
        byte[] sector = [.. Enumerable.Repeat((byte)7, 256)];
        await disks.ReadAsync(0, 399, 1, sector);
        Assert.All(sector, value => Assert.Equal(0, value));
        sector[0] = 9;
        await disks.WriteAsync(0, 10, 1, sector);
        Assert.True(disks.InfoOf(0).IsDirty);
        Assert.Equal(11 * 256, (await _files.StatAsync("/a.ssd"))!.Size);
    }

    [Theory]
    [InlineData(ImageType.Atr, 100, 720u, DiskError.InvalidGeometry)]
    [InlineData(ImageType.Ssd, 256, 401u, DiskError.InvalidGeometry)]
    [InlineData(ImageType.Dsd, 256, 800u, DiskError.UnsupportedImageType)]
    [InlineData(ImageType.Raw, 0, 800u, DiskError.InvalidGeometry)]
    [InlineData(ImageType.Raw, 65_535, uint.MaxValue, DiskError.InvalidGeometry)]
    public void Geometries_that_no_image_has_are_refused(ImageType type, int sectorBytes, uint sectors, DiskError expected) =>
        Assert.Equal(expected, Assert.Throws<DiskException>(() => ImageFormats.LayoutOfNew(type, sectorBytes, sectors)).Error);

    [Fact]
    public async Task Mounts_come_back_after_a_restart_and_wait_for_their_first_use()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await FujiServer.StartAsync(folder.Path))
        await using (var client = await server.ConnectAsync())
        {
            await client.CallAsync(0xFC, 7, Convert.FromHexString("0101018000D00200000B00" + Hex("host:/a.atr")));
            await client.CallAsync(0xFC, 1, Convert.FromHexString("0102010000000B00" + Hex("host:/a.atr")));
        }

        await using var again = await FujiServer.StartAsync(folder.Path);
        await using var second = await again.ConnectAsync();
        Assert.True(again.Stack.Disks.IsPending(1));
        var (_, info) = await second.CallAsync(0xFC, 5, new byte[] { 1, 2 });
        Assert.Equal("013B000002018000D002000000", Convert.ToHexString(info));
    }

    private static string Hex(string text) => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));

    private static async Task Refused(DiskError expected, ValueTask work) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<DiskException>(async () => await work)).Error);

    private static async Task Refused(DiskError expected, Task work) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<DiskException>(() => work)).Error);

    private static async ValueTask Discard<T>(ValueTask<T> work) => await work;

    private StorageTarget Target(string path) => _storage.Resolve($"host:{path}")!;

    private async Task<ImageLayout> ProbeAsync(string name, byte[] content, int hint = 0)
    {
        await _files.ReplaceAsync("/" + name, content);
        await using var file = await _files.OpenAsync("/" + name, StoredFileMode.Read);
        return await ImageFormats.ProbeAsync(file, name, ImageType.Auto, hint);
    }
}
