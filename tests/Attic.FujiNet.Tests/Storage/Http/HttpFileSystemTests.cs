using Attic.FujiNet.Storage;
using Attic.FujiNet.Storage.Http;

namespace Attic.FujiNet.Tests.Storage.Http;

public sealed class HttpFileSystemTests
{
    private const string Disk = "http://server.example/disk.atr";
    private readonly byte[] _content = Enumerable.Range(0, 300_000).Select(value => (byte)(value * 31 >> 3)).ToArray();
    private readonly MemoryFileSystem _local = new("host");

    [Fact]
    public async Task A_sector_is_read_by_fetching_the_part_around_it()
    {
        var server = new WebServer { Content = _content };
        await using var file = await Open(server, StoredFileMode.Read);
        Assert.Equal(_content[200_016..200_144], await Read(file, 200_016, 128));
        Assert.InRange(server.BytesGiven, 128, 70_000);
    }

    [Fact]
    public async Task A_file_without_parts_is_fetched_once()
    {
        var server = new WebServer { Content = _content, HasRanges = false };
        await using var file = await Open(server, StoredFileMode.Read);
        Assert.Equal(_content[^100..], await Read(file, _content.Length - 100, 200));
        Assert.Equal(_content[..100], await Read(file, 0, 100));
        Assert.Equal(_content.Length, server.BytesGiven);
    }

    [Fact]
    public async Task A_server_without_HEAD_is_asked_by_GET()
    {
        var entry = await Files(new WebServer { Content = _content, KnowsHead = false }).StatAsync(Disk);
        Assert.True(entry is { Name: "disk.atr", Size: 300_000, IsDirectory: false });
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await Files(new WebServer()).StatAsync("http://server.example/none"));
        Assert.Equal(StorageError.NotFound, await Refusal(Files(new WebServer()).OpenAsync("http://server.example/none", StoredFileMode.Read)));
    }

    [Fact]
    public async Task Writes_stay_here_and_are_there_again()
    {
        var server = new WebServer { Content = _content };
        await using (var file = await Open(server, StoredFileMode.ReadWrite))
        {
            await file.WriteAsync(1000, new byte[] { 1, 2, 3 });
            await file.WriteAsync(1001, new byte[] { 9 });
        }

        await using var again = await Open(server, StoredFileMode.ReadWrite);
        Assert.Equal([_content[999], 1, 9, 3, _content[1003]], await Read(again, 999, 5));
        Assert.DoesNotContain(server.Methods, method => method != HttpMethod.Get && method != HttpMethod.Head);
    }

    [Fact]
    public async Task A_torn_record_is_dropped_and_the_ones_before_it_stay()
    {
        var server = new WebServer { Content = _content };
        await using (var file = await Open(server, StoredFileMode.ReadWrite))
        {
            await file.WriteAsync(0, new byte[] { 0xAA });
            await file.WriteAsync(512, new byte[] { 0xBB });
        }

        await Damage(log => log[..^1]);
        await using var again = await Open(server, StoredFileMode.ReadWrite);
        Assert.Equal([0xAA], await Read(again, 0, 1));
        Assert.Equal([_content[512]], await Read(again, 512, 1));
    }

    [Fact]
    public async Task Changes_of_an_older_version_are_set_aside_not_mixed_in()
    {
        var server = new WebServer { Content = _content };
        await using (var file = await Open(server, StoredFileMode.ReadWrite))
        {
            await file.WriteAsync(0, new byte[] { 0xAA });
        }

        server.Tag = "\"2\"";
        await using var again = await Open(server, StoredFileMode.ReadWrite);
        Assert.Equal([_content[0]], await Read(again, 0, 1));
        Assert.Contains(await _local.ListAsync("/FujiNet/overlay"), entry => entry.Name.EndsWith(".old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_write_past_the_end_is_refused()
    {
        await using var file = await Open(new WebServer { Content = _content }, StoredFileMode.ReadWrite);
        Assert.Equal(StorageError.Unsupported, await Refusal(file.WriteAsync(_content.Length - 1, new byte[2])));
    }

    [Fact]
    public async Task A_server_that_sends_other_bytes_than_asked_for_is_not_believed()
    {
        await using var file = await Open(new WebServer { Content = _content, LiesAboutRanges = true }, StoredFileMode.Read);
        Assert.Equal(StorageError.Failed, await Refusal(Read(file, 0, 16)));
    }

    [Fact]
    public async Task Nothing_is_made_removed_or_renamed_on_a_server()
    {
        var files = Files(new WebServer { Content = _content });
        Assert.Equal(StorageError.Denied, await Refusal(() => files.RemoveFileAsync(Disk)));
        Assert.Equal(StorageError.Denied, await Refusal(() => files.ReplaceAsync(Disk, default)));
        Assert.Equal(StorageError.Denied, await Refusal(files.OpenAsync(Disk, StoredFileMode.Create)));
    }

    private static async Task<StorageError> Refusal<T>(ValueTask<T> call) =>
        (await Assert.ThrowsAsync<StorageException>(async () => await call)).Error;

    private static async Task<StorageError> Refusal<T>(Task<T> call) =>
        (await Assert.ThrowsAsync<StorageException>(async () => await call)).Error;

    private static async Task<StorageError> Refusal(ValueTask call) =>
        (await Assert.ThrowsAsync<StorageException>(async () => await call)).Error;

    private static async Task<StorageError> Refusal(Func<ValueTask> call) =>
        (await Assert.ThrowsAsync<StorageException>(async () => await call())).Error;

    private static async Task<byte[]> Read(IStoredFile file, long offset, int count)
    {
        byte[] buffer = new byte[count];
        return buffer[..await file.ReadAsync(offset, buffer)];
    }

    private HttpFileSystem Files(WebServer server) => new(new HttpMessageInvoker(server), new OverlayStore(_local));

    private ValueTask<IStoredFile> Open(WebServer server, StoredFileMode mode) => Files(server).OpenAsync(Disk, mode);

    private async Task Damage(Func<byte[], byte[]> change)
    {
        string path = "/FujiNet/overlay/" + (await _local.ListAsync("/FujiNet/overlay")).Single().Name;
        byte[] content;
        await using (var log = await _local.OpenAsync(path, StoredFileMode.Read))
        {
            content = await Read(log, 0, (int)log.Length);
        }

        await _local.ReplaceAsync(path, change(content));
    }
}
