using Attic.Abi.Media;
using Attic.Media.AtariDos;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>Files through CIO: what programs do with <c>D:</c>.</summary>
public sealed class FileTests
{
    private const int Rename = 32;
    private const int Delete = 33;
    private const int Lock = 35;
    private const int Unlock = 36;
    private const int Point = 37;
    private const int Note = 38;
    private const int FormatSingle = 253;
    private const int Format = 254;

    public static TheoryData<string> Densities => new() { "single", "enhanced", "double" };

    [Theory]
    [MemberData(nameof(Densities))]
    public void What_DOS_writes_our_reader_reads_and_the_reverse(string density)
    {
        var (computer, disk) = DosDisk.Start(Shape(density));
        byte[] content = Content(3000);
        Write(computer, "TEST.DAT", content, 8);
        Assert.Equal(content, disk.Volume().ReadFile("TEST.DAT"));
        Write(computer, "TEST.DAT", content.AsSpan(0, 77), 9);
        Assert.Equal([.. content, .. content[..77]], disk.Volume().ReadFile("TEST.DAT"));
        Write(computer, "TEST.DAT", content.AsSpan(5, 300), 8);
        Assert.Equal(content[5..305], disk.Volume().ReadFile("TEST.DAT"));
        Assert.Equal(1, computer.OpenDevice(2, "D:TEST.DAT", 12));
        Assert.Equal(content[5..15], computer.Get(2, Cio.GetBytes, 10).Bytes);
        Assert.Equal(1, computer.Put(2, "UPDATED"));
        Assert.Equal(1, computer.Do(2, Cio.Close));
        Assert.Equal([.. content[5..15], .. "UPDATED"u8, .. content[22..305]], disk.Volume().ReadFile("TEST.DAT"));
        Assert.Empty(disk.Volume().FindFaults());

        byte[] image = disk.ToFile();
        AtariDosVolume.Open(image).WriteFile("FROM.US", content);
        computer.Insert(2, image);
        Assert.Equal(1, computer.OpenDevice(1, "D2:FROM.US", 4));
        var (status, bytes) = computer.Get(1, Cio.GetBytes, 3000);
        Assert.Equal(3, status);
        Assert.Equal(content, bytes);
        Assert.Equal(136, computer.Get(1, Cio.GetBytes, 1).Status);
    }

    // Flags of a directory entry (DOS 2.5 reference): $42 in use; $03 for one with sectors that DOS 2.0 does not know.
    [Theory]
    [InlineData("single", 0, 0x42)]
    [InlineData("enhanced", 0, 0x42)]
    [InlineData("enhanced", 700, 0x03)]
    public void A_file_is_hidden_from_DOS_2_0_only_when_it_reaches_beyond_its_sectors(string density, int filled, byte flags)
    {
        const int Directory = 361;
        const int NameOffset = 5;
        byte[] image = AtariDosVolume.Create(Shape(density));
        AtariDosVolume.Open(image).WriteFile("FILL", new byte[filled * 125]);
        var (computer, _) = DosDisk.Start();
        var disk = computer.Insert(2, image);
        byte[] content = Content(3000);
        Write(computer, "TEST.DAT", content, 8, "D2:");
        var entries = disk.Volume().Sector(Directory);
        Assert.Equal(flags, entries[entries.IndexOf("TEST    DAT"u8) - NameOffset]);
        Assert.Equal(content, disk.Volume().ReadFile("TEST.DAT"));
    }

    [Fact]
    public void Bytes_and_records_of_all_sizes_come_back()
    {
        var (computer, disk) = DosDisk.Start();
        Assert.Equal(1, computer.OpenDevice(1, "D:TEXT", 8));
        var expected = new System.Text.StringBuilder();
        for (int line = 0; line < 12; line++)
        {
            string text = new string((char)('A' + line), line * 9) + "\n";
            expected.Append(text);
            Assert.Equal(1, computer.Do(1, Cio.PutRecord, Cio.Text(text), 8));
        }

        Assert.Equal(1, computer.Do(1, Cio.Close));
        Assert.Equal(Cio.Text(expected.ToString()), disk.Volume().ReadFile("TEXT"));
        Assert.Equal(1, computer.OpenDevice(1, "D:TEXT", 4));
        for (int line = 0; line < 12; line++)
        {
            var (status, bytes) = computer.Get(1, Cio.GetRecord, 120);
            Assert.Equal(line == 11 ? 3 : 1, status);
            Assert.Equal((line * 9) + 1, bytes.Length);
        }
    }

    [Fact]
    public void NOTE_and_POINT_find_a_place_again()
    {
        var (computer, _) = DosDisk.Start();
        byte[] content = Content(700);
        Write(computer, "PLACES", content, 8);
        Assert.Equal(1, computer.OpenDevice(1, "D:PLACES", 4));
        computer.Get(1, Cio.GetBytes, 333);
        Assert.Equal(1, computer.Do(1, Note, aux1: 4));
        byte[] place = computer.Peek(0x35C, 3);
        Assert.Equal(333 % 125, place[2]);
        byte[] next = computer.Get(1, Cio.GetBytes, 100).Bytes;
        computer.Poke(0x35C, place);
        Assert.Equal(1, computer.Do(1, Point, aux1: 4));
        Assert.Equal(next, computer.Get(1, Cio.GetBytes, 100).Bytes);
        Assert.Equal(content[333..433], next);

        computer.Poke(0x35C, place[0], place[1], 126);
        Assert.Equal(166, computer.Do(1, Point, aux1: 4));
        computer.Poke(0x35C, 4, 0, 0);
        Assert.Equal(164, computer.Do(1, Point, aux1: 4));
        Assert.Equal(1, computer.OpenDevice(2, "D:OUT", 8));
        Assert.Equal(171, computer.Do(2, Point, aux1: 8));
    }

    [Fact]
    public void Each_error_has_its_number()
    {
        var (computer, disk) = DosDisk.Start();
        Assert.Equal(138, computer.OpenDevice(1, "D8:NONE", 4));
        Assert.Equal(160, computer.OpenDevice(1, "D9:NONE", 4));
        Assert.Equal(170, computer.OpenDevice(1, "D:NONE", 4));
        Assert.Equal(165, computer.OpenDevice(1, "D:", 4));
        Assert.Equal(165, computer.OpenDevice(1, "D:9LIVES", 4));
        Assert.Equal(165, computer.OpenDevice(1, "D:TOOLONGNAME", 8));
        Assert.Equal(165, computer.OpenDevice(1, "D:STAR*", 8));
        Assert.Equal(168, computer.OpenDevice(1, "D:MODE", 5));
        Assert.Equal(168, computer.Do(1, 99, Cio.Text("D:NONE\n")));
        Assert.Equal(170, computer.Do(1, Delete, Cio.Text("D:NONE\n")));
        Assert.Equal(165, computer.Do(1, Rename, Cio.Text("D:DOS.SYS\n")));
        Assert.Equal(1, computer.Do(1, Lock, Cio.Text("D:DOS.SYS\n")));
        Assert.Equal(167, computer.OpenDevice(1, "D:DOS.SYS", 8));
        Assert.Equal(167, computer.OpenDevice(1, "D:DOS.SYS", 9));
        Assert.Equal(167, computer.OpenDevice(1, "D:DOS.SYS", 12));
        Assert.Equal(167, computer.Do(1, Delete, Cio.Text("D:DOS.*\n")));
        Assert.Equal(167, computer.Do(1, Rename, Cio.Text("D:DOS.SYS,X\n")));
        Assert.Equal(167, computer.Do(1, Cio.Status, Cio.Text("D:DOS.SYS\n")));
        Assert.Equal(170, computer.Do(1, Cio.Status, Cio.Text("D:NONE\n")));
        Assert.Equal(1, computer.Do(1, Unlock, Cio.Text("D:*.*\n")));
        Assert.Equal(1, computer.Do(1, Rename, Cio.Text("D:*.SYS,*.OLD\n")));
        Assert.Equal(["DOS.OLD"], disk.Volume().List().Select(file => file.Name));
        for (int iocb = 1; iocb <= 3; iocb++)
        {
            Assert.Equal(1, computer.OpenDevice(iocb, "D:DOS.OLD", 4));
        }

        Assert.Equal(161, computer.OpenDevice(4, "D:DOS.OLD", 4));
        Assert.Empty(disk.Volume().FindFaults());
    }

    [Fact]
    public void A_full_directory_and_a_full_disk_stay_sound()
    {
        byte[] image = AtariDosVolume.Create(AtariDiskShape.Single);
        var full = AtariDosVolume.Open(image);
        for (int file = 0; file < 64; file++)
        {
            full.WriteFile($"F{file}", Content(125 * 11));
        }

        var (computer, _) = DosDisk.Start();
        var disk = computer.Insert(2, image);
        Assert.Equal(169, computer.OpenDevice(1, "D2:MORE", 8));
        Assert.Equal(1, computer.Do(1, Delete, Cio.Text("D2:F6?\n")));
        Assert.Equal(707 - (59 * 11), disk.Volume().FreeSectors);
        Assert.Equal(1, computer.OpenDevice(1, "D2:BIG", 8));
        byte status = 1;
        for (int block = 0; block < 30 && status == 1; block++)
        {
            status = computer.Do(1, Cio.PutBytes, Content(1000), 8);
        }

        Assert.Equal(162, status);
        Assert.Equal(1, computer.Do(1, Cio.Close));
        Assert.Equal(0, disk.Volume().FreeSectors);
        Assert.Empty(disk.Volume().FindFaults());
        Assert.Equal((707 - (59 * 11)) * 125, disk.Volume().ReadFile("BIG").Length);
        Assert.Equal(162, computer.OpenDevice(1, "D2:NOMORE", 8));
        Assert.Equal(1, computer.Do(1, Delete, Cio.Text("D2:BIG\n")));
        Assert.Equal(707 - (59 * 11), disk.Volume().FreeSectors);
        Assert.Empty(disk.Volume().FindFaults());
    }

    [Fact]
    public void A_file_of_hundreds_of_sectors_is_written_in_big_blocks()
    {
        var (computer, _) = DosDisk.Start();
        var disk = computer.Insert(2, AtariDosVolume.Create(AtariDiskShape.Single));
        Assert.Equal(1, computer.OpenDevice(1, "D2:BIG", 8));
        var expected = new List<byte>();
        for (int block = 0; block < 60; block++)
        {
            byte[] bytes = Content(1000 + block)[block..];
            Assert.Equal(1, computer.Do(1, Cio.PutBytes, bytes, 8));
            expected.AddRange(bytes);
        }

        Assert.Equal(1, computer.Do(1, Cio.Close));
        Assert.Equal(expected, disk.Volume().ReadFile("BIG"));
        Assert.Empty(disk.Volume().FindFaults());
    }

    [Fact]
    public void The_directory_reads_as_text()
    {
        var (computer, disk) = DosDisk.Start(AtariDiskShape.Enhanced);
        Write(computer, "ONE.BAS", Content(1), 8);
        Write(computer, "LONGNAME.TXT", Content(126), 8);
        computer.Do(1, Lock, Cio.Text("D:ONE.*\n"));
        Assert.Equal(1, computer.OpenDevice(1, "D:*.*", 6));
        string text = new([.. computer.Get(1, Cio.GetBytes, 500).Bytes.Select(character => character == 0x9B ? '\n' : (char)character)]);
        int dos = disk.Volume().List()[0].Sectors;
        Assert.Equal($"  DOS     SYS {dos:000}\n* ONE     BAS 001\n  LONGNAMETXT 002\n{1010 - dos - 3:000} FREE SECTORS\n", text);
        Assert.Equal(1, computer.Do(1, Cio.Close));
        Assert.Equal(1, computer.OpenDevice(1, "D:L*.T?T", 6));
        Assert.StartsWith("  LONGNAMETXT 002", System.Text.Encoding.Latin1.GetString(computer.Get(1, Cio.GetRecord, 60).Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Densities))]
    public void A_formatted_disk_is_empty_and_sound(string density)
    {
        var (computer, _) = DosDisk.Start();
        byte[] blank = AtariDosVolume.Create(Shape(density));
        byte[] expected = [.. blank];
        blank.AsSpan(16).Fill(0xE5);
        var disk = computer.Insert(2, blank);
        Assert.Equal(1, computer.Do(1, density == "single" ? FormatSingle : Format, Cio.Text("D2:\n")));
        var volume = disk.Volume();
        Assert.Empty(volume.FindFaults());
        Assert.Empty(volume.List());
        Assert.Equal(AtariDosVolume.Open(expected).FreeSectors, volume.FreeSectors);
        Assert.Equal(AtariDosVolume.Open(expected).Sector(360).ToArray(), volume.Sector(360).ToArray());
        Assert.Equal(0, volume.Sector(1)[14]);
    }

    [Fact]
    public void A_file_beyond_sector_720_is_hidden_from_DOS_2_0_and_seen_by_ours()
    {
        byte[] image = AtariDosVolume.Create(AtariDiskShape.Enhanced);
        AtariDosVolume.Open(image).WriteFile("LOW", Content(705 * 125));
        var (computer, _) = DosDisk.Start();
        var disk = computer.Insert(2, image);
        Write(computer, "HIGH", Content(500), 8, "D2:");
        Assert.Equal(0x03, disk.Volume().Sector(361)[16]);
        Assert.Equal(Content(500), disk.Volume().ReadFile("HIGH"));
        Assert.Equal(1010 - 705 - 4, disk.Volume().FreeSectors);
        Assert.Empty(disk.Volume().FindFaults());
        Assert.Equal(1, computer.OpenDevice(1, "D2:HIGH", 4));
        Assert.Equal(Content(500), computer.Get(1, Cio.GetBytes, 500).Bytes);
        Assert.Equal(1, computer.Do(2, Delete, Cio.Text("D2:HIGH\n")));
        Assert.Equal(1010 - 705, disk.Volume().FreeSectors);
        Assert.Empty(disk.Volume().FindFaults());
    }

    private static void Write(XlComputer computer, string name, ReadOnlySpan<byte> content, byte mode, string drive = "D:")
    {
        Assert.Equal(1, computer.OpenDevice(1, drive + name, mode));
        Assert.Equal(1, computer.Do(1, Cio.PutBytes, content, mode));
        Assert.Equal(1, computer.Do(1, Cio.Close));
    }

    private static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(at => (byte)((at * 7) ^ (at >> 8)))];

    private static AtariDiskShape Shape(string density) => density switch
    {
        "enhanced" => AtariDiskShape.Enhanced,
        "double" => AtariDiskShape.Double,
        _ => AtariDiskShape.Single,
    };
}
