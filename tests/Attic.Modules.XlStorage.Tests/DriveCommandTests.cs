using Attic.Abi.AtariXl;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Media.Floppies8;

namespace Attic.Modules.XlStorage.Tests;

public class DriveCommandTests
{
    private const byte Complete = (byte)'C';
    private const byte Error = (byte)'E';
    private const byte Nak = (byte)'N';

    [Theory]
    [InlineData('W')]
    [InlineData('P')]
    public void A_sector_is_written_and_read_back(char command)
    {
        var probe = new Probe();
        var disk = Disks.Numbered(AtariDiskShape.Single);
        probe.Insert(disk);
        probe.Add(command, 720);
        probe.Add('R', 720);
        probe.Add('R', 719);
        var results = probe.Run();
        Assert.Equal([Complete, Complete, Complete], results.Select(result => result.Completion));
        Assert.Equal([0, 1, 2, 127], results[1].Head.Append(results[1].Last));
        Assert.Equal(719 & 0xFF, results[2].Head[0]);
    }

    [Fact]
    public void Verification_takes_a_revolution_more()
    {
        var probe = new Probe();
        probe.Insert(Disks.Numbered(AtariDiskShape.Single));
        probe.Add('P', 5);
        probe.Add('W', 5);
        probe.Add('P', 5);
        var results = probe.Run();
        double turn = 60_000.0 / 288;
        double verified = results[1].Completed - results[0].Completed;
        double plain = results[2].Completed - results[1].Completed;
        Assert.InRange(verified - plain, turn * 0.99, turn * 1.01);
    }

    [Fact]
    public void A_protected_disk_refuses_and_keeps_everything()
    {
        var probe = new Probe();
        byte[] file = Disks.Numbered(AtariDiskShape.Single).ToFile();
        var disk = DiskImage8.FromBytes("d.atr", file, writeProtect: true);
        probe.Insert(disk);
        probe.Add('W', 4);
        probe.Add('S', 0, 4);
        probe.Add('!', 0, 128);
        var results = probe.Run();
        Assert.Equal((Error, Error), (results[0].Completion, results[2].Completion));
        Assert.Equal(0x0C, results[1].Head[0] & 0x0C);
        Assert.Equal(file, disk.ToFile());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(721)]
    public void A_sector_that_no_disk_has_is_not_acknowledged(int sector)
    {
        var probe = new Probe();
        probe.Insert(Disks.Numbered(AtariDiskShape.Single));
        probe.Add('R', sector);
        Assert.Equal(Nak, probe.Run()[0].Ack);
    }

    [Fact]
    public void Every_drive_has_its_own_disk_and_one_without_is_off()
    {
        var probe = new Probe();
        for (int drive = 0; drive < 8; drive += 7)
        {
            probe.Insert(Disks.Described($"fill {drive + 1}\n"), drive);
        }

        probe.Add('R', 1, device: 0x31);
        probe.Add('R', 1, device: 0x38);
        probe.Add('R', 1, device: 0x32);
        var results = probe.Run();
        Assert.Equal((1, 8, 0), (results[0].Last, results[1].Last, results[2].Ack));
    }

    [Fact]
    public void A_percom_block_says_what_is_in_the_drive_and_chooses_what_a_format_makes()
    {
        var probe = new Probe(XlDriveModel.UsDoubler);
        var disk = Disks.Numbered(AtariDiskShape.Enhanced);
        probe.Insert(disk);
        probe.Add('N', 0, 12);
        Assert.Equal([40, 1, 0], probe.Run()[0].Head);

        // The program sends 0, 1, 2 … 11, which no drive can make.
        probe.Add('O', 0, 12);
        Assert.Equal(Error, probe.Run()[0].Completion);
    }

    [Fact]
    public void A_format_makes_the_disk_anew()
    {
        var probe = new Probe(XlDriveModel.Atari1050);
        var disk = Disks.Numbered(AtariDiskShape.Single);
        probe.Insert(disk);
        probe.Add('"', 0, 128);
        probe.Add('S', 0, 4);
        probe.Add('R', 1040);

        // Forty tracks, two revolutions each, formatted and then verified: longer than the program waits for an answer.
        var results = probe.Run();
        Assert.Equal((byte)'A', results[0].Ack);
    }

    [Fact]
    public void An_810_reads_no_enhanced_density_and_has_no_percom()
    {
        var probe = new Probe();
        probe.Insert(Disks.Numbered(AtariDiskShape.Enhanced));
        probe.Add('R', 5);
        probe.Add('N', 0, 12);
        var results = probe.Run();
        Assert.Equal((Error, Nak), (results[0].Completion, results[1].Ack));
    }

    [Fact]
    public void An_xf551_sends_fast_when_the_command_says_so()
    {
        var probe = new Probe(XlDriveModel.Xf551);
        probe.Insert(Disks.Numbered(AtariDiskShape.Single));
        probe.Add('R', 5);
        probe.Add((char)('S' | 0x80), 0, 4);
        var results = probe.Run();
        Assert.Equal(Complete, results[0].Completion);

        // The program listens at the usual speed: it hears the ACK and not what follows.
        Assert.Equal((byte)'A', results[1].Ack);
        Assert.NotEqual(Complete, results[1].Completion);
    }

    [Fact]
    public void A_machine_loaded_from_a_state_goes_on_as_the_one_that_was_saved()
    {
        var probe = new Probe();
        probe.Insert(Disks.Described("track 0\nchange 5 data 5A weak 100\n"));
        for (int read = 0; read < 4; read++)
        {
            probe.Add('R', 5);
        }

        probe.Start();
        Frames(25);
        byte[] saved = new StateSaver().Save(probe.Machine).ToArray();
        Frames(40);
        string hash = StateHasher.Hash(probe.Machine);
        new StateLoader().Load(probe.Machine, saved);
        Frames(40);
        Assert.Equal(hash, StateHasher.Hash(probe.Machine));

        void Frames(int count)
        {
            for (int frame = 0; frame < count; frame++)
            {
                probe.Machine.RunFrame();
                probe.Machine.Audio.Clear();
            }
        }
    }
}
