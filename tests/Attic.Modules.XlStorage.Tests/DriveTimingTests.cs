using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Media;

namespace Attic.Modules.XlStorage.Tests;

/// <summary>
/// What a program measures from inside. The expected figures are those of Atari's field service manuals for the 810 and the 1050
/// (288 rpm: 208.33 ms a revolution; 125 kbit/s in FM; steps of 5.3 ms and 2 × 10.06 ms) and of the drives' ROMs (a byte on the
/// bus takes 265 cycles of 2 µs, 549 of 1 µs, with the US Doubler 534 and 220).
/// </summary>
public class DriveTimingTests
{
    private const double Turn = 60_000.0 / 288;
    private const byte Complete = (byte)'C';
    private const byte Error = (byte)'E';

    [Theory]
    [InlineData(XlDriveModel.Atari810, VideoRegion.Ntsc)]
    [InlineData(XlDriveModel.Atari810, VideoRegion.Pal)]
    [InlineData(XlDriveModel.Atari1050, VideoRegion.Ntsc)]
    [InlineData(XlDriveModel.Atari1050, VideoRegion.Pal)]
    public void A_revolution_takes_the_time_of_288_rpm(XlDriveModel model, VideoRegion region)
    {
        var probe = new Probe(model, region);
        probe.Insert(Disks.Numbered(AtariDiskShape.Single));
        for (int turn = 0; turn <= 10; turn++)
        {
            probe.Add('R', 1);
        }

        var results = probe.Run();
        double period = (results[10].Completed - results[0].Completed) / 10;
        Assert.InRange(period, Turn * 0.99, Turn * 1.01);
    }

    [Theory]
    [InlineData(XlDriveModel.Atari810)]
    [InlineData(XlDriveModel.Atari1050)]
    public void Odd_sectors_pass_the_head_before_even_ones(XlDriveModel model)
    {
        // The angle between sector 1 and another one: the time from the end of the one to the end of the other, without whole turns.
        var probe = new Probe(model);
        probe.Insert(Disks.Numbered(AtariDiskShape.Single));
        for (int sector = 2; sector <= 18; sector++)
        {
            probe.Add('R', 1);
            probe.Add('R', sector);
        }

        var results = probe.Run();
        var angles = new SortedDictionary<double, int>();
        for (int pair = 0; pair < 17; pair++)
        {
            double angle = (results[(2 * pair) + 1].Completed - results[2 * pair].Completed) % Turn;
            angles.Add(angle, pair + 2);
        }

        Assert.Equal([3, 5, 7, 9, 11, 13, 15, 17, 2, 4, 6, 8, 10, 12, 14, 16, 18], angles.Values);
        Assert.All(angles.Keys.Select((angle, place) => angle - ((place + 1) * 11.072)), difference => Assert.InRange(difference, -0.01 * Turn, 0.01 * Turn));
    }

    [Theory]
    [InlineData(XlDriveModel.Atari810, 128, 0.530)]
    [InlineData(XlDriveModel.Atari1050, 128, 0.549)]
    [InlineData(XlDriveModel.UsDoubler, 128, 0.534)]
    public void A_sector_crosses_the_bus_at_the_drives_own_rate(XlDriveModel model, int bytes, double byteTime)
    {
        var probe = new Probe(model);
        probe.Insert(Disks.Numbered(AtariDiskShape.Single));
        probe.Add('R', 5, bytes);
        var result = probe.Run()[0];
        Assert.Equal((Complete, (byte)5, (byte)0), (result.Completion, result.Head[0], result.Last));

        // From the completion's end to the end of the checksum: as many bytes as there are data, and the checksum.
        double expected = (bytes + 1) * byteTime;
        Assert.InRange(result.Ended - result.Completed, expected * 0.99, expected * 1.01);
    }

    [Theory]
    [InlineData(XlDriveModel.Atari810, 5.3, 10, 0)]
    [InlineData(XlDriveModel.Atari1050, 20.12, 20, 1)]
    public void Seeks_take_their_steps(XlDriveModel model, double step, double settle, int overshoot)
    {
        // A sector that is not there needs no angle: all is seeking and searching, which is the same on both tracks.
        var probe = new Probe(model);
        probe.Insert(Disks.Described("track 0\nremove 1\ntrack 1\nremove 1\ntrack 21\nremove 1\n"));
        probe.Add('R', 2);
        probe.Add('R', 3);
        probe.Add('R', 19 + (20 * 18) + 1);
        probe.Add('R', 3);
        var results = probe.Run();
        Assert.All(results, result => Assert.Equal(Complete, result.Completion));

        // In and back out again: sector 2 of track 21 and sector 3 of track 0, whose angles the first reads give.
        double there = results[2].Completed - results[1].Completed;
        double seek = ((21 + overshoot) * step) + settle;
        Assert.True(there > seek, $"{there} ms");
        Assert.InRange(there, seek, seek + 100 + Turn);
    }

    [Fact]
    public void High_speed_is_asked_for_and_used_both_ways()
    {
        var probe = new Probe(XlDriveModel.UsDoubler);
        var disk = Disks.Numbered(AtariDiskShape.Double);
        probe.Insert(disk);
        probe.Add('?', 0, 1);
        Assert.Equal(10, probe.Run()[0].Head[0]);

        probe.Divisor = 10;
        probe.Add('W', 10, 128);
        probe.Add('R', 2, 128);
        var results = probe.Run();
        Assert.Equal(Complete, results[1].Completion);
        Assert.Equal((byte)2, results[1].Head[0]);
        double expected = 129 * 0.220;
        Assert.InRange(results[1].Ended - results[1].Completed, expected * 0.99, expected * 1.01);
    }

    [Fact]
    public void A_drive_without_high_speed_hears_nothing_at_high_speed()
    {
        var probe = new Probe(XlDriveModel.Atari1050) { Divisor = 10 };
        probe.Insert(Disks.Numbered(AtariDiskShape.Single));
        probe.Add('R', 1);
        Assert.Equal(0, probe.Run()[0].Ack);
    }

    [Theory]
    [InlineData(XlDriveModel.Atari810)]
    [InlineData(XlDriveModel.Atari1050)]
    public void Of_several_sectors_with_a_number_the_next_to_pass_is_read(XlDriveModel model)
    {
        var probe = new Probe(model);
        probe.Insert(Disks.Described("""
            track 0
            remove 7
            sector 7 at 355 data 11
            sector 7 at 85 data 22
            sector 7 at 175 data 33
            sector 7 at 265 data 44
            """));
        for (int read = 0; read < 9; read++)
        {
            probe.Add('R', 7);
        }

        // A read keeps the bus busy for a good 80 ms, more than a quarter turn of 52 ms: so every other one, after half a turn.
        var results = probe.Run();
        byte[] seen = [.. results.Select(result => result.Head[0])];
        int first = Array.IndexOf([0x11, 0x22, 0x33, 0x44], seen[0]);
        Assert.Equal(Enumerable.Range(0, 9).Select(read => (byte)(0x11 * (1 + ((first + (2 * read)) % 4)))), seen);
        double half = (results[8].Completed - results[0].Completed) / 8;
        Assert.InRange(half, Turn / 2 * 0.99, Turn / 2 * 1.01);
    }

    [Theory]
    [InlineData("missing", 0xEF)]
    [InlineData("crc", 0xF7)]
    [InlineData("deleted", 0xDF)]
    [InlineData("long 1024", 0xF1)]
    public void A_bad_sector_is_an_error_with_its_controller_status(string what, int status)
    {
        var probe = new Probe();
        probe.Insert(Disks.Described($"track 0\nchange 5 data 5A {what}\n"));
        probe.Add('R', 5);
        probe.Add('S', 0, 4);
        var results = probe.Run();
        Assert.Equal(Error, results[0].Completion);
        Assert.Equal((0x14, status), (results[1].Head[0] & 0x14, results[1].Head[1]));
        Assert.Equal(what == "missing" ? 0 : 0x5A, results[0].Last);
    }

    [Fact]
    public void A_bad_sector_is_tried_four_times_by_an_810_and_twice_by_a_1050()
    {
        Assert.InRange(Time(XlDriveModel.Atari810), 3 * Turn * 0.99, 3 * Turn * 1.01);
        Assert.InRange(Time(XlDriveModel.Atari1050), 1 * Turn * 0.99, 1 * Turn * 1.01);

        // How much longer the sector takes when it is bad.
        static double Time(XlDriveModel model)
        {
            var good = Read(model, "track 0\n");
            var bad = Read(model, "track 0\nchange 5 crc\n");
            Assert.Equal((Complete, Error), (good.Completion, bad.Completion));
            return bad.Completed - bad.Sent - (good.Completed - good.Sent);
        }

        static ProbeResult Read(XlDriveModel model, string disk)
        {
            var probe = new Probe(model);
            probe.Insert(Disks.Described(disk));
            probe.Add('R', 5);
            return probe.Run()[0];
        }
    }

    [Fact]
    public void Weak_bytes_read_differently_and_yet_the_same_in_every_run()
    {
        var first = Run();
        Assert.Equal(4, first.Select(result => result.Last).Distinct().Count());
        Assert.All(first, result => Assert.Equal((Complete, (byte)0x5A), (result.Completion, result.Head[2])));
        Assert.Equal(first.Select(result => result.Sum), Run().Select(result => result.Sum));

        static List<ProbeResult> Run()
        {
            var probe = new Probe();
            probe.Insert(Disks.Described("track 0\nchange 5 data 5A weak 100\n"));
            for (int read = 0; read < 4; read++)
            {
                probe.Add('R', 5);
            }

            return probe.Run();
        }
    }
}
