namespace Attic.Firmware.Tests;

/// <summary>What other software reads in the ROM: the header of every TOS, and the fonts of Line-A.</summary>
public sealed class RomImageTests
{
    private const uint Start = 0xFC0000;
    private static readonly byte[] Rom = FirmwareTree.Rom();

    [Fact]
    public void It_fills_the_192_kilobytes_of_the_first_tos() => Assert.Equal(192 * 1024, Rom.Length);

    [Fact]
    public void It_starts_with_a_branch_over_the_header() => Assert.Equal(0x602E, FirmwareTree.Word(Rom, 0));

    [Fact]
    public void The_reset_vector_points_behind_the_header() => Assert.Equal(Start + 0x30, FirmwareTree.Long(Rom, 4));

    [Fact]
    public void The_header_names_its_own_address() => Assert.Equal(Start, FirmwareTree.Long(Rom, 8));

    [Fact]
    public void The_memory_usage_block_has_its_magic_number() =>
        Assert.Equal(0x87654321u, FirmwareTree.Long(Rom, (int)(FirmwareTree.Long(Rom, 0x14) - Start)));

    [Theory]
    [InlineData(6, 6)]
    [InlineData(8, 8)]
    [InlineData(8, 16)]
    public void A_font_of_each_size_tells_all_printable_characters_apart(int width, int height)
    {
        int header = FindFont(width, height);
        int data = (int)(FirmwareTree.Long(Rom, header + 76) - Start);
        int rowBytes = FirmwareTree.Word(Rom, header + 80);

        var shapes = Enumerable.Range(0x20, 95).Select(code => Shape(data, rowBytes, width, height, code)).ToList();

        Assert.Equal(shapes.Count, shapes.Distinct().Count());
        Assert.Equal(new string('0', width * height), shapes[0]);
    }

    private static int FindFont(int width, int height)
    {
        byte[] name = System.Text.Encoding.ASCII.GetBytes($"{width}x{height} system font\0");
        int at = Rom.AsSpan().IndexOf(name);
        Assert.True(at > 4, $"There is no {width}x{height} font.");
        int header = at - 4;
        Assert.Equal(0, FirmwareTree.Word(Rom, header + 36));
        Assert.Equal(255, FirmwareTree.Word(Rom, header + 38));
        Assert.Equal(height, FirmwareTree.Word(Rom, header + 82));
        int offsets = (int)(FirmwareTree.Long(Rom, header + 72) - Start);
        Assert.All(Enumerable.Range(0, 257), code => Assert.Equal(code * width, FirmwareTree.Word(Rom, offsets + (code * 2))));
        return header;
    }

    private static string Shape(int data, int rowBytes, int width, int height, int code)
    {
        var bits = from y in Enumerable.Range(0, height)
                   from x in Enumerable.Range(code * width, width)
                   select (Rom[data + (y * rowBytes) + (x >> 3)] >> (7 - (x & 7)) & 1) == 1 ? '1' : '0';
        return string.Concat(bits);
    }
}
