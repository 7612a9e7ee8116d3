using System.Diagnostics;
using System.Globalization;
using Attic.Abi.Media;
using Attic.Media.Durability;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;

namespace Attic.Media.Tests.Durability;

public sealed class KillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("disk.st")]
    [InlineData("disk.msa")]
    public void A_killed_writer_loses_no_write_that_it_called_durable(string name)
    {
        string path = _folder[name];
        var content = Disks.Numbered(DiskGeometry.DoubleSided);
        FloppyImage.Save(path, content);
        var random = new Random(Environment.TickCount);
        for (int round = 0; round < Rounds; round++)
        {
            long durable = WriteAndKill(path, round, random.Next(120));
            using var disk = FloppyImage.Open(path);
            content = PrefixOf(content, round, durable, disk.ContentHash());
            Assert.True(disk.Write(0, 0, 0, Disks.Sector((byte)round), deleted: false));
            content.SetSector(0, 0, 1, Disks.Sector((byte)round));
        }

        Assert.Empty(Directory.GetFiles(_folder[""], "*.kept*"));
        Assert.Empty(Directory.GetFiles(_folder[""], "*.journal"));
    }

    [Theory]
    [InlineData("disk.atr")]
    [InlineData("disk.xfd")]
    public void A_killed_writer_to_an_8_bit_disk_loses_nothing_either(string name)
    {
        string path = _folder[name];
        File.WriteAllBytes(path, DiskImage8.Blank(name, AtariDiskShape.Single)!);
        var random = new Random(Environment.TickCount);
        for (int round = 0; round < Rounds; round++)
        {
            var expected = DiskImage8.FromBytes(name, File.ReadAllBytes(path));
            long durable = WriteAndKill(path, round, random.Next(120));
            using var disk = DiskImage8.Open(path);
            AssertPrefix(expected, round, durable, disk.ContentHash());
        }

        Assert.Empty(Directory.GetFiles(_folder[""], "*.kept*"));
        Assert.Empty(Directory.GetFiles(_folder[""], "*.journal"));
    }

    // ATTIC_KILL_ROUNDS makes it a long one.
    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("ATTIC_KILL_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds)
            ? rounds
            : 8;

    // Kills it some time after it first called a write durable (until then nobody else may open the image); returns the last number that it named.
    private static long WriteAndKill(string path, int seed, int milliseconds)
    {
        string host = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
        string assembly = typeof(DoomedWriter).Assembly.Location;
        var start = new ProcessStartInfo(host, ["exec", assembly, path, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        string? line = process.StandardOutput.ReadLine();
        Assert.NotNull(line);
        Assert.Throws<FileInUseException>(() => DiskFile.Open(path));
        Thread.Sleep(milliseconds);
        process.Kill();
        while (process.StandardOutput.ReadLine() is { Length: > 0 } next && next.All(char.IsAsciiDigit))
        {
            line = next;
        }

        process.WaitForExit();
        return long.Parse(line, CultureInfo.InvariantCulture);
    }

    // The content after as many writes as give the hash: at least those that were durable.
    private static DiskContent PrefixOf(DiskContent before, int seed, long durable, string hash)
    {
        var script = new WriteScript(seed);
        var content = before.Clone();
        for (long write = 0; write < durable; write++)
        {
            script.Next(content);
        }

        for (int more = 0; more <= 2 * DoomedWriter.MostInFlight; more++)
        {
            if (Convert.ToHexStringLower(content.Hash()) == hash)
            {
                return content;
            }

            script.Next(content);
        }

        Assert.Fail($"After {durable} durable writes the disk holds no beginning of the series.");
        return before;
    }

    // The disk is as after some number of writes: at least those that were durable.
    private static void AssertPrefix(DiskImage8 disk, int seed, long durable, string hash)
    {
        var script = new WriteScript8(seed);
        for (long write = 0; write < durable; write++)
        {
            script.Next(disk);
        }

        for (int more = 0; more <= 2 * DoomedWriter.MostInFlight; more++)
        {
            if (disk.ContentHash() == hash)
            {
                return;
            }

            script.Next(disk);
        }

        Assert.Fail($"After {durable} durable writes the disk holds no beginning of the series.");
    }
}
