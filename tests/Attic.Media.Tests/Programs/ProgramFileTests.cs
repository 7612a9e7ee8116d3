using Attic.Abi.AtariXl;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;
using Attic.Media.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Programs;

public class ProgramFileTests
{
    [SkippableFact]
    public void The_pages_are_what_the_assembler_makes_of_the_source()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Require("cc65", "ca65", "-o", folder["loader.o"], SourceTree.File("src/Attic.Media/Programs/loader.s"));
        ToolRun.Require("cc65", "ld65", "-t", "none", "-o", folder["loader.bin"], folder["loader.o"]);
        Assert.Equal(File.ReadAllBytes(folder["loader.bin"]), (byte[])[.. ProgramPages.Binary(), .. ProgramPages.Basic([])]);
    }

    [Fact]
    public void Segments_go_to_the_loader_with_length_and_address_and_the_first_says_where_to_run()
    {
        byte[] file = [0xFF, 0xFF, 0x00, 0x30, 0x01, 0x30, 1, 2, 0xFF, 0xFF, 0x00, 0x40, 0x00, 0x40, 3];
        Assert.Equal([0x00, 0x30, 2, 0, 0x00, 0x30, 1, 2, 1, 0, 0x00, 0x40, 3, 0, 0], Stream("a.xex", file));
    }

    [Fact]
    public void Zeros_after_the_last_segment_are_padding() =>
        Assert.Equal(Stream("a.xex", [0xFF, 0xFF, 0, 0x30, 0, 0x30, 7]), Stream("a.xex", [0xFF, 0xFF, 0, 0x30, 0, 0x30, 7, .. new byte[50]]));

    [Theory]
    [InlineData(new byte[0], 0, "FF FF")]
    [InlineData(new byte[] { 0x12, 0x34 }, 0, "FF FF")]
    [InlineData(new byte[] { 0xFF, 0xFF }, 2, "first and last")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0x00, 0x30, 0xFF, 0x2F }, 4, "from $3000 on")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0x00, 0x30, 0x05, 0x30, 1, 2 }, 6, "6 bytes")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0x00, 0x30, 0x00, 0x30, 1, 9 }, 7, "first and last")]
    public void A_damaged_binary_file_is_refused_with_the_place(byte[] file, long offset, string expected)
    {
        var damage = Assert.Throws<MediaFormatException>(() => ProgramFile.Open("a.xex", file));
        Assert.Equal(offset, damage.Offset);
        Assert.Contains(expected, damage.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10 PRINT 1\r\n20 END", "10 PRINT 1\u009B20 END\u009B")]
    [InlineData("10 ?\t1\n", "10 ? 1\u009B")]
    [InlineData("10 A=1\u009B20 B=\n\u009B", "10 A=1\u009B20 B=\n\u009B")]
    public void Listings_get_the_Ataris_ends_of_lines_unless_they_have_them(string text, string expected) =>
        Assert.Equal(expected, System.Text.Encoding.Latin1.GetString(Stream("a.lst", System.Text.Encoding.Latin1.GetBytes(text))));

    [Theory]
    [InlineData("PRINT", 0)]
    [InlineData("10 A\nB", 5)]
    [InlineData("", 0)]
    public void What_is_no_listing_is_refused_with_the_place(string text, long offset) =>
        Assert.Equal(offset, Assert.Throws<MediaFormatException>(() => ProgramFile.Open("a.lst", System.Text.Encoding.Latin1.GetBytes(text))).Offset);

    [Theory]
    [InlineData(new byte[] { 0, 0, 0 }, 3)]
    [InlineData(new byte[] { 0, 0, 0, 1, 5, 1, 4, 1, 9, 1, 9, 1, 9, 1 }, 6)]
    [InlineData(new byte[] { 0, 0, 0, 1, 1, 1, 1, 1, 9, 1, 9, 1, 9, 1, 0 }, 15)]
    public void A_damaged_tokenised_program_is_refused_with_the_place(byte[] file, long offset) =>
        Assert.Equal(offset, Assert.Throws<MediaFormatException>(() => ProgramFile.Open("a.bas", file)).Offset);

    [Fact]
    public void A_program_is_a_write_protected_boot_disk_and_different_programs_are_different_disks()
    {
        using var one = DiskFile.FromBytes("a.xex", [0xFF, 0xFF, 0, 0x30, 0, 0x30, 7]);
        using var other = DiskFile.FromBytes("b.xex", [0xFF, 0xFF, 0, 0x30, 0, 0x30, 8]);
        Assert.True(one.WriteProtected);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Equal([0, 1, 0x00, 0x07], ((DiskImage8)one).ReadSector(0, 0)[..4].ToArray());
        Assert.Equal(256, ((IXlProgramSource)one).Program!.Page.Length);
    }

    [Fact]
    public void No_bytes_do_worse_than_the_documented_exception() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
        {
            foreach (string name in ProgramFile.KnownEndings.Select(ending => "a" + ending))
            {
                foreach (byte[] file in (byte[][])[bytes, [0xFF, 0xFF, .. bytes], [0, 0, 0, 1, .. bytes]])
                {
                    try
                    {
                        using var disk = ProgramFile.Open(name, file).Disk;
                        Assert.True(disk.Cylinders > 0);
                    }
                    catch (MediaFormatException damage)
                    {
                        Assert.InRange(damage.Offset, 0, file.Length);
                    }
                }
            }
        }).QuickCheckThrowOnFailure();

    private static byte[] Stream(string name, byte[] file) => ((IXlProgramSource)ProgramFile.Open(name, file).Disk).Program!.Stream.ToArray();
}
