using System.Text;
using Attic.FujiNet.Storage;
using Attic.FujiNet.Storage.Http;

namespace Attic.FujiNet.Tests.Storage;

public class FileSystemTests
{
    public static TheoryData<string> Kinds => ["host", "memory"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Files_and_folders_are_made_listed_renamed_and_removed(string kind)
    {
        using var folder = new TemporaryFolder();
        var files = Open(kind, folder);
        await files.MakeDirectoryAsync("/b");
        await files.ReplaceAsync("/b/two", new byte[2]);
        await files.ReplaceAsync("/a", new byte[3]);
        Assert.Equal(["a", "b"], (await files.ListAsync("/")).Select(entry => entry.Name));
        Assert.Equal((2, false), ((await files.StatAsync("/b/two"))!.Size, (await files.StatAsync("/b/two"))!.IsDirectory));
        await files.RenameAsync("/b", "/c");
        Assert.Null(await files.StatAsync("/b"));
        Assert.Equal(StorageError.NotEmpty, (await Assert.ThrowsAsync<StorageException>(async () => await files.RemoveDirectoryAsync("/c"))).Error);
        await files.RemoveFileAsync("/c/two");
        await files.RemoveDirectoryAsync("/c");
        Assert.Equal("a", Assert.Single(await files.ListAsync("/")).Name);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_is_read_and_written_at_any_place(string kind)
    {
        using var folder = new TemporaryFolder();
        var files = Open(kind, folder);
        await using (var file = await files.OpenAsync("/f", StoredFileMode.OpenOrCreate))
        {
            await file.WriteAsync(4, Encoding.ASCII.GetBytes("end"));
        }

        await using var again = await files.OpenAsync("/f", StoredFileMode.Read);
        byte[] all = new byte[10];
        Assert.Equal(7, await again.ReadAsync(0, all));
        Assert.Equal("\0\0\0\0end", Encoding.ASCII.GetString(all, 0, 7));
        Assert.Equal(0, await again.ReadAsync(7, all));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_missing_or_of_the_wrong_kind_is_told(string kind)
    {
        using var folder = new TemporaryFolder();
        var files = Open(kind, folder);
        Assert.Equal(StorageError.NotFound, (await Assert.ThrowsAsync<StorageException>(async () => await files.OpenAsync("/no", StoredFileMode.Read))).Error);
        Assert.Equal(StorageError.NotFound, (await Assert.ThrowsAsync<StorageException>(async () => await files.ListAsync("/no"))).Error);
        Assert.Equal(StorageError.NotFound, (await Assert.ThrowsAsync<StorageException>(async () => await files.MakeDirectoryAsync("/no/x"))).Error);
        Assert.Equal(StorageError.WrongKind, (await Assert.ThrowsAsync<StorageException>(async () => await files.OpenAsync("/", StoredFileMode.Read))).Error);
    }

    [SkippableFact]
    public async Task No_path_and_no_link_leads_out_of_the_folder()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        using var outside = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(outside.Path, "secret"), "x");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "folder"), outside.Path);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "file"), Path.Combine(outside.Path, "secret"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "nowhere"), Path.Combine(outside.Path, "new"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "inside"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "loop"), Path.Combine(folder.Path, "inside"));
        var files = new HostFileSystem("host", folder.Path);
        foreach (string path in (string[])["/folder", "/folder/secret", "/file", "/../" + Path.GetFileName(outside.Path) + "/secret", "/nowhere"])
        {
            Assert.Null(await files.StatAsync(path));
            await Assert.ThrowsAsync<StorageException>(async () => await files.ReplaceAsync(path, new byte[1]));
        }

        Assert.Equal(["inside", "loop"], (await files.ListAsync("/")).Select(entry => entry.Name));
        await files.ReplaceAsync("/loop/f", new byte[1]);
        Assert.True(File.Exists(Path.Combine(folder.Path, "inside", "f")));
        Assert.Equal("x", File.ReadAllText(Path.Combine(outside.Path, "secret")));
    }

    [Theory]
    [InlineData("HOST:/a", null, "host:/a")]
    [InlineData("persist:///a", null, "host:/a")]
    [InlineData("host:/a/../../b//c/.", null, "host:/b/c")]
    [InlineData("d", "host:/x", "host:/x/d")]
    [InlineData("/d", "host:/x", "host:/d")]
    [InlineData("../d", "host:/x", "host:/d")]
    [InlineData("http://s:80/a/../b", null, "http://s/b")]
    [InlineData("HTTPS://s:443", null, "https://s/")]
    [InlineData("../c?q=/../1", "http://s/a/b", "http://s/a/c?q=/../1")]
    [InlineData("/c", "http://s/a/b", "http://s/c")]
    [InlineData("host:/z", "http://s/a/b", "host:/z")]
    [InlineData("d", null, null)]
    [InlineData("/d", null, null)]
    [InlineData("foo:/d", null, null)]
    [InlineData("http:///x", null, null)]
    [InlineData("tnfs://s/x", null, null)]
    public void Texts_lead_where_the_order_of_resolution_says(string text, string? from, string? expected)
    {
        var storage = new StorageManager();
        storage.Register(new MemoryFileSystem("host"));
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        storage.Register(new HttpFileSystem(client));
        Assert.Equal(expected, storage.Resolve(text, from is null ? null : storage.Resolve(from))?.Uri);
    }

    private static IFileSystem Open(string kind, TemporaryFolder folder) =>
        kind is "host" ? new HostFileSystem("host", folder.Path) : new MemoryFileSystem("host");
}
