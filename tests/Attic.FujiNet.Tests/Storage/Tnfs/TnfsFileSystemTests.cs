using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.FujiNet.Network;
using Attic.FujiNet.Storage;
using Attic.FujiNet.Storage.Tnfs;

namespace Attic.FujiNet.Tests.Storage.Tnfs;

/// <summary>Our client on our server, over both kinds of links.</summary>
public sealed class TnfsFileSystemTests : IDisposable
{
    private readonly TnfsBench _bench = new();
    private readonly TnfsFileSystem _files = new(new EgressPolicy(), TimeSpan.FromMilliseconds(200));
    private TnfsServer _server;

    public TnfsFileSystemTests()
    {
        _server = new TnfsServer(_bench.Service, new IPEndPoint(IPAddress.Loopback, 0));
        _ = _server.RunAsync();
    }

    public static TheoryData<string> Schemes => ["tnfs", "tnfs+tcp"];

    public void Dispose()
    {
        _files.Dispose();
        _server.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_file_is_written_read_and_described(string scheme)
    {
        byte[] content = Enumerable.Range(0, 5000).Select(value => (byte)(value * 7)).ToArray();
        await using (var file = await _files.OpenAsync(Uri(scheme, "/a.bin"), StoredFileMode.Create))
        {
            await file.WriteAsync(0, content);
            Assert.Equal(5000, file.Length);
        }

        await using var again = await _files.OpenAsync(Uri(scheme, "/a.bin"), StoredFileMode.Read);
        byte[] read = new byte[6000];
        Assert.Equal(5000, await again.ReadAsync(0, read));
        Assert.Equal(content, read[..5000]);
        Assert.Equal(3, await again.ReadAsync(4997, read));
        Assert.Equal(5000, (await _files.StatAsync(Uri(scheme, "/a.bin")))!.Size);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_folder_of_many_entries_is_listed_in_order(string scheme)
    {
        for (int file = 0; file < 60; file++)
        {
            _bench.Put($"d/file-with-a-long-name-{file:00}.atr", "x");
        }

        _bench.Put("d/sub/x", "");
        var entries = await _files.ListAsync(Uri(scheme, "/d"));
        Assert.Equal(61, entries.Count);
        Assert.Equal("file-with-a-long-name-00.atr", entries[0].Name);
        Assert.True(entries[60] is { Name: "sub", IsDirectory: true });
    }

    [Fact]
    public async Task What_is_missing_is_null_or_refused()
    {
        Assert.Null(await _files.StatAsync(Uri("tnfs", "/none")));
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await _files.OpenAsync(Uri("tnfs", "/none"), StoredFileMode.Read));
        Assert.Equal(StorageError.NotFound, refused.Error);
        await Assert.ThrowsAsync<StorageException>(async () => await _files.ListAsync(Uri("tnfs", "/none")));
    }

    [Fact]
    public async Task Folders_are_made_and_removed_and_files_renamed()
    {
        await _files.MakeDirectoryAsync(Uri("tnfs", "/d"));
        await _files.ReplaceAsync(Uri("tnfs", "/d/a"), "one"u8.ToArray());
        await _files.ReplaceAsync(Uri("tnfs", "/d/a"), "two"u8.ToArray());
        Assert.Equal("two", File.ReadAllText(Path.Combine(_bench.Folder, "d", "a")));
        Assert.Single(Directory.GetFiles(Path.Combine(_bench.Folder, "d")));
        await _files.RenameAsync(Uri("tnfs", "/d/a"), Uri("tnfs", "/b"));
        await _files.RemoveDirectoryAsync(Uri("tnfs", "/d"));
        Assert.Equal(["b"], Directory.GetFileSystemEntries(_bench.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task An_open_file_outlives_a_restart_of_the_server(string scheme)
    {
        _bench.Put("a.txt", "abcdef");
        await using var file = await _files.OpenAsync(Uri(scheme, "/a.txt"), StoredFileMode.ReadWrite);
        byte[] two = new byte[2];
        await file.ReadAsync(0, two);
        string uri = Uri(scheme, "/");
        Restart();
        Assert.Equal(uri, Uri(scheme, "/"));
        Assert.Equal(2, await file.ReadAsync(2, two));
        Assert.Equal("cd", Encoding.ASCII.GetString(two));
        await file.WriteAsync(4, "EF"u8.ToArray());
        Assert.Equal("abcdEF", File.ReadAllText(Path.Combine(_bench.Folder, "a.txt")));
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_and_the_write_done_once()
    {
        _bench.Put("log", "");
        using var lossy = new LossyRelay(_server.EndPoint, dropEvery: 3);
        string uri = $"tnfs://127.0.0.1:{lossy.Port}/log";
        await using var file = await _files.OpenAsync(uri, StoredFileMode.ReadWrite);
        for (int at = 0; at < 10; at++)
        {
            await file.WriteAsync(at, new[] { (byte)('0' + at) });
        }

        Assert.Equal("0123456789", File.ReadAllText(Path.Combine(_bench.Folder, "log")));
        Assert.True(lossy.Dropped > 0);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.Client.LocalEndPoint!).Port;
        var error = await Assert.ThrowsAsync<StorageException>(async () => await _files.StatAsync($"tnfs://user:secret@127.0.0.1:{port}/x"));
        Assert.Equal(StorageError.TimedOut, error.Error);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_the_policy_refuses_is_not_asked()
    {
        using var files = new TnfsFileSystem(new EgressPolicy(refusePrivate: true));
        Assert.Equal(StorageError.Failed, (await Assert.ThrowsAsync<StorageException>(async () => await files.StatAsync(Uri("tnfs", "/")))).Error);
        Assert.Equal(0, _bench.Service.SessionCount);
    }

    [Theory]
    [InlineData("tnfs://host:99999/x")]
    [InlineData("tnfs://host:0/x")]
    [InlineData("http://host/x")]
    public async Task What_is_no_address_is_not_found(string uri) =>
        Assert.Equal(StorageError.NotFound, (await Assert.ThrowsAsync<StorageException>(async () => await _files.StatAsync(uri))).Error);

    private string Uri(string scheme, string path) => $"{scheme}://127.0.0.1:{_server.EndPoint.Port}{path}";

    private void Restart()
    {
        var endPoint = _server.EndPoint;
        _server.Dispose();
        _server = new TnfsServer(new TnfsService(_bench.Folder), endPoint);
        _ = _server.RunAsync();
    }
}
