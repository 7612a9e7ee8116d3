using Attic.Media.Floppies;

namespace Attic.Modules.StStorage.Tests;

public class TrackTests
{
    private const byte LostData = 0x04, WriteProtect = 0x40;
    private const int ToDisk = 0x100;
    private readonly Bench _bench = new();

    [Fact]
    public void Read_track_gives_a_revolution_with_marks_gaps_and_checks()
    {
        var disk = _bench.WithDisk();
        _bench.Seek(6);
        _bench.Aim(0x1000, 13);
        _bench.UntilIndex();
        _bench.Write(Bench.Command, 0xE0);
        long time = _bench.UntilInterrupt();
        Assert.InRange(time, (2 * Bench.Revolution) - (20 * Bench.Microsecond), 2 * Bench.Revolution);
        byte[] track = _bench.Memory[0x1000..(0x1000 + 6240)];
        Assert.All(track[..60], gap => Assert.Equal(0x4E, gap));
        Assert.Equal([0, 0, 0xA1, 0xA1, 0xA1, 0xFE, 6, 0, 1, 2], track[70..80]);
        Assert.Equal([0, 0xA1, 0xA1, 0xA1, 0xFB], track[115..120]);
        Assert.Equal(disk.Read(6, 0, 0).ToArray(), track[120..632]);
        Assert.Equal([9, 2], track[(72 + (8 * 614) + 6)..(72 + (8 * 614) + 8)]);
    }

    [Theory]
    [InlineData(9, 60, 12, 40)]
    [InlineData(10, 60, 12, 40)]
    [InlineData(11, 10, 3, 1)]
    public void A_formatted_track_holds_its_sectors(int sectors, int gap1, int sync, int gap4)
    {
        var disk = _bench.WithDisk();
        _bench.Seek(11);
        byte[] image = FormatImage(11, 0, sectors, gap1, sync, gap4);
        image.CopyTo(_bench.Memory, 0x8000);
        _bench.Aim(0x8000, 14, ToDisk);
        Assert.Equal(0x80, _bench.Do(0xF0, ToDisk));
        Assert.Equal(sectors, disk.SectorsOf(11, 0).Length);
        Assert.Equal(9, disk.SectorsOf(12, 0).Length);

        _bench.Aim(0x1000, 1);
        _bench.Write(Bench.Sector, sectors);
        Assert.Equal(0x80, _bench.Do(0x80));
        Assert.All(_bench.Memory[0x1000..0x1200], value => Assert.Equal((byte)(0x40 + sectors), value));
    }

    [Fact]
    public void A_format_that_the_image_cannot_hold_is_an_error_and_changes_nothing()
    {
        var disk = _bench.WithDisk();
        string before = disk.ContentHash();
        _bench.Seek(11);
        FormatImage(99, 0, 9, 60, 12, 40).CopyTo(_bench.Memory, 0x8000);
        _bench.Aim(0x8000, 14, ToDisk);
        Assert.Equal(WriteProtect, _bench.Do(0xF0, ToDisk) & WriteProtect);
        Assert.Equal(before, disk.ContentHash());
    }

    [Fact]
    public void Formatting_a_protected_disk_is_refused_at_once()
    {
        _bench.WithDisk(writeProtect: true);
        _bench.Seek(11);
        _bench.Write(Bench.Command, 0xF0, ToDisk);
        Assert.Equal(0, _bench.UntilInterrupt());
        Assert.Equal(WriteProtect, _bench.Read(Bench.Command, ToDisk) & WriteProtect);
    }

    [Fact]
    public void Formatting_without_a_first_byte_is_given_up_after_three_byte_times()
    {
        _bench.WithDisk();
        _bench.Seek(11);
        _bench.Write(Bench.Command, 0xF0, 0x140);
        Assert.Equal(96 * Bench.Microsecond, _bench.UntilInterrupt());
        Assert.Equal(LostData, _bench.Read(Bench.Command, 0x140) & LostData);
    }

    [Fact]
    public void Random_commands_and_bytes_never_break_the_chips()
    {
        var random = new Random(4711);
        for (int round = 0; round < 40; round++)
        {
            var bench = new Bench((uint)round);
            bench.WithDisk();
            random.NextBytes(bench.Memory.AsSpan(0, 0x10000));
            for (int access = 0; access < 200; access++)
            {
                int register = random.Next(3) == 0 ? 0x80 : 0x80 | random.Next(0x200);
                bench.Poke(0xFF8606, register);
                bench.Poke(0xFF8604, random.Next(256));
                bench.Run(random.Next(1, 300) * random.Next(1, 1000) * Bench.Microsecond);
                bench.Peek(0xFF8604);
                bench.Poke(0xFF8608, 0);
            }
        }
    }

    // What a program hands to Write Track: gaps, sync, marks made by F5, checks made by F7.
    private static byte[] FormatImage(int track, int side, int sectors, int gap1, int sync, int gap4)
    {
        var image = new List<byte>();
        void Repeat(byte value, int count) => image.AddRange(Enumerable.Repeat(value, count));
        Repeat(0x4E, gap1);
        for (int sector = 1; sector <= sectors; sector++)
        {
            Repeat(0, sync);
            Repeat(0xF5, 3);
            image.AddRange([0xFE, (byte)track, (byte)side, (byte)sector, 2, 0xF7]);
            Repeat(0x4E, 22);
            Repeat(0, 12);
            Repeat(0xF5, 3);
            image.Add(0xFB);
            Repeat((byte)(0x40 + sector), 512);
            image.Add(0xF7);
            Repeat(0x4E, gap4);
        }

        Repeat(0x4E, 7168 - image.Count);
        return [.. image];
    }
}
