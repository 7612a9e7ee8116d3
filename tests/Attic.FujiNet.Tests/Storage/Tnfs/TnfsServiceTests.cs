using System.Net;
using System.Text;
using Attic.FujiNet.Storage.Tnfs;
using static Attic.FujiNet.Tests.Storage.Tnfs.TnfsBench;

namespace Attic.FujiNet.Tests.Storage.Tnfs;

public sealed class TnfsServiceTests : IDisposable
{
    private readonly TnfsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_mount_answers_version_and_retry_time()
    {
        byte[] reply = _bench.Service.Answer([0, 0, 7, 0, 0, 1, .. "/\0\0\0"u8], IPAddress.Loopback);
        Assert.Equal([7, 0, 0, 0x02, 0x01, 0xE8, 0x03], reply[2..]);
    }

    [Fact]
    public void A_file_is_read_to_its_end()
    {
        _bench.Put("a.txt", "hello").Mount();
        Assert.Equal([0, 0], _bench.Send(TnfsCommand.Open, [1, 0, 0, 0, .. Text("a.txt")]));
        Assert.Equal([0, 5, 0, .. "hello"u8], _bench.Send(TnfsCommand.Read, 0, 0, 2));
        Assert.Equal(TnfsResult.EndOfFile, _bench.Result(TnfsCommand.Read, 0, 0, 2));
        Assert.Equal(TnfsResult.Ok, _bench.Result(TnfsCommand.Close, 0));
        Assert.Equal(TnfsResult.BadHandle, _bench.Result(TnfsCommand.Read, 0, 0, 2));
    }

    [Fact]
    public void What_is_written_lies_in_the_folder()
    {
        _bench.Mount();
        Assert.Equal(TnfsResult.Ok, _bench.Result(TnfsCommand.Open, [0x03, 0x03, 0xA4, 1, .. Text("/new.txt")]));
        Assert.Equal([0, 3, 0], _bench.Send(TnfsCommand.Write, [0, 3, 0, .. "abc"u8]));
        Assert.Equal([0, 1, 0, 0, 0], _bench.Send(TnfsCommand.Seek, 0, 0, 1, 0, 0, 0));
        _bench.Send(TnfsCommand.Write, [0, 1, 0, .. "Z"u8]);
        Assert.Equal("aZc", File.ReadAllText(Path.Combine(_bench.Folder, "new.txt")));
    }

    [Fact]
    public void A_repeated_request_gets_the_same_answer_and_is_not_done_twice()
    {
        _bench.Put("a.txt", "").Mount();
        _bench.Send(TnfsCommand.Open, [0x0A, 0, 0, 0, .. Text("a.txt")]);
        byte[] write = _bench.Request(_bench.Session, TnfsCommand.Write, [0, 2, 0, .. "xy"u8]);
        Assert.Equal(_bench.Service.Answer(write, IPAddress.Loopback), _bench.Service.Answer(write, IPAddress.Loopback));
        Assert.Equal("xy", File.ReadAllText(Path.Combine(_bench.Folder, "a.txt")));
    }

    [Fact]
    public void Directories_list_folders_first_and_no_hidden_names()
    {
        _bench.Put("b.txt", "1").Put("A.txt", "22").Put("z/inside", "").Put(".hidden", "").Mount();
        Assert.Equal([0, 0, 3, 0], _bench.Send(TnfsCommand.OpenDirectoryExtended, [0, 0, 0, 0, 0, .. Text("/")]));
        byte[] entries = _bench.Send(TnfsCommand.ReadDirectoryExtended, 0, 0);
        Assert.Equal([0, 3, 1, 0, 0, 1], entries[..6]);
        string names = Encoding.UTF8.GetString(entries);
        Assert.True(names.IndexOf("z\0", StringComparison.Ordinal) < names.IndexOf("A.txt", StringComparison.Ordinal));
        Assert.True(names.IndexOf("A.txt", StringComparison.Ordinal) < names.IndexOf("b.txt", StringComparison.Ordinal));
        Assert.Equal(TnfsResult.EndOfFile, _bench.Result(TnfsCommand.ReadDirectoryExtended, 0, 0));
    }

    [Fact]
    public void A_pattern_filters_files_and_spares_folders()
    {
        _bench.Put("a.atr", "").Put("b.txt", "").Put("sub/x", "").Mount();
        Assert.Equal([0, 0, 2, 0], _bench.Send(TnfsCommand.OpenDirectoryExtended, [0, 0, 0, 0, .. Text("*.ATR"), .. Text("")]));
    }

    [Fact]
    public void Directory_entries_that_do_not_fit_come_with_the_next_packet()
    {
        for (int file = 0; file < 100; file++)
        {
            _bench.Put($"a-rather-long-name-{file:000}", "");
        }

        _bench.Mount().Send(TnfsCommand.OpenDirectoryExtended, [0, 0, 0, 0, 0, .. Text("/")]);
        int seen = 0;
        for (byte[] reply = _bench.Send(TnfsCommand.ReadDirectoryExtended, 0, 0); reply[0] == 0; reply = _bench.Send(TnfsCommand.ReadDirectoryExtended, 0, 0))
        {
            Assert.InRange(reply.Length, 1, TnfsProtocol.MaxPayload);
            seen += reply[1];
        }

        Assert.Equal(100, seen);
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("/../etc/passwd")]
    [InlineData("link/passwd")]
    [InlineData("..\\..\\etc\\passwd")]
    public void Paths_do_not_leave_the_folder(string path)
    {
        Directory.CreateSymbolicLink(Path.Combine(_bench.Folder, "link"), "/etc");
        _bench.Mount();
        Assert.NotEqual(TnfsResult.Ok, _bench.Result(TnfsCommand.Stat, Text(path)));
        Assert.NotEqual(TnfsResult.Ok, _bench.Result(TnfsCommand.Open, [1, 0, 0, 0, .. Text(path)]));
    }

    [Fact]
    public void Files_and_folders_are_made_renamed_and_removed()
    {
        _bench.Put("a.txt", "text").Mount();
        Assert.Equal(TnfsResult.Ok, _bench.Result(TnfsCommand.MakeDirectory, Text("d")));
        Assert.Equal(TnfsResult.Exists, _bench.Result(TnfsCommand.MakeDirectory, Text("d")));
        Assert.Equal(TnfsResult.Ok, _bench.Result(TnfsCommand.Rename, [.. Text("a.txt"), .. Text("d/b.txt")]));
        Assert.Equal(TnfsResult.NotEmpty, _bench.Result(TnfsCommand.RemoveDirectory, Text("d")));
        Assert.Equal(TnfsResult.IsDirectory, _bench.Result(TnfsCommand.Unlink, Text("d")));
        Assert.Equal(TnfsResult.Ok, _bench.Result(TnfsCommand.Unlink, Text("d/b.txt")));
        Assert.Equal(TnfsResult.Ok, _bench.Result(TnfsCommand.RemoveDirectory, Text("d")));
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Folder));
    }

    [Fact]
    public void Stat_tells_files_from_directories()
    {
        _bench.Put("d/a.txt", "12345").Mount();
        byte[] file = _bench.Send(TnfsCommand.Stat, Text("d/a.txt"));
        Assert.Equal(0x80, file[2] & 0xF0);
        Assert.Equal([5, 0, 0, 0], file[7..11]);
        Assert.Equal(0x40, _bench.Send(TnfsCommand.Stat, Text("d"))[2] & 0xF0);
    }

    [Fact]
    public void A_mounted_subfolder_is_the_root()
    {
        _bench.Put("sub/a.txt", "x").Mount("/sub");
        Assert.Equal(TnfsResult.Ok, _bench.Result(TnfsCommand.Stat, Text("/a.txt")));
    }

    [Fact]
    public void A_read_only_server_changes_nothing()
    {
        using var bench = new TnfsBench(new TnfsLimits { ReadOnly = true }).Put("a", "x").Mount();
        Assert.Equal(TnfsResult.ReadOnly, bench.Result(TnfsCommand.Unlink, Text("a")));
        Assert.Equal(TnfsResult.ReadOnly, bench.Result(TnfsCommand.Open, [2, 2, 0, 0, .. Text("a")]));
        Assert.Equal(TnfsResult.Ok, bench.Result(TnfsCommand.Open, [1, 0, 0, 0, .. Text("a")]));
    }

    [Fact]
    public void Another_address_cannot_use_a_session()
    {
        _bench.Put("a", "x").Mount();
        byte[] request = _bench.Request(_bench.Session, TnfsCommand.Stat, Text("a"));
        Assert.Equal((byte)TnfsResult.BadSession, _bench.Service.Answer(request, IPAddress.Parse("192.0.2.1"))[4]);
    }

    [Fact]
    public void Sessions_are_limited_and_unmounting_frees_one()
    {
        using var bench = new TnfsBench(new TnfsLimits { Sessions = 1 }).Mount();
        byte[] mount = bench.Request(0, TnfsCommand.Mount, [1, 2, .. Text("/"), 0, 0]);
        Assert.Equal((byte)TnfsResult.TooManyUsers, bench.Service.Answer(mount, IPAddress.Loopback)[4]);
        Assert.Equal(TnfsResult.Ok, bench.Result(TnfsCommand.Unmount));
        Assert.Equal((byte)TnfsResult.Ok, bench.Service.Answer(mount, IPAddress.Loopback)[4]);
    }
}
