using Attic.Abi.AtariXl;
using Attic.Abi.Media;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Sio.Classic;
using Attic.FujiNet.Storage;
using Attic.Media.Floppies8;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.FujiNet.Tests.Disk;

/// <summary>Images of protected disks, and plain sectors, in the FujiNet's drives as the serial bus sees them.</summary>
public sealed class AtxDiskTests : IAsyncDisposable
{
    private readonly SetTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly StorageManager _storage = new();
    private readonly MemoryFileSystem _files = new("host");
    private readonly DiskService _disks;
    private readonly ClassicDisk _drive;

    public AtxDiskTests()
    {
        _storage.Register(_files);
        _disks = new DiskService(_storage, _time);
        _drive = new ClassicDisk(_disks);
    }

    public async ValueTask DisposeAsync()
    {
        _drive.Dispose();
        await _disks.DisposeAsync();
    }

    [Fact]
    public async Task Ordinary_sectors_are_read_and_none_is_written()
    {
        await InsertAsync(writer => writer.Track(2)[0] = writer.Track(2)[0] with { Data = Filled(7) });
        int sector = (2 * 18) + 1;
        var read = await CallAsync('R', sector);
        Assert.Equal((SioFrame.Complete, 7), (read.Answer, read.Data.Span[99]));
        Assert.Equal(SioFrame.Error, (await CallAsync('W', sector, Filled(1))).Answer);
    }

    [Theory]
    [InlineData(AtariSectorFlags.CrcError, 0xF7)]
    [InlineData(AtariSectorFlags.Deleted, 0xDF)]
    [InlineData(AtariSectorFlags.Long, 0xF9)]
    public async Task A_damaged_sector_is_an_error_with_its_data_and_the_controller_s_status(AtariSectorFlags flags, byte status)
    {
        await InsertAsync(writer => writer.Track(3)[0] = writer.Track(3)[0] with { Data = Filled(9), Flags = flags });
        var read = await CallAsync('R', (3 * 18) + 1);
        Assert.Equal((SioFrame.Error, 9), (read.Answer, read.Data.Span[127]));
        Assert.Equal(status, (await CallAsync('S', 0)).Data.Span[1]);
        await CallAsync('R', 1);
        Assert.Equal(0xFF, (await CallAsync('S', 0)).Data.Span[1]);
    }

    [Fact]
    public async Task A_sector_that_is_missing_is_not_found()
    {
        await InsertAsync(writer => writer.Track(5).Clear());
        Assert.Equal(SioFrame.Error, (await CallAsync('R', (5 * 18) + 4)).Answer);
        Assert.Equal(0xEF, (await CallAsync('S', 0)).Data.Span[1]);
    }

    [Fact]
    public async Task Of_two_sectors_with_one_number_the_disk_s_turn_decides()
    {
        await InsertAsync(writer =>
        {
            writer.Track(4).Clear();
            writer.Track(4).Add(new(1, 1_000, AtariSectorFlags.None, Filled(1), 0));
            writer.Track(4).Add(new(1, 14_000, AtariSectorFlags.None, Filled(2), 0));
        });
        var seen = new List<byte>();
        for (int half = 0; half < 4; half++)
        {
            seen.Add((await CallAsync('R', (4 * 18) + 1)).Data.Span[0]);
            _time.Advance(TimeSpan.FromMilliseconds(104.168));
        }

        Assert.Equal(new byte[] { 1, 2, 1, 2 }, seen);
    }

    [Fact]
    public async Task Weak_bytes_read_differently_each_time()
    {
        await InsertAsync(writer => writer.Track(6)[0] = writer.Track(6)[0] with { Data = Filled(5), WeakFrom = 64 });
        var one = (await CallAsync('R', (6 * 18) + 1)).Data.ToArray();
        var two = (await CallAsync('R', (6 * 18) + 1)).Data.ToArray();
        Assert.Equal(Filled(5)[..64], one[..64]);
        Assert.NotEqual(one[64..], two[64..]);
    }

    [Fact]
    public async Task Sectors_without_a_header_are_told_by_their_extension()
    {
        byte[] file = new byte[720 * 128];
        file[(9 * 128) + 5] = 0x42;
        await _files.ReplaceAsync("/d.xfd", file);
        await _disks.MountAsync(0, _storage.Resolve("host:/d.xfd")!, new MountOptions(Atari: true));
        Assert.Equal(0x42, (await CallAsync('R', 10)).Data.Span[5]);
        Assert.Equal(SioFrame.Complete, (await CallAsync('W', 10, Filled(3))).Answer);
        Assert.Equal(Filled(3), (await CallAsync('R', 10)).Data.ToArray());
    }

    [Fact]
    public void Whatever_is_in_an_atx_file_it_is_mounted_or_refused()
    {
        byte[] good = new AtxWriter(AtariDiskShape.Single).ToFile();
        Prop.ForAll(Gen.Choose(0, 4000).Two().Select(pair => pair).ToArbitrary(), pair =>
        {
            byte[] file = [.. good];
            file[pair.Item1] ^= (byte)(pair.Item2 | 1);
            MountAnythingAsync(pair.Item2 % 5 == 0 ? file[..pair.Item1] : file).GetAwaiter().GetResult();
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Filled(byte value) => [.. Enumerable.Repeat(value, 128)];

    private async Task MountAnythingAsync(byte[] file)
    {
        await _files.ReplaceAsync("/x.atx", file);
        try
        {
            await _disks.MountAsync(1, _storage.Resolve("host:/x.atx")!, new MountOptions(Atari: true));
            for (int sector = 1; sector < 60; sector++)
            {
                var command = new SioCommand(0x32, (byte)'R', (byte)sector, 0);
                Assert.Contains((await _drive.ExecuteAsync(command, default)).Answer, new[] { SioFrame.Complete, SioFrame.Error });
            }
        }
        catch (DiskException refused)
        {
            Assert.Equal(DiskError.BadImage, refused.Error);
        }
    }

    private async Task InsertAsync(Action<AtxWriter> change)
    {
        var writer = new AtxWriter(AtariDiskShape.Single);
        change(writer);
        await _files.ReplaceAsync("/d.atx", writer.ToFile());
        await _disks.MountAsync(0, _storage.Resolve("host:/d.atx")!, new MountOptions(Atari: true));
    }

    private async Task<SioResult> CallAsync(char command, int aux, byte[]? data = null)
    {
        var frame = new SioCommand(0x31, (byte)command, (byte)aux, (byte)(aux >> 8));
        Assert.Equal(SioFrame.Ack, _drive.Accept(frame).Answer);
        return await _drive.ExecuteAsync(frame, data);
    }
}
