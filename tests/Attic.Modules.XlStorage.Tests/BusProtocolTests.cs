using Attic.Abi.Media;
using Attic.Media.Floppies8;

namespace Attic.Modules.XlStorage.Tests;

public class BusProtocolTests
{
    private static readonly byte[] DoublePercom = [40, 1, 0, 18, 0, 4, 1, 0, 0xFF, 0, 0, 0];

    [Fact]
    public void A_percom_block_and_a_format_make_another_density()
    {
        var disk = Disks.Numbered(AtariDiskShape.Single);
        var bench = new DriveBench(DriveModel.UsDoubler, disk);
        bench.Command('O');
        Assert.Equal("A"u8.ToArray(), bench.Bytes);
        bench.DataFrame(DoublePercom);
        Assert.Equal("AAC"u8.ToArray(), bench.Bytes);
        bench.Command('!');
        Assert.Equal([(byte)'A', (byte)'C', 0xFF, 0xFF, 0, 0], bench.Bytes[..6]);
        Assert.Equal(2 + 256 + 1, bench.Bytes.Length);
        Assert.Equal(AtariDiskShape.Double, disk.Shape);
        bench.Command('N');
        Assert.Equal(DoublePercom, bench.Bytes[2..14]);
        bench.Command('S');
        Assert.Equal(0x20, bench.Bytes[2] & 0x20);
        bench.Command('R', 4);
        Assert.Equal(2 + 256 + 1, bench.Bytes.Length);
        bench.Command('R', 3);
        Assert.Equal(2 + 128 + 1, bench.Bytes.Length);
    }

    [Fact]
    public void A_1050_formats_enhanced_density_by_its_own_command()
    {
        var disk = Disks.Numbered(AtariDiskShape.Single);
        var bench = new DriveBench(DriveModel.Atari1050, disk);
        bench.Command('"');
        Assert.Equal(AtariDiskShape.Enhanced, disk.Shape);
        bench.Command('S');
        Assert.Equal(0x80, bench.Bytes[2] & 0x80);
        bench.Command('R', 1040);
        Assert.Equal("AC"u8.ToArray(), bench.Bytes[..2]);
    }

    [Fact]
    public void A_damaged_data_frame_is_refused_and_nothing_written()
    {
        var disk = Disks.Numbered(AtariDiskShape.Single);
        byte[] before = disk.ToFile();
        var bench = new DriveBench(DriveModel.Atari810, disk);
        bench.Command('W', 5);
        bench.DataFrame(new byte[128], damaged: true);
        Assert.Equal("AN"u8.ToArray(), bench.Bytes);
        Assert.Equal(before, disk.ToFile());
    }

    [Fact]
    public void A_damaged_command_frame_is_for_nobody()
    {
        var bench = new DriveBench(DriveModel.Atari810, Disks.Numbered(AtariDiskShape.Single));
        bench.Command('R', 5, damaged: true);
        Assert.Empty(bench.Bytes);
    }

    [Fact]
    public void Bytes_at_a_speed_that_the_drive_lacks_are_noise()
    {
        var bench = new DriveBench(DriveModel.UsDoubler, Disks.Numbered(AtariDiskShape.Single)) { Bit = 60 };
        bench.Command('R', 5);
        Assert.Empty(bench.Bytes);
        bench.Bit = 34;
        bench.Command('R', 5);
        Assert.Equal(131, bench.Heard.Count(heard => heard.Bit == 34));
    }

    [Fact]
    public void A_new_command_cuts_the_old_one_short()
    {
        var bench = new DriveBench(DriveModel.Atari810, Disks.Numbered(AtariDiskShape.Single));
        bench.Begin('R', 5);
        Assert.Equal("A"u8.ToArray(), bench.Bytes);
        bench.Interrupt();
        bench.Finish();
        Assert.Equal("A"u8.ToArray(), bench.Bytes);
        bench.Command('R', 6);
        Assert.Equal([(byte)'A', (byte)'C', 6], bench.Bytes[..3]);
    }

    [Fact]
    public void An_xf551_turns_fast_behind_the_acknowledge()
    {
        var bench = new DriveBench(DriveModel.Xf551, Disks.Numbered(AtariDiskShape.DoubleSided));
        bench.Command((char)('R' | 0x80), 1440);
        Assert.Equal([(byte)'A', (byte)'C', 1440 & 0xFF, 1440 >> 8], bench.Bytes[..4]);
        Assert.Equal((93, 45), (bench.Heard[0].Bit, bench.Heard[1].Bit));
        Assert.Equal(2 + 256 + 1, bench.Heard.Count);
    }

    [Fact]
    public void A_disk_that_is_taken_out_under_way_is_a_failure_and_no_accident()
    {
        var disk = DiskImage8.FromBytes("d.atr", DiskImage8.Blank("d.atr", AtariDiskShape.Single)!);
        var bench = new DriveBench(DriveModel.Atari810, disk);
        bench.Begin('R', 5);
        bench.Eject();
        bench.Finish();
        Assert.Equal((byte)'E', bench.Bytes[1]);
    }
}
